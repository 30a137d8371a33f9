"""The collector's phone: how soon it can be used, and two hundred that come back at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.day import SEED, Size
from benchmarks.measure import Measure, Run, Series
from benchmarks.phone_first import NETWORKS, before_a_phone
from benchmarks.phones_back import DATABASES, PHONES, phones_back

SIZE = Size("US", 900, 200)
ONE = Size("US", 120, 8)
"""Eight singles with 15 visits each: a day as a phone carries it."""


def measures() -> Iterator[Measure]:
    yield from first()
    yield from back()


def first() -> Iterator[Measure]:
    """Yield what one phone waits for."""
    run = Run("first use", partial(before_a_phone, ONE), SEED, in_quick=False)
    yield Measure("first use without the map", "kB", Series("kB", (run,)))
    for network in NETWORKS:
        yield Measure(f"usable, {network}", "ms", Series(network, (run,)))
    yield Measure("the day's file, made", "ms", Series("first file", (run,)))
    yield Measure("the day's file, kept", "ms", Series("same file", (run,)))
    yield Measure("asks for the PIN without a network", "ms", Series("asks", (run,)))
    yield Measure("opens by it without a network", "ms", Series("opens", (run,)))


def back() -> Iterator[Measure]:
    """Yield how two hundred are received."""
    for database in DATABASES:
        work = partial(phones_back, SIZE, database)
        run = Run(f"{PHONES} phones, {database}", work, SEED, in_quick=False)
        name = f"{PHONES} phones {database}"
        yield Measure(f"{name} p95", "ms", Series("p95", (run,)))
        yield Measure(f"{name} longest", "ms", Series("worst", (run,)))
        yield Measure(f"{name} lost or twice", "", Series("lost", (run,)))
        yield Measure(f"{name} for a person", "", Series("open", (run,)))
        yield Measure(f"{name} taken in after", "s", Series("taken in after", (run,)))
