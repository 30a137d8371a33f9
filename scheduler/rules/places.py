"""Where a borrower is visited."""

from __future__ import annotations

from scheduler.model import PlaceKind
from scheduler.rules.base import Attempt, rule
from scheduler.rules.values import read_words, read_yes

HOME = (PlaceKind.HOME, PlaceKind.REGISTERED)


@rule(read_yes)
def valid_place(_: bool, attempt: Attempt) -> str | None:
    """No visit to an address that is known to be wrong."""
    return None if attempt.place.is_valid else f"the {attempt.place.kind} address is not valid"


@rule(read_words)
def workplace(own_sources: frozenset[str], attempt: Attempt) -> str | None:
    """Work only where the borrower named it (one of these sources), or after home has failed."""
    place = attempt.place
    if place.kind is not PlaceKind.WORK or place.source.strip().casefold() in own_sources:
        return None
    if any(visit.was_met is False and visit.place_kind in HOME for visit in attempt.her_visits):
        return None
    return "the workplace was not named by the borrower, and home has not failed"
