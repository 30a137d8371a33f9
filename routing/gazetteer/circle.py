"""Circles: where something is, and how far from there its door may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.point import Point, distances_m

Coordinates = Sequence[tuple[float, float]]
"""Latitudes and longitudes, WGS-84."""


@dataclass(frozen=True, slots=True)
class Circle:
    """All points within `radius_m` of (`lat`, `lon`)."""

    lat: float
    lon: float
    radius_m: float

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)


def circle_around(points: Coordinates, *, on_a_point: bool = False) -> Circle:
    """Return a circle about the middle of the points' extent that holds them all.

    With `on_a_point` its centre is the point nearest to that middle: a bent street's middle
    may lie in a lake, its middle vertex does not.
    """
    if len(points) == 1:
        return Circle(*points[0], 0.0)
    lats, lons = np.asarray(points, float).T
    lat, lon = (lats.min() + lats.max()) / 2, (lons.min() + lons.max()) / 2
    if on_a_point:
        nearest = int(distances_m(lat, lon, lats, lons).argmin())
        lat, lon = lats[nearest], lons[nearest]
    return Circle(float(lat), float(lon), float(distances_m(lat, lon, lats, lons).max()))


def cover(circles: Sequence[Circle]) -> Circle:
    """Return a circle that holds all of `circles`, about the middle of their centres."""
    if len(circles) == 1:
        return circles[0]
    lats, lons, radii = np.array([(c.lat, c.lon, c.radius_m) for c in circles]).T
    lat, lon = (lats.min() + lats.max()) / 2, (lons.min() + lons.max()) / 2
    reach = distances_m(lat, lon, lats, lons) + radii
    return Circle(float(lat), float(lon), float(reach.max()))


def spread_m(circles: Sequence[Circle]) -> float:
    """Return how far the centres lie from their middle."""
    return circle_around([(c.lat, c.lon) for c in circles]).radius_m
