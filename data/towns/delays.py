"""How slow the streets of a made-up town truly are: by district, hour and day.

A leg takes the planned time by the factors of the district that it leads to and of its hour there,
which are facts; and by those of the day and of the leg, which are luck.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.towns.truth import Truth
from routing.point import METRES_PER_DEGREE
from scheduler.problem import Problem
from scheduler.staffing.arrays import Floats, Ints
from scheduler.staffing.chance import Chance
from scheduler.staffing.places import names_of

DISTRICT_M = 1500
"""Side of the squares of which one is as slow as its neighbour is not."""

OF_DISTRICT, OF_HOUR, OF_DAY, OF_LEG = 0.12, 0.08, 0.08, 0.20
"""Deviations of the logarithms of the factors; the mean of each factor is 1."""

BY_HOUR = {7: 1.15, 8: 1.25, 9: 1.10, 17: 1.20, 18: 1.25, 19: 1.10}
"""How much slower all of the town is than planned; else as planned."""


@dataclass(frozen=True)
class Delays:
    """The delays of one day; `districts` and `names` are of each location of the problem."""

    luck: Chance
    day: int
    names: tuple[str, ...]
    districts: tuple[str, ...]
    by_hour: Floats

    @staticmethod
    def of(truth: Truth, problem: Problem, day: int) -> Delays:
        """Return the delays of a town's day; `by_hour` is [location, hour]."""
        names = names_of(problem)
        districts = _districts(problem, names)
        factors = {name: _of_district(truth, name) for name in set(districts)}
        return Delays(
            *(truth.luck, day, names, districts),
            np.array([factors[name] for name in districts]),
        )

    def factor(self, here: Ints, there: int, leave_s: Ints, reps: Ints) -> Floats:
        """Return how many times as long as planned ways to a location take."""
        hour = (leave_s // 3600) % 24
        of_day = self.luck.normal("roads", "", self.day, reps)
        came_from = np.array([_number(self.districts[one]) for one in np.unique(here)])
        also = came_from[np.searchsorted(np.unique(here), here)] * 24 + hour
        of_leg = self.luck.normal("leg", self.names[there], self.day, reps, also=also)
        luck: Floats = _around_one(OF_DAY, of_day) * _around_one(OF_LEG, of_leg)
        factor: Floats = self.by_hour[there, hour] * luck
        return factor


def _of_district(truth: Truth, name: str) -> Floats:
    """Return how slow a district is in each hour: all alike where the truth has no differences."""
    town = np.array([BY_HOUR.get(hour, 1.0) for hour in range(24)])
    if not truth.differs:
        return town
    facts = Chance(truth.seed)
    district = _around_one(OF_DISTRICT, facts.normal("district", name, 0, np.arange(1)))
    return town * district * _around_one(OF_HOUR, facts.normal("hours", name, 0, np.arange(24)))


def _districts(problem: Problem, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the square in which each location lies; without a point it is one by itself."""
    points = {}
    if problem.day is not None:
        points = {one.id: one.point for one in problem.day.places if one.point is not None}
    side = DISTRICT_M / METRES_PER_DEGREE
    told = []
    for name in names:
        point = points.get(name)
        square = f"{point.lat // side:.0f} {point.lon // side:.0f}" if point else name
        told.append(square)
    return tuple(told)


def _number(name: str) -> int:
    """Return a number for a name, the same in every problem and process."""
    return int(Chance(0).one("number", name) * 2**31)


def _around_one(sigma: float, drawn: Floats) -> Floats:
    factor: Floats = np.exp(sigma * drawn - sigma**2 / 2)
    return factor
