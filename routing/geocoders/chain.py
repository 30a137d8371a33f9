"""The city's own gazetteer first, and services of the net for what it does not tell closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from routing.geocoders.online import Tally
from routing.geocoding import Geocoder, GeocodeResult, Precision, locate
from routing.point import distance_m

PRECISIONS = tuple(Precision)
"""The best first."""

DISPUTED = 0.3
"""The chance that is left to an answer far from where the gazetteer has the address."""


class Service(Protocol):
    """One that may be asked, and counts what became of it."""

    tally: Tally

    def locate(self, query: str) -> GeocodeResult | None:
        """Return where an address is; None where that could not be asked."""
        ...


class Chain:
    """Asks a geocoder that sends nothing, then `services` in their order, until one is sure.

    The best answer wins; a service that fails stops nothing, and stands in its tally.
    """

    def __init__(self, offline: Geocoder, services: Sequence[Service]) -> None:
        self.offline, self._services = offline, services

    def locate(self, query: str) -> GeocodeResult:
        """Return the best that is known of where an address is."""
        own = best = locate(self.offline, query)
        for service in self._services:
            if best.is_plannable:
                break
            found = service.locate(query)
            if found is not None:
                best = _better(best, _disputed(found, own))
        return best

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        """Return what the gazetteer does, and asks nobody: candidates are looked at often."""
        return self.offline.geocode(query, exactly_one=exactly_one, timeout=timeout)

    @property
    def tallies(self) -> Sequence[Tally]:
        """What was asked of each service since the chain was made."""
        return [service.tally for service in self._services]


def tallies(geocoder: object) -> Sequence[Tally]:
    """Return what was asked of services by a chain, or by what asks one as its `beyond`."""
    while geocoder is not None and not isinstance(geocoder, Chain):
        geocoder = getattr(geocoder, "beyond", None)
    return geocoder.tallies if geocoder else ()


def _better(best: GeocodeResult, found: GeocodeResult) -> GeocodeResult:
    """Return the better of two answers; why a service's is no place is told with what is known."""
    if found.point is not None:
        return max(best, found, key=_worth)
    if found.unmatched in best.unmatched:
        return best
    return replace(best, unmatched="; ".join(filter(None, (best.unmatched, found.unmatched))))


def _worth(found: GeocodeResult) -> tuple[bool, bool, int, float, float]:
    """Order answers: one that can be planned on, a place, its precision, its chance, its radius."""
    closeness = -PRECISIONS.index(found.precision)
    is_place = found.point is not None
    return found.is_plannable, is_place, closeness, found.confidence, -found.radius_m


def _disputed(found: GeocodeResult, own: GeocodeResult) -> GeocodeResult:
    """Tell an answer less surely that lies beyond where the gazetteer has the address."""
    if found.point is None or own.point is None:
        return found
    beyond_m = distance_m(found.point, own.point) - own.radius_m - found.radius_m
    if beyond_m <= 0:
        return found
    why = f"it lies {beyond_m / 1000:.1f} km beyond {own.matched}"
    return replace(found, confidence=min(found.confidence, DISPUTED), unmatched=why)
