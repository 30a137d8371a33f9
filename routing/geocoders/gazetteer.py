"""The offline geocoder, the default: it asks the city's own extract and tells nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.geocoders.base import Geocoder as GeopyGeocoder
from geopy.location import Location

from routing.gazetteer.index import Gazetteer
from routing.gazetteer.match import find, similar
from routing.gazetteer.own import OwnAnswers
from routing.geocoders.location import as_location
from routing.geocoding import GeocodeResult


class GazetteerGeocoder(GeopyGeocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode by a gazetteer file.

    `routing.gazetteer.build.build_gazetteer` makes one of an extract, and
    `routing.gazetteer.own_build.write_with_own` one that knows the lender's own places too.

    Raises
    ------
    GazetteerError
        Where the file is absent, foreign, half-written or of another version.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.gazetteer = Gazetteer(file)
        self.own = OwnAnswers(self.gazetteer)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  # part of geopy's interface
    ) -> Location | list[Location] | None:
        """Return the place of an address, with precision and radius in `Location.raw`.

        With `exactly_one=False` return the candidates that a person may choose from, the best
        first, each as if it were chosen: streets of the same name, or names like the one asked
        for. None where there is nothing.
        """
        if exactly_one:
            result = self.locate(query)
            return as_location(result) if result.point else None
        answer = find(self.gazetteer, query)
        candidates = answer.candidates or similar(self.gazetteer, query)
        return [as_location(self.own.told(each, query)) for each in candidates] or None

    def locate(self, query: str) -> GeocodeResult:
        """Return where an address is; `unmatched` says why it is not told more precisely."""
        return self.own.told(find(self.gazetteer, query).result, query)
