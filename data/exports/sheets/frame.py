"""A piece of the earth in a rectangle of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from data.exports.day import Box
from routing.lines import Line
from routing.point import METRES_PER_DEGREE

LEAST_M = 600.0
"""A map shows so many metres at least: two doors of one street are not the whole world."""

EDGE = 0.06
"""Share of a map that is left free at each edge."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of paper, in millimetres from the top left, and the box of the earth in it."""

    x: float
    y: float
    width: float
    height: float
    box: Box

    @property
    def metres_per_mm(self) -> float:
        return (self.box[3] - self.box[1]) * METRES_PER_DEGREE / self.height

    def placed(self, line: Line) -> NDArray[np.float64]:
        """Return float64[k, 2], millimetres right and down, of latitudes and longitudes."""
        west, south, east, north = self.box
        right = self.x + (line[:, 1] - west) / (east - west) * self.width
        down = self.y + (north - line[:, 0]) / (north - south) * self.height
        return np.column_stack((right, down))


def frame_around(lines: Sequence[Line], x: float, y: float, width: float, height: float) -> Frame:
    """Return the frame in which all lines are seen, as large as it goes, north above."""
    points = np.concatenate(lines)
    (south, west), (north, east) = points.min(axis=0), points.max(axis=0)
    narrow = cos(radians((south + north) / 2))
    wide_m = max((east - west) * narrow * METRES_PER_DEGREE, LEAST_M) / (1 - 2 * EDGE)
    high_m = max((north - south) * METRES_PER_DEGREE, LEAST_M) / (1 - 2 * EDGE)
    metres_per_mm = max(wide_m / width, high_m / height)
    half_lat = metres_per_mm * height / METRES_PER_DEGREE / 2
    half_lon = metres_per_mm * width / METRES_PER_DEGREE / narrow / 2
    lat, lon = (south + north) / 2, (west + east) / 2
    return Frame(
        x, y, width, height, (lon - half_lon, lat - half_lat, lon + half_lon, lat + half_lat)
    )
