"""Roads, rules and the hour: what else comes from outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from routing.gazetteer.own_place import OwnPlace
from routing.geocoding import Geocoder
from routing.travel import TravelTimes
from scheduler.rules import RuleSet


class Cities(Protocol):
    """The roads and addresses of each city, built once from an extract."""

    def travel_times(self, city: str, *, is_working: bool = True) -> TravelTimes:
        """Return how long ways take on a day that is worked, or on a day off."""
        ...

    def geocoder(self, city: str) -> Geocoder:
        """Return what finds addresses: in the extract, and in the lender's own places of now."""
        ...

    def geocoder_with(self, city: str, places: Sequence[OwnPlace]) -> Geocoder:
        """Return one that takes `places` for the lender's, for a look at what they would place."""
        ...


class Profiles(Protocol):
    """The rule profiles."""

    def names(self) -> list[str]:
        """Return the profiles there are."""
        ...

    def rules(self, profile: str) -> RuleSet:
        """Return a profile; UnknownProfileError where there is none of that name."""
        ...


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Return the present, aware."""
        ...
