"""The first rung of the ladder: confirmed before. What somebody has decided is not asked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.geocoders.base import Geocoder as GeopyGeocoder
from geopy.location import Location

from routing.gazetteer.private import address_key, split_private
from routing.geocoders.location import as_location
from routing.geocoding import Geocoder, GeocodeResult, Precision, locate
from routing.point import Point

SOURCE = "confirmed"


class ConfirmedGeocoder(GeopyGeocoder):  # type: ignore[misc]  # geopy has no types
    """Answer by `points`, which are by address key; ask `beyond` for every other address."""

    def __init__(self, points: Mapping[str, Point], beyond: Geocoder) -> None:
        super().__init__()
        self.points, self.beyond = points, beyond

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Return the decided place alone, else what `beyond` answers."""
        found = self._decided(query)
        if found is None:
            return self.beyond.geocode(query, exactly_one=exactly_one, timeout=timeout)
        return as_location(found) if exactly_one else [as_location(found)]

    def locate(self, query: str) -> GeocodeResult:
        """Return the decided place, else what `beyond` finds."""
        return self._decided(query) or locate(self.beyond, query)

    def _decided(self, query: str) -> GeocodeResult | None:
        point = self.points.get(address_key(query))
        if point is None:
            return None
        matched = split_private(query).address
        return GeocodeResult(point, Precision.CONFIRMED, 0.0, SOURCE, matched)
