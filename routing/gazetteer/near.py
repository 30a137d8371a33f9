"""Which shapes of the map lie near a place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer.circle import Coordinates
from routing.point import EARTH_RADIUS_M, METRES_PER_DEGREE, unit_vectors


class Surroundings:
    """The points of many shapes: `at` float64[n, 2] in degrees, `shape` int64[n] whose each is."""

    def __init__(self, shapes: Sequence[Coordinates]) -> None:
        from scipy.spatial import cKDTree

        self.at = _pairs([point for points in shapes for point in points])
        self.shape = np.repeat(np.arange(len(shapes)), [len(points) for points in shapes])
        self._tree = cKDTree(_metres(self.at))

    def near(self, places: Coordinates, within_m: float | Sequence[float]) -> list[list[int]]:
        """Return, for each place, the shapes with a point at most so many metres from it."""
        if not places:
            return []
        found = self._tree.query_ball_point(_metres(_pairs(places)), within_m)
        return [np.unique(self.shape[points]).tolist() for points in found]


def dense(points: Coordinates, step_m: float) -> Coordinates:
    """Add points on the straights of a line until none is longer than `step_m`."""
    line = list(points[:1])
    for (lat1, lon1), (lat2, lon2) in pairwise(points):
        run_m = float(np.hypot(lat2 - lat1, lon2 - lon1)) * METRES_PER_DEGREE
        steps = 1 + int(run_m / step_m)
        shares = [step / steps for step in range(1, steps + 1)]
        line += [(lat1 + s * (lat2 - lat1), lon1 + s * (lon2 - lon1)) for s in shares]
    return line


def _pairs(points: Coordinates) -> NDArray[np.float64]:
    """float64[n, 2]."""
    return np.asarray(points, float).reshape(-1, 2)


def _metres(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64[n, 3]: on the sphere, where chords this short are as long as arcs."""
    return EARTH_RADIUS_M * unit_vectors(*degrees.T)
