"""Where an address may be: what the city's geocoder offers a person to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from geopy.exc import GeopyError

from data.store.review import PlaceToCheck
from routing.errors import RoutingError
from routing.gazetteer.private import split_private
from routing.geocoding import GeocodeResult, Precision, result_of
from routing.point import Point, distance_m
from scheduler.errors import DayroundError
from scheduler.model import Place
from web.context import wired
from web.language import t
from web.phrases import said

MOST = 9
"""As many as there are keys, 1 to 9."""
SAME_M = 1.0

LONGEST_M = 300.0
"""Of a street that may be confirmed as it is: along a longer one, nobody finds the door."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that an address may mean; `apart_m` is how far it is from the first."""

    letter: str
    point: Point
    found: GeocodeResult
    apart_m: float = 0.0

    @property
    def is_area(self) -> bool:
        """Whether it is too large to be a door: it says where to look, and is not confirmed."""
        is_long = self.found.precision is Precision.STREET and self.found.radius_m > LONGEST_M
        return is_long or not self.found.precision.is_plannable

    @property
    def position(self) -> str:
        """Its latitude and longitude in WGS-84, as a form sends it."""
        return f"{self.point.lat:.6f}, {self.point.lon:.6f}"


def candidates(city: str, one: PlaceToCheck) -> tuple[list[Candidate], str]:
    """Return where a place may be, the best first, and why nobody could be asked, if so.

    What was found of it before is among them.
    """
    place = one.place
    answers, problem = _asked(city, place)
    found = [result for result in answers if result.point]
    if place.point and all(_apart_m(result, place.point) > SAME_M for result in found):
        found.append(_as_kept(place, one.matched))
    told = [
        Candidate(letter, result.point, result, _apart_m(found[0], result.point))
        for letter, result in zip(ascii_uppercase, found[:MOST], strict=False)
        if result.point
    ]
    return told, problem


def _asked(city: str, place: Place) -> tuple[list[GeocodeResult], str]:
    """Ask the city's geocoder; a pin can be placed where it fails."""
    address = split_private(place.address).address
    try:
        geocoder = wired().ports.cities.geocoder(city)
        found = geocoder.geocode(address, exactly_one=False) or ()
    except (RoutingError, DayroundError) as error:
        return [], said(str(error))
    except GeopyError:
        return [], t("The service that was asked for addresses did not answer.")
    return [result_of(location, type(geocoder).__name__) for location in found], ""


def _as_kept(place: Place, matched: str) -> GeocodeResult:
    return GeocodeResult(
        place.point, place.precision, place.radius_m, "book", matched, confidence=place.confidence
    )


def _apart_m(result: GeocodeResult, point: Point) -> float:
    return distance_m(result.point, point) if result.point else 0.0
