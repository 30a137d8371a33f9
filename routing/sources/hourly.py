"""Travel by the hour: the times of each slot, and lines, from the roads as they are then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from routing.growing import Table, table_of
from routing.paths import Leg, LegPath, RoadPaths
from routing.peaks import FREE, DayPeaks, Factors, Slots
from routing.travel import Mode, Spot, TravelMatrix, TravelTimes

KEPT_TRIPS = 1000
"""Trips whose lines a process remembers; they cost a search each."""


class HourlyTimes:
    """A matrix with a slot for each part of a day in which no road changes its pace.

    Each is exact for its roads, of which `roads_at` gives the times; hours with equal factors are
    asked for once.
    """

    def __init__(self, peaks: DayPeaks, roads_at: Callable[[Factors], TravelTimes]) -> None:
        self._peaks = peaks
        self._roads_at = roads_at

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        """Return the matrix of all `spots`, in their order."""
        return self.table(spots, modes).matrix

    def table(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> HourlyTable:
        """Return the matrix of all `spots` as a table to which more can be added."""
        slots = self._peaks.slots(modes)
        tables = {
            factors: table_of(self._roads_at(factors), spots, slowed)
            for factors, slowed in _modes_by_factors(slots, modes).items()
        }
        return HourlyTable(slots, tuple(modes), tables)


@dataclass(frozen=True, eq=False)
class HourlyTable:
    """By the factors of an hour, a table of the modes that have them in some slot."""

    slots: Slots
    modes: tuple[Mode, ...]
    tables: Mapping[Factors, Table]

    def with_more(self, spots: Sequence[Spot]) -> HourlyTable:
        """Return a table of the spots that are here and of more, these last."""
        grown = {factors: table.with_more(spots) for factors, table in self.tables.items()}
        return HourlyTable(self.slots, self.modes, grown)

    @cached_property
    def matrix(self) -> TravelMatrix:
        """The matrix by the hour: each slot from the table of its factors."""
        parts = {factors: table.matrix for factors, table in self.tables.items()}
        size = next(iter(parts.values())).seconds.shape[-1]
        shape = (len(self.modes), len(self.slots.starts_s), size, size)
        seconds, metres = np.empty(shape, np.int32), np.empty(shape, np.int32)
        source = ""
        off_road: dict[tuple[Mode, int], str] = {}
        for factors, part in parts.items():
            for i, mode in enumerate(part.modes):
                hours = self.slots.hours_of(mode, factors)
                seconds[self.modes.index(mode), hours] = part.seconds[i, 0]
                metres[self.modes.index(mode), hours] = part.metres[i, 0]
            source = f"{part.source}, by the hour"
            off_road |= part.off_road
        return TravelMatrix(self.modes, seconds, metres, self.slots.starts_s, source, off_road)


def _modes_by_factors(slots: Slots, modes: Sequence[Mode]) -> dict[Factors, list[Mode]]:
    found: dict[Factors, list[Mode]] = {}
    for mode in modes:
        for factors in slots.profiles[mode]:
            found.setdefault(factors, []).append(mode)
    return found


class HourlyPaths:
    """Lines along the roads of the slot in which each leg is begun; without peaks, the free ones.

    Who is under way in two slots goes by the roads of the first: what is left of a way when a slot
    ends is travelled on, not thought of anew (`routing.slots`).
    """

    def __init__(self, peaks: DayPeaks | None, paths_at: Callable[[Factors], RoadPaths]) -> None:
        self._peaks = peaks
        self._paths_at = paths_at

    def paths(
        self, legs: Sequence[Leg], mode: Mode, leave_s: Sequence[int]
    ) -> list[LegPath | None]:
        """Return the way of each leg, begun at a second of the day; None where no road leads."""
        found: list[LegPath | None] = [None] * len(legs)
        by_factors: dict[Factors, list[int]] = defaultdict(list)
        for i, second in enumerate(leave_s):
            by_factors[self._peaks.at(mode, second) if self._peaks else FREE].append(i)
        for factors, some in by_factors.items():
            paths = _remembered(self._paths_at(factors), tuple(legs[i] for i in some), mode)
            for i, path in zip(some, paths, strict=True):
                found[i] = path
        return found


@lru_cache(maxsize=KEPT_TRIPS)
def _remembered(roads: RoadPaths, legs: tuple[Leg, ...], mode: Mode) -> Sequence[LegPath | None]:
    return roads.paths(legs, mode)
