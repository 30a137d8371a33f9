"""A service of the net: first what it has answered before, then its limits, then itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
)

from routing.extent import Box
from routing.gazetteer.private import address_key, split_private
from routing.geocoders.limiter import Limiter, NotAskedError
from routing.geocoders.refusal import reading
from routing.geocoding import Geocoder, GeocodeResult, Precision, locate

OUTSIDE = "the place lies outside the city"

WORDS = (
    (GeocoderAuthenticationFailure, "it does not accept the key"),
    (GeocoderInsufficientPrivileges, "it does not let this key or this machine ask"),
    (GeocoderRateLimited, "it was asked too often"),
    (GeocoderQuotaExceeded, "its quota for this key is used up"),
    (GeocoderQueryError, "it did not understand an address"),
    (GeocoderTimedOut, "it did not answer in time"),
    (GeocoderParseError, "its answer cannot be read"),
    (NotAskedError, "it was left alone: its quota is used up, or it failed several times"),
    (GeocoderServiceError, "it is out of reach, or does not work"),
)
"""What is said of a failure: nothing of a service's own words, which may repeat the address."""


class Answers(Protocol):
    """What services have answered before."""

    def find(self, service: str, key: str) -> GeocodeResult | None:
        """Return what a service answered to this address, while it may be kept."""
        ...

    def keep(self, service: str, key: str, answer: GeocodeResult) -> None: ...


@dataclass(slots=True)
class Tally:
    """What became of the addresses that a service was to be asked for; no address is in it."""

    service: str
    asked: int = 0
    kept: int = 0
    found: int = 0
    failed: Counter[str] = field(default_factory=Counter)


class OnlineService:
    """One service for one city.

    Only the address is sent: what `split_private` takes out of its field stays here.
    """

    def __init__(
        self, name: str, geocoder: Geocoder, box: Box, limiter: Limiter, answers: Answers
    ) -> None:
        self.tally = Tally(name)
        self._geocoder, self._box = geocoder, box
        self._limiter, self._answers = limiter, answers

    def locate(self, query: str) -> GeocodeResult | None:
        """Return where an address is; None where the service failed, as the tally tells."""
        key = address_key(query)
        known = self._answers.find(self.tally.service, key)
        if known:
            self.tally.kept += 1
        else:
            known = self._asked(split_private(query).address)
            if known is None:
                return None
            self._answers.keep(self.tally.service, key, known)
        self.tally.found += known.is_plannable
        return known

    def _asked(self, address: str) -> GeocodeResult | None:
        try:
            found = self._limiter.ask(partial(self._answer, address))
        except GeocoderServiceError as error:
            self.tally.failed[told(error)] += 1
            return None
        return found

    def _answer(self, address: str) -> GeocodeResult:
        self.tally.asked += 1
        with reading():
            found = locate(self._geocoder, address)
        return self._in_city(replace(found, source=self.tally.service))

    def _in_city(self, found: GeocodeResult) -> GeocodeResult:
        if found.point is None:
            return replace(found, unmatched="")  # it would be the address, which is not kept
        if self._box.contains(found.point.lat, found.point.lon):
            return found
        return replace(found, point=None, precision=Precision.NONE, radius_m=0.0, unmatched=OUTSIDE)


class KeylessService:
    """Stands for a service that is on and has no key: nothing is sent, and the tally says why."""

    def __init__(self, name: str, variable: str) -> None:
        self.tally = Tally(name)
        self._why = f"it has no key: set {variable}"

    def locate(self, _query: str) -> GeocodeResult | None:
        """Return nothing, and count it."""
        self.tally.failed[self._why] += 1
        return None


def told(error: GeocoderServiceError) -> str:
    """Return what is said of a failure, with the service's own code where it has one."""
    words = next(words for kind, words in WORDS if isinstance(error, kind))
    code = getattr(error, "code", "")
    return f"{words} ({code})" if code else words
