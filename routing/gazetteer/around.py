"""Where a number should be on a street, by the numbers of the streets that run beside it.

In a town laid out in blocks, parallel streets count alike: 2088 stands level with 2080 of the next
street. Where they do not, their doors lie anywhere along it, and nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer.course import Course
from routing.gazetteer.index import Entry, Gazetteer
from routing.gazetteer.numbers import HouseNumber
from routing.point import METRES_PER_DEGREE, Point, distance_m, distances_m, steps_deg

REACH_M = 3_000.0
"""Across, to a street that may count alike."""
LEVEL_M = 60.0
"""Of a door's level line from the nearest point of the street that it is said to cross."""
SHARE_OF_BLOCK = 0.8
"""Of the numbers of a block, up and down, that tell of a number."""
PARALLEL = float(np.cos(np.radians(20)))
FEWEST, WIDEST_M = 3, 120.0
"""Doors that must agree, and how far apart they may be in the mean."""
MOST = 300
"""Doors that are asked, those of the nearest numbers."""
TRIED, FEWEST_TRIED, LEAST_SHARE = 100, 20, 0.7
"""Doors of a town for which it is tried, and of those that are told so, how many must be near."""


@dataclass(frozen=True, slots=True)
class Level:
    """Where on a street doors of about that number stand level: their mean error in metres.

    `is_beyond`: most of them stand level with nothing of it, it ends before.
    """

    point: Point
    error_m: float
    is_beyond: bool = False


def level(
    gazetteer: Gazetteer, pieces: Sequence[Entry], course: Course, number: HouseNumber
) -> Level | None:
    """Return where `number` should be on a street; None where nothing around it tells."""
    if not len(course) or not gazetteer.counts_by_blocks:
        return None
    return _level(gazetteer, {piece.id for piece in pieces}, course, number)


def tells_by_blocks(gazetteer: Gazetteer) -> bool:
    """Try on a town's own doors whether its parallel streets count alike; kept when it is built."""
    errors_m = [
        distance_m(told.point, door.circle.point)
        for street, number, door in gazetteer.some_doors(TRIED)
        if (told := _level(gazetteer, {street}, gazetteer.course_of([street]), number))
        and not told.is_beyond
    ]
    near = sum(error <= WIDEST_M for error in errors_m)
    return len(errors_m) >= FEWEST_TRIED and near >= LEAST_SHARE * len(errors_m)


def _level(
    gazetteer: Gazetteer, own: set[int], course: Course, number: HouseNumber
) -> Level | None:
    block = 1.0 if "-" in number.key else 100.0
    doors = gazetteer.doors_around(number.value, SHARE_OF_BLOCK * block, _box(course))
    doors = doors[~np.isin(doors[:, 5], list(own))]
    if len(doors) < FEWEST:
        return None
    beside = np.abs(number.value - doors[:, 0]) / block
    nearest = np.argsort(beside, kind="stable")[:MOST]
    return _agreed(course, doors[nearest], beside[nearest])


def _box(course: Course) -> tuple[float, float, float, float]:
    lat_deg = REACH_M / METRES_PER_DEGREE
    lon_deg = lat_deg / max(0.01, float(np.cos(np.radians(course.lat[0]))))
    return (
        float(course.lat.min()) - lat_deg,
        float(course.lat.max()) + lat_deg,
        float(course.lon.min()) - lon_deg,
        float(course.lon.max()) + lon_deg,
    )


def _agreed(
    course: Course, doors: NDArray[np.float64], beside: NDArray[np.float64]
) -> Level | None:
    """Return the middle of where doors stand level; float64[n, 6] as `doors_around` gives.

    `beside`: by how much of a block the number of each differs.
    """
    crossing, off_m, across_m = _crossings(course, doors)
    weight = np.exp(-beside / 0.2) / (1 + across_m / 300) * np.isfinite(off_m)
    counts, is_level = weight > 0, off_m <= LEVEL_M
    inside, beyond = float(weight[is_level].sum()), float(weight[~is_level].sum())
    if np.count_nonzero(counts) >= FEWEST and beyond > 2 * inside:
        return Level(course.at(0), 0.0, is_beyond=True)
    if np.count_nonzero(counts & is_level) < FEWEST:
        return None
    return _middle(course, crossing[is_level], weight[is_level])


def _crossings(
    course: Course, doors: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """Return, for each door, the point of the street that it is level with, as arrays[n].

    Beside it, the metres along the street that it is off that level, infinite where its own street
    does not run beside this one; and the metres across to it.
    """
    _, lat, lon, east, north, _ = doors.T
    steps = METRES_PER_DEGREE * steps_deg(
        course.lat[:, None], course.lon[:, None], lat[None, :], lon[None, :]
    )
    back = np.conj(course.direction)[:, None]
    turned = steps * back
    along_m, across_m = np.abs(turned.real), np.abs(turned.imag)
    is_parallel = np.abs((back * (east + 1j * north)[None, :]).real) >= PARALLEL
    off_m = np.where(is_parallel & (across_m <= REACH_M), along_m, np.inf)
    nearest, each = off_m.argmin(axis=0), np.arange(len(doors))
    return nearest, off_m[nearest, each], across_m[nearest, each]


def _middle(course: Course, found: NDArray[np.intp], weight: NDArray[np.float64]) -> Level | None:
    """Return the middle of points of a street, if they lie about it closely enough."""
    lat = _weighted_median(course.lat[found], weight)
    lon = _weighted_median(course.lon[found], weight)
    middle = course.at(course.nearest(lat, lon)[0])
    off_m = distances_m(middle.lat, middle.lon, course.lat[found], course.lon[found])
    error_m = float((off_m * weight).sum() / weight.sum())
    return Level(middle, error_m) if error_m <= WIDEST_M else None


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
