"""What a benchmark is made of: runs that do the work, measures that read a figure off them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Figures = Mapping[str, float]


class NotHereError(Exception):
    """What a run needs is absent on this machine; its measures have no value."""


@dataclass(frozen=True)
class Run:
    """A piece of work that is done once, and then kept.

    Parameters
    ----------
    instance
        What is worked on, in words; with `seed` and `seconds` it tells this run from the
        benchmark's others.
    work
        Does it and returns every figure by name, those of peers too: they run in the same run.
        NotHereError where it cannot be done here.
    seconds
        Budget of the search in it, 0 where there is none.
    in_quick
        Whether it is short enough for `--quick`.
    """

    instance: str
    work: Callable[[], Figures]
    seed: int = 0
    seconds: float = 0
    in_quick: bool = True


@dataclass(frozen=True)
class Measure:
    """A figure that is reported, the median over its runs; they share one budget.

    `peers` names, for each peer, the figure of the same runs that is to be compared with.
    """

    name: str
    unit: str
    figure: str
    runs: tuple[Run, ...]
    peers: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_quick(self) -> bool:
        return all(run.in_quick for run in self.runs)

    @property
    def seeds(self) -> list[int]:
        return [run.seed for run in self.runs]

    @property
    def seconds(self) -> float:
        return self.runs[0].seconds
