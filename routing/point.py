"""A point on the earth, and how far it is to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG 1980
METRES_PER_DEGREE = float(np.radians(EARTH_RADIUS_M))
"""Of latitude, and of longitude at the equator."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in WGS-84 degrees.

    Raises
    ------
    ValueError
        Where the latitude or the longitude is none.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise ValueError(f"latitude {self.lat!r} is not between -90 and 90")
        if not -180 <= self.lon <= 180:
            raise ValueError(f"longitude {self.lon!r} is not between -180 and 180")


def distances_m(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike
) -> NDArray[np.float64]:
    """Great-circle metres between degrees, by the haversine formula; arrays broadcast."""
    phi1, lam1, phi2, lam2 = (np.radians(np.asarray(x, float)) for x in (lat1, lon1, lat2, lon2))
    half_chord = (
        np.sin((phi2 - phi1) / 2) ** 2
        + np.cos(phi1) * np.cos(phi2) * np.sin((lam2 - lam1) / 2) ** 2
    )
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1, half_chord)))
    return metres


def distance_m(a: Point, b: Point) -> float:
    """Great-circle metres from `a` to `b`."""
    return float(distances_m(a.lat, a.lon, b.lat, b.lon))


def steps_deg(
    lat: ArrayLike, lon: ArrayLike, to_lat: ArrayLike, to_lon: ArrayLike
) -> NDArray[np.complex128]:
    """From points to others near by: east and, imaginary, north, in degrees of latitude.

    A step may cross the antimeridian. Arrays broadcast.
    """
    lat, lon, to_lat, to_lon = (np.asarray(x, float) for x in (lat, lon, to_lat, to_lon))
    east = wrapped(to_lon - lon) * np.cos(np.radians(lat))
    steps: NDArray[np.complex128] = east + 1j * (to_lat - lat)
    return steps


def stepped(point: Point, step_deg: complex) -> Point:
    """Return the point that lies a step from `point`, as `steps_deg` tells it."""
    lon = np.asarray(point.lon + step_deg.real / np.cos(np.radians(point.lat)))
    return Point(point.lat + step_deg.imag, float(wrapped(lon)))


def wrapped(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return longitudes from -180° up to 180°."""
    return (lon + 180) % 360 - 180


def unit_vectors(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.float64]:
    """float64[k, 3] for k points: chords between them order as great circles do."""
    phi, lam = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))
