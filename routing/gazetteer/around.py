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
from routing.point import METRES_PER_DEGREE, Point, steps_deg

REACH_M = 3_000.0
"""Across, to a street that may count alike."""
LEVEL_M = 60.0
"""Of a door's level line from the nearest point of the street that it is said to cross."""
SHARE_OF_BLOCK = 0.8
"""Of the numbers of a block, up and down, that tell of a number."""
PARALLEL = float(np.cos(np.radians(20)))
FEWEST, WIDEST_M = 3, 120.0
"""Doors that must agree, and how far apart they may be in the mean."""


@dataclass(frozen=True, slots=True)
class Level:
    """Where on a street doors of about that number stand level: their mean error in metres.

    `is_beyond`: most of them stand level with nothing of it, it ends before.
    """

    point: Point
    error_m: float
    support: float
    is_beyond: bool = False


def level(
    gazetteer: Gazetteer, pieces: Sequence[Entry], course: Course, number: HouseNumber
) -> Level | None:
    """Return where `number` should be on a street; None where nothing around it tells."""
    if not len(course):
        return None
    block = 1.0 if "-" in number.key else 100.0
    box = _box(course)
    doors = gazetteer.doors_around(number.value, SHARE_OF_BLOCK * block, box)
    own = {piece.id for piece in pieces}
    doors = doors[~np.isin(doors[:, 5], list(own))] if len(doors) else doors
    if len(doors) < FEWEST:
        return None
    beside = (number.value - doors[:, 0]) / block
    return _agreed(course, doors, beside)


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
    """Return the middle of where doors stand level; float64[n, 6] as `doors_around` gives."""
    _, lat, lon, east, north, _ = doors.T
    steps = METRES_PER_DEGREE * steps_deg(
        course.lat[:, None], course.lon[:, None], lat[None, :], lon[None, :]
    )
    ahead = course.direction[:, None]
    turned = steps * np.conj(ahead)
    along, across = np.abs(turned.real), np.abs(turned.imag)
    is_parallel = np.abs((np.conj(ahead) * (east + 1j * north)[None, :]).real) >= PARALLEL
    cost = np.where(is_parallel & (across <= REACH_M), along, np.inf)
    crossing = cost.argmin(axis=0)
    off_m = cost[crossing, np.arange(len(doors))]
    weight = np.exp(-np.abs(beside) / 0.2) / (1 + across[crossing, np.arange(len(doors))] / 300)
    weight[~np.isfinite(off_m)] = 0
    is_level = off_m <= LEVEL_M
    inside = float(weight[is_level].sum())
    beyond = float(weight[~is_level].sum())
    if np.count_nonzero(weight) < FEWEST:
        return None
    if beyond > 2 * inside:
        return Level(course.at(0), 0.0, beyond, is_beyond=True)
    if np.count_nonzero(is_level & (weight > 0)) < FEWEST:
        return None
    found, weight = crossing[is_level], weight[is_level]
    middle = course.nearest(
        _weighted_median(course.lat[found], weight), _weighted_median(course.lon[found], weight)
    )[0]
    off = METRES_PER_DEGREE * np.abs(
        steps_deg(course.lat[middle], course.lon[middle], course.lat[found], course.lon[found])
    )
    error_m = float((off * weight).sum() / weight.sum())
    return Level(course.at(middle), error_m, inside) if error_m <= WIDEST_M else None


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
