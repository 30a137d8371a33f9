"""Travel by the hour: the times of each slot, and lines, from the roads as they are then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

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
        slots = self._peaks.slots(modes)
        shape = (len(modes), len(slots.starts_s), len(spots), len(spots))
        seconds, metres = np.empty(shape, np.int32), np.empty(shape, np.int32)
        source = ""
        off_road: dict[tuple[Mode, int], str] = {}
        for factors, slowed in _modes_by_factors(slots, modes).items():
            part = self._roads_at(factors).matrix(spots, slowed)
            for i, mode in enumerate(slowed):
                hours = slots.hours_of(mode, factors)
                seconds[modes.index(mode), hours] = part.seconds[i, 0]
                metres[modes.index(mode), hours] = part.metres[i, 0]
            source = f"{part.source}, by the hour"
            off_road |= part.off_road
        return TravelMatrix(tuple(modes), seconds, metres, slots.starts_s, source, off_road)


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
