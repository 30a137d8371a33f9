"""Travel times by the hour: those of each slot from the roads as they are then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from routing.peaks import DayPeaks, Factors, Slots
from routing.travel import Mode, Spot, TravelMatrix, TravelTimes


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
