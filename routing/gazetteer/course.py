"""Where a street runs: points along it, each with the direction of the street there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer.circle import Coordinates
from routing.gazetteer.near import dense
from routing.point import METRES_PER_DEGREE, Point, steps_deg

STEP_M = 25.0
"""Between the points of a street."""


@dataclass(frozen=True, slots=True)
class Course:
    """n points: `lat`, `lon` in degrees; `direction` are unit numbers, east and imaginary north.

    Either end of a direction may be ahead: a street has no beginning.
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    direction: NDArray[np.complex128]

    @classmethod
    def of(cls, ways: Sequence[Coordinates]) -> Course:
        """Return the points of ways, at most `STEP_M` apart."""
        rows = [row for way in ways for row in _directed(dense(way, STEP_M))]
        lat, lon, east, north = np.array(rows, float).reshape(-1, 4).T
        return cls(lat, lon, east + 1j * north)

    @classmethod
    def of_bytes(cls, parts: Sequence[bytes]) -> Course:
        """Return the course of pieces that `to_bytes` wrote."""
        lat, lon, east, north = np.frombuffer(b"".join(parts), np.float32).reshape(-1, 4).T
        return cls(lat.astype(float), lon.astype(float), east + 1j * north)

    def to_bytes(self) -> bytes:
        """Single precision: half a metre at most, of points 25 m apart."""
        columns = (self.lat, self.lon, self.direction.real, self.direction.imag)
        return np.column_stack(columns).astype(np.float32).tobytes()

    def __len__(self) -> int:
        return len(self.lat)

    @property
    def points(self) -> list[tuple[float, float]]:
        return list(zip(self.lat.tolist(), self.lon.tolist(), strict=True))

    def nearest(self, lat: float, lon: float) -> tuple[int, float]:
        """Return which of the points is nearest to a place, and how many metres from it."""
        steps = np.abs(steps_deg(self.lat, self.lon, lat, lon)) * METRES_PER_DEGREE
        nearest = int(steps.argmin())
        return nearest, float(steps[nearest])

    def at(self, index: int) -> Point:
        return Point(float(self.lat[index]), float(self.lon[index]))


def _directed(line: Coordinates) -> Iterator[tuple[float, float, float, float]]:
    """Yield each point of a line with the direction of the way on from it."""
    ahead = 0j
    for (lat, lon), (to_lat, to_lon) in pairwise(line):
        step = complex(steps_deg(lat, lon, to_lat, to_lon))
        ahead = step / abs(step) if step else ahead
        yield lat, lon, ahead.real, ahead.imag
    yield *line[-1], ahead.real, ahead.imag
