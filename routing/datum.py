"""WGS-84, GCJ-02 and BD-09: the three datums that Chinese coordinates come in.

GCJ-02 shifts coordinates within the mainland by some hundreds of metres; BD-09 shifts them once
more. The formulas are those in common use (there is no official publication); Hong Kong, Macau
and Taiwan, like the rest of the world, are taken as WGS-84. The usual rectangle around China would
shift Seoul, Hanoi and Taipei too, so a coarse outline of the mainland decides, true to some 20 km
on land and to some kilometres around Hong Kong and Macau.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from routing.mainland import in_mainland
from routing.point import Point

_AXIS_M = 6_378_245.0  # Krasovsky 1940
_ECCENTRICITY2 = 0.006693421622965943
_BAIDU_ANGLE = np.pi * 3000 / 180
_BAIDU_LAT, _BAIDU_LON = 0.006, 0.0065
_STEPS = 8  # each divides the error by 50 or more, from under a kilometre


class Datum(StrEnum):
    """What a pair of coordinates is measured against."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class Degrees(NamedTuple):
    """Latitudes and longitudes, of one shape."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]


def convert(lat: ArrayLike, lon: ArrayLike, source: Datum, target: Datum) -> Degrees:
    """Convert degrees from one datum to another, exact to under a millimetre there and back.

    Outside the mainland nothing is shifted.
    """
    source, target = Datum(source), Datum(target)  # a plain word would fail every test by identity
    degrees = Degrees(*np.broadcast_arrays(np.asarray(lat, float), np.asarray(lon, float)))
    is_inside = in_mainland(*degrees)
    inner = Degrees(degrees.lat[is_inside], degrees.lon[is_inside])
    if source is Datum.BD09 and target is not Datum.BD09:
        inner = _invert(_bd09_of_gcj02, inner)
    if (source is Datum.WGS84) != (target is Datum.WGS84):
        inner = _gcj02_of_wgs84(inner) if source is Datum.WGS84 else _invert(_gcj02_of_wgs84, inner)
    if target is Datum.BD09 and source is not Datum.BD09:
        inner = _bd09_of_gcj02(inner)
    converted = Degrees(degrees.lat.copy(), degrees.lon.copy())
    converted.lat[is_inside], converted.lon[is_inside] = inner
    return converted


def to_wgs84(lat: float, lon: float, datum: Datum) -> Point:
    """Return the point that a pair of degrees in `datum` means.

    Raises
    ------
    ValueError
        Where the latitude or the longitude is none.
    """
    point = Point(lat, lon)
    converted = convert(point.lat, point.lon, datum, Datum.WGS84)
    return Point(float(converted.lat), float(converted.lon))


def read_position(text: str, datum: Datum) -> Point:
    """Read 'latitude, longitude' in `datum`, as map services copy them.

    Raises
    ------
    ValueError
        Where it is none.
    """
    lat, lon = (float(part) for part in text.replace("，", ",").split(","))
    return to_wgs84(lat, lon, datum)


def _gcj02_of_wgs84(wgs84: Degrees) -> Degrees:
    lat, lon = wgs84
    x, y = lon - 105, lat - 35
    waves = 20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)
    root = np.sqrt(np.abs(x))
    north_m = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * root
    north_m += (waves + _waves(y, 20, 40) + 160 * _sine(y, 12) + 320 * _sine(y, 30)) * 2 / 3
    east_m = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * root
    east_m += (waves + _waves(x, 20, 40) + 150 * _sine(x, 12) + 300 * _sine(x, 30)) * 2 / 3
    phi = np.radians(lat)
    flattening = 1 - _ECCENTRICITY2 * np.sin(phi) ** 2
    north_radius_m = _AXIS_M * (1 - _ECCENTRICITY2) / flattening**1.5
    east_radius_m = _AXIS_M / np.sqrt(flattening) * np.cos(phi)
    return Degrees(
        lat + np.degrees(north_m / north_radius_m), lon + np.degrees(east_m / east_radius_m)
    )


def _waves(z: NDArray[np.float64], whole: float, third: float) -> NDArray[np.float64]:
    return whole * np.sin(z * np.pi) + third * _sine(z, 3)


def _sine(z: NDArray[np.float64], period: float) -> NDArray[np.float64]:
    """Sine that changes its sign every `period` degrees."""
    wave: NDArray[np.float64] = np.sin(z / period * np.pi)
    return wave


def _bd09_of_gcj02(gcj02: Degrees) -> Degrees:
    lat, lon = gcj02
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_ANGLE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_ANGLE)
    return Degrees(radius * np.sin(angle) + _BAIDU_LAT, radius * np.cos(angle) + _BAIDU_LON)


def _invert(forward: Callable[[Degrees], Degrees], target: Degrees) -> Degrees:
    """Return what `forward` maps to `target`, by fixed-point steps: it shifts, and little."""
    lat, lon = target
    for _ in range(_STEPS):
        reached = forward(Degrees(lat, lon))
        lat, lon = lat + target.lat - reached.lat, lon + target.lon - reached.lon
    return Degrees(lat, lon)
