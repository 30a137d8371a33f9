"""What the locations of a problem's matrix are called: the same place in whatever problem."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

import numpy as np

from scheduler.problem import Problem
from scheduler.staffing.arrays import Ints

HOME = "home of "
"""Before the id of a crew whose day begins or ends there."""


def names_of(problem: Problem) -> tuple[str, ...]:
    """Return the name of each location: the id of its place, or that of a crew at home there.

    Where several share one, the name is that of the smallest id; a location of nobody has its
    number.
    """
    names: dict[int, str] = {}
    for visit in problem.visits:
        for way in visit.options:
            names[way.location] = min(way.place_id, names.get(way.location, way.place_id))
    for crew in problem.crews:
        for location in (crew.start_location, crew.end_location):
            names.setdefault(location, HOME + crew.id)
    size = problem.travel.seconds.shape[-1]
    return tuple(names.get(location, str(location)) for location in range(size))


def numbers_of(names: Iterable[str]) -> Ints:
    """Return a number for each name, the same in whatever problem; shape [location]."""
    return np.array([crc32(name.encode()) for name in names], np.int64)
