"""Addresses to places, offline: doors left out, spoilt and invented, and how sure it says it is.

Counting doors, not rows of the map: an address that has three entries is one door.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks import known_doors, left_out_doors, mainland, told_and_true
from benchmarks.address_doors import FILES
from benchmarks.address_slips import SLIPS
from benchmarks.measure import Measure, Run, Series
from benchmarks.plot import FiguresOf

MEASURED = ("routing", "data/towns", "benchmarks")
SEEDS = (1, 2, 3)
"""Of made-up towns."""

CALIBRATION = Run("told and true", told_and_true.figures, in_quick=False)
NOWHERE = ("no such street", "no such number", "another city")


def measures() -> Iterator[Measure]:
    for city in FILES:
        yield from known(city)
        yield from left_out(city)
    runs = tuple(Run("mainland town", partial(mainland.figures, seed), seed) for seed in SEEDS)
    yield Measure("mainland town placed", "%", Series("placed_pct", runs), average=min)
    yield Measure("mainland town told exact", "%", Series("exact_pct", runs), average=max)
    yield Measure("mainland town in the circle", "%", Series("inside_pct", runs), average=min)
    yield Measure("told and true apart", "points", Series("off", (CALIBRATION,)))


def known(city: str) -> Iterator[Measure]:
    """Yield what is measured of doors that the map has, and of addresses that are nowhere."""
    runs = (Run(f"{city}, known", partial(known_doors.figures, city)),)
    for way in ("clean", "spoilt", *SLIPS):
        yield Measure(f"{city} {way} told exact", "%", Series(f"{way} exact_pct", runs))
    yield Measure(f"{city} exact within 50 m", "%", Series("near_pct", runs))
    yield Measure(f"{city} exact on another street", "doors", Series("another street", runs))
    for kind in NOWHERE:
        yield Measure(f"{city} {kind}, told", "%", Series(f"{kind}_pct", runs))
    yield Measure(f"{city} index", "s", Series("index_s", runs))
    yield Measure(f"{city} 10,000 addresses", "s", Series("10,000_s", runs))


def left_out(city: str) -> Iterator[Measure]:
    """Yield what is measured of doors that the map lacks."""
    runs = (Run(f"{city}, left out", partial(left_out_doors.figures, city)),)
    yield Measure(f"{city} left out, within 200 m", "%", Series("near_pct", runs))
    yield Measure(f"{city} left out, median", "m", Series("median_m", runs))
    yield Measure(f"{city} left out, told exact", "%", Series("told exact_pct", runs))
    yield Measure(f"{city} left out, needs no look", "%", Series("plannable_pct", runs))


def draw(figures_of: FiguresOf, measured: Sequence[Measure]) -> Path | None:  # noqa: ARG001
    """Draw how told and true lie together, where that was measured."""
    found = figures_of(CALIBRATION)
    return told_and_true.draw(found) if found else None
