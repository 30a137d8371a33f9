"""The ground a made-up town stands on: from a drawing board in metres to degrees.

Streets are drawn straight on a board of complex numbers, x + iy in metres from the centre, and
then bent by a few long waves, so that nothing of the drawing's ruler is left on the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routing.point import Point

Board = NDArray[np.complex128]

ORIGIN = Point(29.0, 124.0)
"""Open water of the East China Sea, 180 km from any coast: nobody's town, in China's time zone."""

UNITS_PER_DEGREE = 10_000_000  # what OpenStreetMap keeps: about a centimetre
METRES_PER_DEGREE = 111_195.0  # the drawing's own: a more exact one would draw every town anew
SHORT_WAVES_M = (900.0, 420.0)
SLOPE = 0.17  # of one wave; together they stay below 1, so the board never folds over


@dataclass(frozen=True, slots=True)
class Wave:
    """A displacement `reach` (metres, as a vector) that swings along `vector` (radians per m)."""

    vector: complex
    reach: complex
    phase: float

    def at(self, z: ArrayLike) -> NDArray[np.float64]:
        """Return the swing, -1 … 1, at each point."""
        board = np.asarray(z, np.complex128)
        angle = board.real * self.vector.real + board.imag * self.vector.imag + self.phase
        swing: NDArray[np.float64] = np.sin(angle)
        return swing


@dataclass(frozen=True, slots=True)
class Ground:
    """The waves that bend a town of `radius_m`."""

    radius_m: float
    waves: tuple[Wave, ...]

    def bend(self, z: ArrayLike) -> Board:
        """Return the board's points where they lie on the ground, in metres, to the centimetre.

        Rounding comes before anything is decided on them, so that the last bit of a machine's
        sine changes no town.
        """
        flat = np.array(z, np.complex128)
        bent = flat.copy()
        for wave in self.waves:
            bent += wave.reach * wave.at(flat)
        return bent.round(2)

    def degrees(self, z: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return latitude and longitude of the board's points in 1e-7 degrees, WGS-84."""
        metres = self.bend(z)
        per_metre = UNITS_PER_DEGREE / METRES_PER_DEGREE
        lat = np.round(ORIGIN.lat * UNITS_PER_DEGREE + metres.imag * per_metre)
        shrink = np.cos(np.radians(ORIGIN.lat))
        lon = np.round(ORIGIN.lon * UNITS_PER_DEGREE + metres.real * per_metre / shrink)
        return lat.astype(np.int64), lon.astype(np.int64)

    def points(self, z: Sequence[complex]) -> list[Point]:
        """Return points of the board in degrees."""
        lats, lons = (axis / UNITS_PER_DEGREE for axis in self.degrees(z))
        return [Point(*at) for at in zip(lats.tolist(), lons.tolist(), strict=True)]


def make_ground(rng: Random, radius_m: float) -> Ground:
    """Choose the waves: three as long as the town, two as long as a street."""
    lengths_m = (1.9 * radius_m, 1.1 * radius_m, 0.6 * radius_m, *SHORT_WAVES_M)
    return Ground(radius_m, tuple(make_wave(rng, length_m) for length_m in lengths_m))


def make_wave(rng: Random, length_m: float) -> Wave:
    """Choose a wave of `length_m`: where it runs, and how far it pushes."""
    frequency = 2 * np.pi / length_m
    return Wave(
        vector=unit(rng.random()) * frequency,
        reach=unit(rng.random()) * SLOPE / frequency,
        phase=rng.random() * 2 * np.pi,
    )


def unit(turn: float) -> complex:
    """Return the direction after `turn` of a full circle, from the east to the north."""
    return complex(np.cos(2 * np.pi * turn), np.sin(2 * np.pi * turn))
