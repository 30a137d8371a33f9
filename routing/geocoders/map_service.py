"""What the four Chinese map services have in common, as geocoders of geopy."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.geocoders.base import Geocoder as GeopyGeocoder
from geopy.location import Location

from routing.datum import Datum, to_wgs84
from routing.geocoders.level import Level
from routing.geocoders.private_adapter import PrivateAdapter
from routing.geocoders.refusal import reading
from routing.point import Point, distance_m

WAIT_S = 10.0
RIVALS_M = 300.0
"""Answers that lie farther apart are different places."""
RIVALS_CONFIDENCE = 0.4


@dataclass(frozen=True, slots=True)
class Told:
    """One place of an answer, in the service's own datum."""

    lat: float
    lon: float
    level: Level
    matched: str


class MapService(GeopyGeocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode by a map service that answers in JSON over HTTPS.

    Parameters
    ----------
    api_key
        The key of the account; it is sent with each question.
    city
        To which the search is narrowed, as in 宁波市; '' for none.
    secret_key
        Signs the questions, where the account asks for it; it is not sent.
    domain, scheme
        Where the service answers, for a test or a mirror of it.

    Raises
    ------
    geopy.exc.GeocoderServiceError
        From `geocode`: one of its kinds, by the service's own code. No text of the service and
        nothing that was asked stands in it.
    """

    source: ClassVar[str]
    datum: ClassVar[Datum]
    home: ClassVar[str]
    path: ClassVar[str]

    def __init__(
        self,
        api_key: str,
        *,
        city: str = "",
        secret_key: str = "",
        domain: str = "",
        scheme: str | None = None,
        timeout: float = WAIT_S,
        user_agent: str | None = None,
        adapter_factory: Any = PrivateAdapter,
    ) -> None:
        super().__init__(
            scheme=scheme, timeout=timeout, user_agent=user_agent, adapter_factory=adapter_factory
        )
        self.city = city
        self.domain = domain or self.home
        self._key, self._secret = api_key, secret_key

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Return where an address is, in WGS-84, told in `Location.raw` as `locate` reads it."""
        asked = self.parameters(query)
        text = urlencode(asked | self.signature(asked))
        url = f"{self.scheme}://{self.domain}{self.path}?{text}"
        return self._call_geocoder(url, partial(self._read, query, exactly_one), timeout=timeout)

    @abstractmethod
    def parameters(self, query: str) -> dict[str, str]:
        """Return what is asked, the key with it, in the order in which it is sent."""

    @abstractmethod
    def answers(self, page: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Return the places of an answer, the best first; none where nothing was found.

        Raises
        ------
        geopy.exc.GeocoderServiceError
            Where the answer is a refusal.
        """

    @abstractmethod
    def told(self, query: str, answer: Mapping[str, Any]) -> Told:
        """Return a place of an answer as this house tells it."""

    def signature(self, _asked: Mapping[str, str]) -> dict[str, str]:
        """Return what proves the secret key, for an account that has one."""
        return {}

    def in_city(self, query: str) -> str:
        """Return an address that names its city, for a service that has no field for it."""
        return query if self.city in query else f"{self.city}{query}"

    def _read(self, query: str, exactly_one: bool, page: Any) -> Location | list[Location] | None:
        with reading():
            told = [self.told(query, answer) for answer in self.answers(page)]
            found = [self._location(one) for one in _doubted(told)]
        if not found:
            return None
        return found[0] if exactly_one else found

    def _location(self, told: Told) -> Location:
        point = to_wgs84(told.lat, told.lon, self.datum)
        return told.level.location(point, told.matched, self.source, self.datum)


def _doubted(told: Sequence[Told]) -> list[Told]:
    """Tell the first less surely where another place, far from it, is as good an answer."""
    if not told:
        return []
    first = told[0]
    rivals = [one for one in told[1:] if one.level.precision is first.level.precision]
    far = [one for one in rivals if _apart_m(first, one) > RIVALS_M]
    if not far:
        return list(told)
    why = f"the service knows {1 + len(far)} such places"
    level = first.level.doubted(RIVALS_CONFIDENCE, why)
    return [Told(first.lat, first.lon, level, first.matched), *told[1:]]


def _apart_m(one: Told, other: Told) -> float:
    """Return the distance: a datum shifts neighbours alike, so it is the same in each."""
    return distance_m(Point(one.lat, one.lon), Point(other.lat, other.lon))
