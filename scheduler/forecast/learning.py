"""What recorded days teach: paces of travel, lengths of visits, and how far both spread.

Each estimate is drawn to what was believed before, as if so many facts had already told that: few
facts change little, and fewer than `FEWEST` nothing: what is told of them would tell of one door.
The same facts always teach the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import median
from typing import TypeVar

import numpy as np

from routing.median import geometric_median
from routing.paces import AS_ROADS_SAY, Area, ModePaces, Paces
from routing.point import METRES_PER_DEGREE, Point, stepped, steps_deg
from routing.travel import Mode
from routing.units import DAY_S, HOUR_S
from scheduler.forecast.facts import Leg, Length, Recorded
from scheduler.forecast.spreads import HOUSE_SPREADS, Lognormal, Spreads
from scheduler.model import PlaceKind
from scheduler.told_together import FEWEST

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

BANDS_S = tuple(hour * HOUR_S for hour in (0, 9, 12, 14, 17, 19))
"""Where the hours of a day are parted: each band more makes every travel matrix larger."""

LAST_S = 2 * DAY_S

BELIEVED = 30
"""Facts that what was believed before counts as."""

STEP = 0.05
"""Paces are told to the twentieth: what differs less is no difference, and makes no slot."""

LEAST, MOST = 0.5, 3.0
LEAST_OF_AREA, MOST_OF_AREA = 0.8, 1.25
WILD = 2.5
"""Standard deviations beyond which a leg counts no farther."""

HALF = 0.5
"""Of visits meet somebody, as long as nothing is known."""

OF_NORMAL = 1.4826
"""The standard deviation of a normal variable by the median distance from its median."""


@dataclass(frozen=True, slots=True)
class KindLengths:
    """How long visits to a kind of place last, met or not; `of` is how many were seen."""

    kind: PlaceKind | None
    was_met: bool
    of: int
    length: Lognormal


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned, and from how much.

    `service_s` is what a visit lasts on average, whole minutes: the one length that a city plans
    by; `p_met` how many of them meet her. `lengths` of kind None are of all places.
    """

    paces: Paces
    service_s: int
    spreads: Spreads
    p_met: float
    lengths: tuple[KindLengths, ...]
    legs: int
    visits: int

    def length_of(self, kind: PlaceKind | None, *, was_met: bool) -> KindLengths | None:
        """Return what is known of visits to a kind of place; of all places where it is None."""
        same = (one for one in self.lengths if (one.kind, one.was_met) == (kind, was_met))
        return next(same, None)


def learn(recorded: Recorded, usual_s: int) -> Learned:
    """Return what recorded days teach; `usual_s` is the length that visits are planned with now."""
    paces = learn_paces(recorded.legs)
    lengths = tuple(_lengths(recorded.lengths))
    leg, day = _leg_spreads(recorded.legs, paces)
    spreads = Spreads(leg, day, _of_all(lengths, was_met=True), _of_all(lengths, was_met=False))
    service_s = _service_s(recorded.lengths, usual_s)
    p_met = _p_met(recorded.lengths)
    of = len(recorded.legs), len(recorded.lengths)
    return Learned(paces, service_s, spreads, p_met, lengths, *of)


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


def by_key(items: Iterable[T], key: Callable[[T], K]) -> list[tuple[K, list[T]]]:
    """Return items by their key, in the order of keys."""
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return sorted(found.items(), key=lambda one: str(one[0]))


def _of_mode(mode: Mode, legs: Sequence[Leg]) -> ModePaces:
    whole = _drawn(_ratio(legs, lambda leg: leg.base_s), len(legs))
    found = []
    for start_s, end_s in zip(BANDS_S, (*BANDS_S[1:], LAST_S), strict=True):
        some = [one for one in legs if start_s <= one.leave_s < end_s]
        differs = _drawn(_ratio(some, lambda leg: leg.base_s * whole), len(some))
        found.append(min(MOST, max(LEAST, _stepped(whole * differs))))
    return ModePaces(mode, tuple(found))


def _areas(legs: Sequence[Leg], by_hour: Paces) -> Iterable[Area]:
    """Yield the districts with their middles; none where fewer than two are known.

    Legs of addresses without a district count nowhere, nor do those of a district with few.
    """
    districts = by_key(legs, lambda leg: leg.district)
    known = [(name, some) for name, some in districts if name and len(some) >= FEWEST]
    for name, some in known if len(known) > 1 else ():
        differs = _drawn(_ratio(some, lambda leg: forecast_s(leg, by_hour)), len(some))
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
    middle, sigma = median(logs), max(_sigma(logs), STEP)
    low, high = middle - WILD * sigma, middle + WILD * sigma
    took = [told * exp(min(high, max(low, one))) for told, one in zip(expected, logs, strict=True)]
    return sum(took) / sum(expected)


