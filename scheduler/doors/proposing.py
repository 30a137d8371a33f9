"""From where crews stood to where a door is, if they agree and it is elsewhere than was thought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from routing.median import geometric_median
from routing.point import METRES_PER_DEGREE, Point, distance_m, stepped, steps_deg
from scheduler.doors.check_ins import CheckIn

LEAST_DAYS = 3
"""Fixes of one hour have the same satellites and err alike: each day is asked anew."""

LEAST_PEOPLE = 2
"""One phone may always err alike, and one person may always take the wrong gate."""

LEAST_SHARE = 2 / 3
"""Of the visits agree, or nothing is said: a place with two doors has none in their middle."""

MOST_SPREAD_M = 60.0
LEAST_MOVE_M = 25.0
"""Nearer than this, a crew sees the door from where it was sent."""

SURE_M, UNSURE_M = 20.0, 40.0
"""Phones tell 5 m between houses that put them 20 m off. That no fix weighs more than twice as
much as another keeps one of three visits from outvoting the others."""

COMMON_ERROR_M = 10.0
"""What more visits do not mend: the same walls throw the same echoes, and crews stand before a
house, not in it."""

FAR_OFF = 3.0
"""So many times the error that was to be expected is no error of measurement."""

# Of a circular normal error with a deviation of 1 on each axis: half of all lie within the first
# distance, 68 % within the next, 95 % within the last (Rayleigh).
HALF, TWO_THIRDS, NEARLY_ALL = 1.1774, 1.5096, 2.4477
MEDIAN_BEYOND_MEAN = 1.128
"""The error of a geometric median beside that of a mean: 1 / √(π/4)."""

Metres = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a door seems to be.

    It lies within `radius_m` of `point` with a chance of 95 %. Of the `visits` that agree, 68 %
    stood within `spread_m`; `others` did not agree. `moved_m` is how far it is from the place.
    """

    place_id: str
    point: Point
    radius_m: float
    spread_m: float
    moved_m: float
    visits: tuple[CheckIn, ...]
    others: tuple[CheckIn, ...] = ()

    @property
    def newest_at(self) -> datetime:
        """When the newest check-in was that was looked at."""
        return max(one.at for one in (*self.visits, *self.others))

    @property
    def days(self) -> int:
        return len({one.on for one in self.visits})

    @property
    def people(self) -> int:
        return len({one.told_by for one in self.visits})

    @property
    def why(self) -> str:
        """Say what it rests on."""
        answered = sum(one.was_answered for one in self.visits)
        return (
            f"{len(self.visits)} of {len(self.visits) + len(self.others)} visits, on {self.days} "
            f"days by the phones of {self.people} collectors, stood within {self.spread_m:.0f} m "
            f"of a point that is {self.moved_m:.0f} m from where the place is; somebody answered "
            f"the door on {answered} of them"
        )


def propose(present: Point, visits: Sequence[CheckIn]) -> Proposal | None:
    """Return where the door of a place is by the check-ins of visits, one of each.

    None where they are too few, do not agree, or agree with where the place is: what it would be
    moved by must be more than the proposal may be wrong by.
    """
    told = sorted(visits, key=lambda one: (one.at, one.told_by))
    if not is_enough(told):
        return None
    middle, away_m = middle_of(told)
    agrees = away_m <= FAR_OFF * np.maximum(np.median(away_m) / HALF, deviations_m(told))
    agreeing = list(compress(told, agrees))
    if len(agreeing) < LEAST_SHARE * len(told) or not is_enough(agreeing):
        return None
    middle, away_m = middle_of(agreeing)
    spread_m = float(np.percentile(away_m, 68))
    radius_m, moved_m = confidence_radius_m(agreeing, spread_m), distance_m(present, middle)
    if spread_m > MOST_SPREAD_M or moved_m < max(LEAST_MOVE_M, radius_m):
        return None
    others = tuple(compress(told, ~agrees))
    return Proposal(told[0].place_id, middle, radius_m, spread_m, moved_m, tuple(agreeing), others)


def is_enough(visits: Sequence[CheckIn]) -> bool:
    """Whether visits are of days and people enough, and it was the right door at least once.

    Who is not at home may be not at home behind a wrong door, time after time.
    """
    days, people = {one.on for one in visits}, {one.told_by for one in visits}
    is_hers = any(one.was_answered for one in visits)
    return len(days) >= LEAST_DAYS and len(people) >= LEAST_PEOPLE and is_hers


def middle_of(visits: Sequence[CheckIn]) -> tuple[Point, Metres]:
    """Return the median of where crews stood, and how many metres from it each was."""
    stood = sorted((one.stood for one in visits), key=lambda point: point.lat)
    origin = stood[len(stood) // 2]  # degrees are as long as there: no wild fix stretches them
    lat, lon = ([getattr(one.stood, axis) for one in visits] for axis in ("lat", "lon"))
    points = steps_deg(origin.lat, origin.lon, lat, lon) * METRES_PER_DEGREE
    weights = 1 / np.clip([one.accuracy_m for one in visits], SURE_M, UNSURE_M)
    middle, away_m = geometric_median(points, weights)
    return stepped(origin, middle / METRES_PER_DEGREE), away_m


def deviations_m(visits: Sequence[CheckIn]) -> Metres:
    """Return the errors that the phones tell, as deviations on each axis."""
    return np.maximum([one.accuracy_m for one in visits], SURE_M) / TWO_THIRDS


def confidence_radius_m(visits: Sequence[CheckIn], spread_m: float) -> float:
    """Return how far the door may be from the median, by what phones tell or by how they differ.

    The larger counts: few visits lie together by chance, and phones praise themselves.
    """
    told_m = 1 / sqrt(float(np.sum(deviations_m(visits) ** -2)))
    seen_m = spread_m / TWO_THIRDS / sqrt(len(visits))
    return hypot(NEARLY_ALL * MEDIAN_BEYOND_MEAN * max(told_m, seen_m), COMMON_ERROR_M)
