"""How much slower roads are by the hour: factors per class of road, and the slots they make.

A factor says how many times as long an arc takes as on the free road, whose speeds stand in
speeds.py. The usual ones are data in usual_peaks.toml; peak_table.py reads these, or a city's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.roads import CLOSED, RoadNetwork
from routing.travel import Mode
from routing.units import DAY_S

OTHERS = "*"
"""Stands for all classes of road that are not named."""

_LINK = "_link"
_MOST_MS = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Factors:
    """How many times as long a class of road takes; 1 or more, and 1 where nothing is said.

    A class without a factor has that of `OTHERS`, a slip road first that of its road. What is told
    in other words is equal: `of_class` holds no factor that goes without saying.
    """

    of_class: tuple[tuple[str, float], ...] = ()

    @staticmethod
    def of(said: Mapping[str, float]) -> Factors:
        """Return the factors by class of road."""
        needed = dict(said)
        for road in sorted(said):
            factor = needed.pop(road)
            if factor != _factor(needed, road):
                needed[road] = factor
        return Factors(tuple(sorted(needed.items())))

    def per_way(self, way_class: NDArray[np.str_]) -> NDArray[np.float64]:
        """Return float64[w], the factor of each way by its class (`highway`)."""
        kinds, kind = np.unique(way_class, return_inverse=True)
        said = dict(self.of_class)
        return np.array([_factor(said, str(road)) for road in kinds], float)[kind]


def _factor(said: Mapping[str, float], road: str) -> float:
    others = said.get(OTHERS, 1.0) if road != OTHERS else 1.0
    return said.get(road, said.get(road.removesuffix(_LINK), others))


FREE = Factors()
"""Outside of all peaks."""


@dataclass(frozen=True, slots=True)
class Peak:
    """Hours of the day, in seconds since midnight, in which roads are slower."""

    start_s: int
    end_s: int
    factors: Factors


@dataclass(frozen=True)
class Slots:
    """The slots of a day; in each, no road of any mode changes its pace.

    Parameters
    ----------
    starts_s
        Second of the day at which each begins, the first at 0.
    profiles
        The different factors of each mode, `FREE` first where any slot is: each is a graph with a
        hierarchy of its own.
    profile_of
        For each slot, which of these holds.
    """

    starts_s: tuple[int, ...]
    profiles: Mapping[Mode, tuple[Factors, ...]]
    profile_of: Mapping[Mode, tuple[int, ...]]

    def hours_of(self, mode: Mode, factors: Factors) -> list[int]:
        """Return the slots in which these factors hold for a mode."""
        profiles = self.profiles[mode]
        return [k for k, of in enumerate(self.profile_of[mode]) if profiles[of] == factors]


@dataclass(frozen=True)
class DayPeaks:
    """The peaks of a kind of day by mode, those of each one after the other."""

    of_mode: Mapping[Mode, tuple[Peak, ...]]

    def slots(self, modes: Sequence[Mode]) -> Slots:
        """Return the slots of a day on which these modes are used."""
        peaks = [peak for mode in modes for peak in self.of_mode.get(mode, ())]
        ends = {second for peak in peaks for second in (peak.start_s, peak.end_s)}
        starts = sorted({0} | ends - {DAY_S})
        rows = [tuple(self.at(mode, second) for mode in modes) for second in starts]
        changes = [0, *(k for k, (was, now) in enumerate(pairwise(rows), 1) if was != now)]
        by_mode = {mode: [rows[k][i] for k in changes] for i, mode in enumerate(modes)}
        profiles = {mode: _distinct(factors) for mode, factors in by_mode.items()}
        return Slots(
            tuple(starts[k] for k in changes),
            profiles,
            {mode: tuple(map(profiles[mode].index, of)) for mode, of in by_mode.items()},
        )

    def at(self, mode: Mode, second: int) -> Factors:
        """Return the factors of a mode at a second of the day."""
        peaks = self.of_mode.get(mode, ())
        return next((p.factors for p in peaks if p.start_s <= second < p.end_s), FREE)


@dataclass(frozen=True)
class Peaks:
    """The peaks of days that are worked, make-up days too, and of days off, holidays too."""

    weekday: DayPeaks
    weekend: DayPeaks

    def of_day(self, is_working: bool) -> DayPeaks:
        return self.weekday if is_working else self.weekend


def slowed(network: RoadNetwork, factors: Factors) -> RoadNetwork:
    """Return the same roads, slower for every mode; all arrays but the durations are shared."""
    factor = factors.per_way(network.way_class)[network.way]
    return replace(network, duration_ms=slower(network.duration_ms, factor))


def _distinct(factors: Sequence[Factors]) -> tuple[Factors, ...]:
    found = dict.fromkeys(factors)
    return tuple(sorted(found, key=lambda one: one != FREE))


def slower(duration_ms: NDArray[np.int32], factor: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return what arcs take, in whole milliseconds, at so many times the free road's.

    `CLOSED` stays closed. Both arrays are of one shape, or broadcast.
    """
    longer = np.minimum(np.rint(duration_ms * factor), _MOST_MS)
    whole: NDArray[np.int32] = np.where(duration_ms == CLOSED, CLOSED, longer).astype(np.int32)
    return whole
