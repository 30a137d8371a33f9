"""A result of ours as geopy has it."""

from __future__ import annotations

from dataclasses import asdict

from geopy.location import Location

from routing.geocoding import GeocodeResult


def as_location(result: GeocodeResult) -> Location:
    """Return a result that has a point; all else that it tells is in `Location.raw`."""
    assert result.point
    raw = {key: value for key, value in asdict(result).items() if key != "point"}
    return Location(result.matched, (result.point.lat, result.point.lon), raw)
