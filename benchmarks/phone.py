"""The collector's phone: two hundred of them that come back into the network at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.day import SEED, Size
from benchmarks.measure import Measure, Run, Series
from benchmarks.phones_back import DATABASES, PHONES, phones_back

SIZE = Size("US", 900, 200)


def measures() -> Iterator[Measure]:
    for database in DATABASES:
        work = partial(phones_back, SIZE, database)
        run = Run(f"{PHONES} phones, {database}", work, SEED, in_quick=False)
        name = f"{PHONES} phones {database}"
        yield Measure(f"{name} p95", "ms", Series("p95", (run,)))
        yield Measure(f"{name} longest", "ms", Series("worst", (run,)))
        yield Measure(f"{name} lost or twice", "", Series("lost", (run,)))
        yield Measure(f"{name} for a person", "", Series("open", (run,)))
        yield Measure(f"{name} taken in after", "s", Series("taken in after", (run,)))
