"""Where a borrower is visited."""

from __future__ import annotations

from scheduler.model import Place, PlaceKind
from scheduler.rules.base import Attempt, consented, rule
from scheduler.rules.values import (
    AllowedPlaces,
    PlaceOrder,
    read_order,
    read_places,
    read_words,
    read_yes,
)

HOME = (PlaceKind.HOME, PlaceKind.REGISTERED)


@rule(read_yes)
def valid_place(_: bool, attempt: Attempt) -> str | None:
    """No visit to an address that is known to be wrong."""
    return None if attempt.place.is_valid else f"the {attempt.place.kind} address is not valid"


@rule(read_words)
def workplace(own_sources: frozenset[str], attempt: Attempt) -> str | None:
    """Work only where the borrower named it (one of these sources), or after home has failed."""
    place = attempt.place
    if place.kind is not PlaceKind.WORK or _source(place) in own_sources:
        return None
    if any(visit.was_met is False and visit.place_kind in HOME for visit in attempt.her_visits):
        return None
    return "the workplace was not named by the borrower, and home has not failed"


@rule(read_yes)
def workplace_on_request(_: bool, attempt: Attempt) -> str | None:
    """No visit at work unless the borrower has asked for it."""
    if attempt.place.kind is not PlaceKind.WORK or consented("workplace_on_request", attempt):
        return None
    return "she has not asked to be visited at work"


@rule(read_places)
def place_kinds(allowed: AllowedPlaces, attempt: Attempt) -> str | None:
    """Visits only at places of these kinds, or whose address comes from these sources."""
    place = attempt.place
    if place.kind in allowed.kinds or _source(place) in allowed.sources:
        return None
    return f"the {place.kind} address is none at which visits are allowed"


@rule(read_order)
def place_order(told: PlaceOrder, attempt: Attempt) -> str | None:
    """A place is visited only once every place before it has failed, or is not valid."""
    rank = _rank(told, attempt.place)
    for place in attempt.places:
        if place.is_valid and _rank(told, place) < rank and not _has_failed(place, attempt):
            return f"the {place.kind} address comes first, and has not failed"
    return None


def _rank(told: PlaceOrder, place: Place) -> int:
    names = (
        {"work"} if place.kind is PlaceKind.WORK else {"home"} if place.kind in HOME else {"other"}
    )
    if _source(place) in told.choice:
        names.add("choice")
    return min(
        (rank for rank, name in enumerate(told.order) if name in names), default=len(told.order)
    )


def _has_failed(place: Place, attempt: Attempt) -> bool:
    alike = HOME if place.kind in HOME else (place.kind,)
    return any(one.was_met is False and one.place_kind in alike for one in attempt.her_visits)


@rule(read_words)
def third_persons(of_others: frozenset[str], attempt: Attempt) -> str | None:
    """A third person's address (one of these sources) only where none of hers is valid."""
    if _source(attempt.place) not in of_others:
        return None
    if any(place.is_valid and _source(place) not in of_others for place in attempt.places):
        return "the address is a third person's, and the borrower is not lost"
    return None


def _source(place: Place) -> str:
    return place.source.strip().casefold()
