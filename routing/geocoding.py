"""From an address to a point: what every geocoder answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from routing.datum import Datum
from routing.point import Point

LEAST_CONFIDENCE = 0.6
"""An address that is surer than this needs nobody's look; two rivals alike cannot both reach it."""

UNTOLD_RADIUS_M = 5_000.0
"""Stands for the radius that a geocoder does not tell."""

LONGEST_ACCESS_WALK_M = 300.0
"""Beyond it a collector drives along the street to look for the door."""


class Precision(StrEnum):
    """How closely an address was found, the best first."""

    CONFIRMED = "confirmed"  # a person put it there, or the file brought coordinates
    EXACT = "exact"  # the house number stands in the extract
    INTERPOLATED = "interpolated"  # between two numbers of the same street
    COMPOUND = "compound"  # the named compound, lane or building
    STREET = "street"
    DISTRICT = "district"
    NONE = "none"

    @property
    def is_plannable(self) -> bool:
        """Whether it is close enough to send somebody; anything worse waits for a person."""
        return self not in (Precision.DISTRICT, Precision.NONE)


@dataclass(frozen=True, slots=True)
class GeocodeResult:
    """Where an address is, how sure that is and where it comes from.

    Parameters
    ----------
    point
        WGS-84; None where nothing was found.
    radius_m
        The door lies within this distance of `point`, as far as the source can tell.
    confidence
        The chance that it does, from 0 to 1.
    source
        The geocoder's name.
    datum
        In which the source told the point; `point` itself is WGS-84 whatever it was.
    matched, unmatched
        The parts of the address that were found, and the rest, for the person who reviews it.
    """

    point: Point | None
    precision: Precision
    radius_m: float
    source: str
    matched: str = ""
    unmatched: str = ""
    confidence: float = 1.0
    datum: Datum = Datum.WGS84

    @property
    def is_plannable(self) -> bool:
        """Whether a visit may be planned on it; anything less waits for a person."""
        return self.point is not None and is_sure(self.precision, self.confidence)


def is_sure(precision: Precision, confidence: float) -> bool:
    """Whether somebody may be sent to a point that is told so closely and so surely."""
    return precision.is_plannable and confidence >= LEAST_CONFIDENCE


class Geocoder(Protocol):
    """The interface of geopy: every geocoder here, the offline one too, is one of its classes."""

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        """Return a `geopy.Location` (a list of them for `exactly_one=False`) or None."""
        ...


@runtime_checkable
class Locator(Protocol):
    """A geocoder of ours: it also tells why it found nothing, which geopy has no word for."""

    def locate(self, query: str) -> GeocodeResult: ...


def locate(geocoder: Geocoder, address: str) -> GeocodeResult:
    """Return where `address` is, by any geocoder of geopy.

    A geocoder that does not tell its precision in `Location.raw` is taken to know the district
    only, so that a person looks at its answer before anyone is sent there.

    Raises
    ------
    geopy.exc.GeocoderServiceError
        Where the geocoder asks a service, and the service fails.
    """
    if isinstance(geocoder, Locator):
        return geocoder.locate(address)
    source = type(geocoder).__name__
    location = geocoder.geocode(address)
    if location is None:
        return GeocodeResult(None, Precision.NONE, 0.0, source, unmatched=address)
    return result_of(location, source)


def result_of(location: Any, source: str) -> GeocodeResult:
    """Return what a `geopy.Location` of the geocoder `source` tells, as `locate` does."""
    told = location.raw if isinstance(location.raw, dict) else {}
    return GeocodeResult(
        Point(location.latitude, location.longitude),
        Precision(told.get("precision", Precision.DISTRICT)),
        float(told.get("radius_m", UNTOLD_RADIUS_M)),
        str(told.get("source", source)),
        str(told.get("matched", location.address)),
        str(told.get("unmatched", "")),
        float(told.get("confidence", 1.0)),
        Datum(told.get("datum", Datum.WGS84)),
    )


def access_walk_m(precision: Precision, radius_m: float) -> float:
    """Return the metres to walk between where the car stops and the door, one way.

    None to a door that is known; else half the radius, the mean distance to a door anywhere on
    a street of that half length, up to `LONGEST_ACCESS_WALK_M`.
    """
    if precision in (Precision.CONFIRMED, Precision.EXACT):
        return 0.0
    return min(radius_m / 2, LONGEST_ACCESS_WALK_M)