def _drawn(ratio: float, of: int) -> float:
    """Return a ratio that so many facts tell, drawn to 1."""
    return 1.0 if of < FEWEST else exp(log(ratio) * of / (of + BELIEVED))


def _stepped(pace: float) -> float:
    return round(round(pace / STEP) * STEP, 2)


def _sigma(values: Sequence[float]) -> float:
    middle = median(values)
    return OF_NORMAL * median(abs(one - middle) for one in values)


def _drawn_sigma(sigma: float, of: int, usual: float) -> float:
    """Return a standard deviation, its square drawn to that of the usual one."""
    if of < FEWEST:
        return usual
    return sqrt((of * sigma**2 + BELIEVED * usual**2) / (of + BELIEVED))


def _leg_spreads(legs: Sequence[Leg], paces: Paces) -> tuple[float, float]:
    """Return how far legs spread around the pace of their crew's day, and days around 1."""
    if not legs:
        return HOUSE_SPREADS.leg, HOUSE_SPREADS.day
    off = {id(leg): log(leg.took_s / forecast_s(leg, paces)) for leg in legs}
    days = [
        [off[id(leg)] for leg in some] for _, some in by_key(legs, lambda leg: (leg.on, leg.crew))
    ]
    within = [one - median(some) for some in days if len(some) > 1 for one in some]
    freedom = sum(len(some) - 1 for some in days if len(some) > 1)
    # Around its own median each day loses one degree of freedom.
    seen = _sigma([0.0, *within]) * sqrt(len(within) / freedom) if freedom else 0.0
    leg = _drawn_sigma(seen, freedom, HOUSE_SPREADS.leg)
    return leg, _day_spread(days, leg)


def _day_spread(days: Sequence[Sequence[float]], leg: float) -> float:
    """Return how far whole days lie from 1: what their means vary by beyond what legs explain."""
    whole = [(sum(some) / len(some), len(some)) for some in days if len(some) > 2]
    if len(whole) < FEWEST:
        return HOUSE_SPREADS.day
    middle = median(mean for mean, _ in whole)
    beyond = [(mean - middle) ** 2 - leg**2 / of for mean, of in whole]
    seen = sqrt(max(0.0, sum(beyond) / len(beyond)))
    return _drawn_sigma(seen, len(whole), HOUSE_SPREADS.day)


def _lengths(told: Sequence[Length]) -> Iterable[KindLengths]:
    """Yield the lengths of all visits, met and not, then those of each kind of place."""
    for was_met in (True, False):
        some = [one for one in told if one.was_met is was_met]
        usual = HOUSE_SPREADS.met if was_met else HOUSE_SPREADS.not_met
        whole = _lognormal(some, usual)
        yield KindLengths(None, was_met, len(some), whole)
        for kind, of_kind in by_key(some, lambda one: one.kind):
            yield KindLengths(kind, was_met, len(of_kind), _lognormal(of_kind, whole))


def _lognormal(told: Sequence[Length], usual: Lognormal) -> Lognormal:
    """Return how long visits last, drawn to the usual length."""
    if len(told) < FEWEST:
        return usual
    logs = [log(one.took_s) for one in told]
    of = len(logs)
    middle = (of * median(logs) + BELIEVED * log(usual.median_s)) / (of + BELIEVED)
    return Lognormal(exp(middle), _drawn_sigma(_sigma(logs), of, usual.sigma))


def _of_all(lengths: Iterable[KindLengths], *, was_met: bool) -> Lognormal:
    return next(one.length for one in lengths if one.kind is None and one.was_met is was_met)


def _service_s(told: Sequence[Length], usual_s: int) -> int:
    """Return the mean length of a visit in whole minutes, drawn to the usual one.

    The mean, because a day's end is a sum; of each visit no more counts than four times the
    middle one.
    """
    if len(told) < FEWEST:
        return usual_s
    most_s = 4 * median(one.took_s for one in told)
    total_s = sum(min(most_s, one.took_s) for one in told)
    mean_s = (total_s + BELIEVED * usual_s) / (len(told) + BELIEVED)
    return max(60, round(mean_s / 60) * 60)


def _p_met(told: Sequence[Length]) -> float:
    return (sum(one.was_met for one in told) + BELIEVED * HALF) / (len(told) + BELIEVED)
