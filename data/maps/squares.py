"""The squares of web maps: which of them lie near a line or a point, zoom by zoom.

A square (x, y) of zoom z is one of 2^z × 2^z in Web Mercator, counted from 180° west and from the
north.
"""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from routing.lines import Line

EQUATOR_M = 40_075_016.686
FARTHEST_LAT = 85.0511
"""Where the squares of web maps end."""

STEP_DEG = 0.001
"""Lines are looked at every 111 m or less: closer than any reach that is asked for."""

Square = tuple[int, int]


def squares_near(line: Line, reach_m: float, zoom: int) -> set[Square]:
    """Return the squares within `reach_m` east, west, north or south of a line; all it crosses."""
    dense = denser(line)
    reach = reach_m / square_m(dense[:, 0], zoom)
    across = int(np.ceil(2 * reach.max(initial=0.0))) + 1
    shifts = np.linspace(-1, 1, across) if across > 1 else np.zeros(1)
    at = in_squares(dense, zoom)
    found = [at + np.outer(reach, (dx, dy)) for dx, dy in product(shifts, shifts)]
    return as_squares(np.concatenate(found), zoom)


def squares_within(points: Line, reach_m: float, zoom: int) -> set[Square]:
    """Return all squares of the box around points, `reach_m` wider at each side."""
    at = in_squares(points, zoom)
    reach = (reach_m / square_m(points[:, 0], zoom))[:, np.newaxis]
    (west, north), (east, south) = (at - reach).min(axis=0), (at + reach).max(axis=0)
    corners = clipped(np.array([[west, north], [east, south]]), zoom)
    (x0, y0), (x1, y1) = corners.tolist()
    return set(product(range(x0, x1 + 1), range(y0, y1 + 1)))


def in_squares(points: Line, zoom: int) -> NDArray[np.float64]:
    """float64[k, 2]: x and y of points, in squares and parts of them."""
    lat = np.radians(np.clip(points[:, 0], -FARTHEST_LAT, FARTHEST_LAT))
    x = points[:, 1] / 360 + 0.5
    y = 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)
    at: NDArray[np.float64] = np.column_stack((x, y)) * 2**zoom
    return at


def square_m(lat: NDArray[np.float64], zoom: int) -> NDArray[np.float64]:
    """Return how long the side of a square is at latitudes, in metres."""
    near = np.clip(lat, -FARTHEST_LAT, FARTHEST_LAT)
    length: NDArray[np.float64] = EQUATOR_M * np.cos(np.radians(near)) / 2**zoom
    return length


def denser(line: Line) -> Line:
    """Return a line with points every `STEP_DEG` or closer."""
    parts = [line[:1]]
    for a, b in pairwise(line):
        steps = max(1, int(np.ceil(np.abs(b - a).max() / STEP_DEG)))
        parts.append(a + (b - a) * (np.arange(1, steps + 1) / steps)[:, np.newaxis])
    return np.concatenate(parts)


def as_squares(at: NDArray[np.float64], zoom: int) -> set[Square]:
    """Return the squares that hold positions."""
    found = np.unique(clipped(at, zoom), axis=0)
    return {(x, y) for x, y in found.tolist()}


def clipped(at: NDArray[np.float64], zoom: int) -> NDArray[np.int64]:
    return np.clip(np.floor(at), 0, 2**zoom - 1).astype(np.int64)
