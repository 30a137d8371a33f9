"""Which way a ride goes, by the quarter of the compass."""

from __future__ import annotations

from math import cos, radians

from routing.point import Point

AXES = ("east-west", "north-south")

Quarter = tuple[int, bool]
"""The index of one of `AXES`, and whether it is followed to the east or north."""


def quarter(a: Point, b: Point) -> Quarter:
    """Return in which quarter `b` lies, seen from `a`."""
    east = (b.lon - a.lon) * cos(radians(a.lat))
    north = b.lat - a.lat
    return (0, east > 0) if abs(east) >= abs(north) else (1, north > 0)
