"""Paces of travel as recorded legs teach them: by mode and band of hours, and by district."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import exp, log
from statistics import median

import numpy as np

from routing.median import geometric_median
from routing.paces import AS_ROADS_SAY, Area, ModePaces, Paces
from routing.point import METRES_PER_DEGREE, Point, stepped, steps_deg
from routing.travel import Mode
from routing.units import DAY_S, HOUR_S
from scheduler.forecast.drawing import deviation, drawn
from scheduler.forecast.facts import Leg, by_key
from scheduler.told_together import FEWEST

BANDS_S = tuple(hour * HOUR_S for hour in (0, 9, 12, 14, 17, 19))
"""Where the hours of a day are parted: each band more makes every travel matrix larger."""

LAST_S = 2 * DAY_S

STEP = 0.05
"""Paces are told to the twentieth: what differs less is no difference, and makes no slot."""

LEAST, MOST = 0.5, 3.0
LEAST_OF_AREA, MOST_OF_AREA = 0.8, 1.25
WILD = 2.5
"""Standard deviations beyond which a leg counts no farther."""


def learn_paces(legs: Sequence[Leg]) -> Paces:
    """Return the paces by mode and band of hours, and by district.

    A pace is a ratio of sums: what a day's ways take in all comes out right, so that its end does.
    Legs far from the others count as far as `WILD` allows. A band is drawn to its mode's pace, and
    a district to 1: what it differs by from what its legs' hours would explain.
    """
    if not legs:
        return AS_ROADS_SAY
    of_modes = tuple(_of_mode(mode, some) for mode, some in by_key(legs, lambda leg: leg.mode))
    by_hour = Paces(BANDS_S, of_modes)
    return _parted(Paces(BANDS_S, of_modes, tuple(_areas(legs, by_hour))))


def forecast_s(leg: Leg, paces: Paces) -> float:
    """Return how long a leg is to take at these paces."""
    return leg.base_s * paces.of_way(leg.mode, leg.leave_s, leg.to)


def _of_mode(mode: Mode, legs: Sequence[Leg]) -> ModePaces:
    whole = drawn(_ratio(legs, lambda leg: leg.base_s), len(legs))
    found = []
    for start_s, end_s in zip(BANDS_S, (*BANDS_S[1:], LAST_S), strict=True):
        some = [one for one in legs if start_s <= one.leave_s < end_s]
        differs = drawn(_ratio(some, lambda leg: leg.base_s * whole), len(some))
        found.append(min(MOST, max(LEAST, _stepped(whole * differs))))
    return ModePaces(mode, tuple(found))


def _areas(legs: Sequence[Leg], by_hour: Paces) -> Iterable[Area]:
    """Yield the districts with their middles; none where fewer than two are known.

    Legs of addresses without a district count nowhere, nor do those of a district with few.
    """
    districts = by_key(legs, lambda leg: leg.district)
    known = [(name, some) for name, some in districts if name and len(some) >= FEWEST]
    for name, some in known if len(known) > 1 else ():
        differs = drawn(_ratio(some, lambda leg: forecast_s(leg, by_hour)), len(some))
        pace = min(MOST_OF_AREA, max(LEAST_OF_AREA, _stepped(differs)))
        yield Area(name, middle_of([leg.to for leg in some]), pace)


def middle_of(points: Sequence[Point]) -> Point:
    """Return the middle of points that a few wild ones do not move."""
    first = min(points, key=lambda point: (point.lat, point.lon))
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    steps = steps_deg(first.lat, first.lon, lats, lons) * METRES_PER_DEGREE
    middle, _ = geometric_median(steps, np.ones(len(points)))
    return stepped(first, middle / METRES_PER_DEGREE)


def _parted(paces: Paces) -> Paces:
    """Return the same paces with no more bands and areas than there are differences."""
    modes = [one.mode for one in paces.of_modes]
    starts = paces.starts_for(modes)
    of_modes = tuple(
        ModePaces(mode, tuple(paces.of_hour(mode, start) for start in starts)) for mode in modes
    )
    differs = any(area.pace != 1 for area in paces.areas)
    told = Paces(starts, of_modes, paces.areas if differs else ())
    return AS_ROADS_SAY if told.changes_nothing else told


def _ratio(legs: Sequence[Leg], expected_s: Callable[[Leg], float]) -> float:
    """Return how many times as long legs took as expected; 1 for none."""
    if not legs:
        return 1.0
    expected = [expected_s(leg) for leg in legs]
    logs = [log(leg.took_s / told) for leg, told in zip(legs, expected, strict=True)]
    middle, sigma = median(logs), max(deviation(logs), STEP)
    low, high = middle - WILD * sigma, middle + WILD * sigma
    took = [told * exp(min(high, max(low, one))) for told, one in zip(expected, logs, strict=True)]
    return sum(took) / sum(expected)


def _stepped(pace: float) -> float:
    return round(round(pace / STEP) * STEP, 2)
