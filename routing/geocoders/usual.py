"""A geocoder of geopy's whose answers tell how close they are, and in WGS-84."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from geopy.location import Location

from routing.datum import Datum, to_wgs84
from routing.geocoders.closeness import Reader
from routing.geocoders.level import Level
from routing.geocoding import Precision
from routing.mainland import in_mainland

UNKNOWN_DATUM_M = 700.0
"""As far as GCJ-02 can shift a point."""


class Telling(Protocol):
    """How a service's answers are read; None where nobody knows its datum in the mainland."""

    @property
    def read(self) -> Reader: ...

    @property
    def datum(self) -> Datum | None: ...


class UsualGeocoder:
    """Asks one of geopy's classes by `ask`, which is narrowed to a city already."""

    def __init__(
        self, geocoder: object, name: str, ask: Callable[..., Any], telling: Telling
    ) -> None:
        self.geocoder = geocoder
        self._name, self._ask, self._telling = name, ask, telling

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = None,
    ) -> Location | list[Location] | None:
        """Return where an address is, as geopy does, told as `locate` reads it."""
        more = {} if timeout is None else {"timeout": timeout}
        found = self._ask(query, exactly_one=exactly_one, **more)
        if not found:
            return None
        if exactly_one:
            return self._told(query, found)
        return [self._told(query, one) for one in found]

    def _told(self, query: str, found: Location) -> Location:
        level = self._telling.read(query, found.raw)
        datum = self._telling.datum
        if datum is None and in_mainland(np.array(found.latitude), np.array(found.longitude)):
            level = _shifted(level)
        point = to_wgs84(found.latitude, found.longitude, datum or Datum.WGS84)
        return level.location(point, found.address, self._name, datum or Datum.WGS84)


def _shifted(level: Level) -> Level:
    """Return the level of a point in the mainland whose datum nobody knows: a person looks."""
    return replace(
        level,
        precision=Precision.DISTRICT,
        radius_m=level.radius_m + UNKNOWN_DATUM_M,
        unmatched="the datum of the service is not known in mainland China",
    )
