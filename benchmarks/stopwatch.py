"""Wall time by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from time import perf_counter


class Stopwatch:
    """`seconds` by the name of the stage; a stage that comes again adds to it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = perf_counter()
        yield
        self.seconds[name] += perf_counter() - began

    @contextmanager
    def steps(self) -> Iterator[Callable[[str], None]]:
        """Give what is to be told the name of each step when it begins."""
        begun: list[tuple[str, float]] = []
        yield lambda name: begun.append((name, perf_counter()))
        for (name, began), (_, ended) in pairwise([*begun, ("", perf_counter())]):
            self.seconds[name] += ended - began
