"""Agencies that work for the lender: whitelist, quota, and what about them asks for attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

EVALUATED_WITHIN = timedelta(days=365)
"""China: agencies stand on a whitelist and are evaluated at least yearly (guideline of the China
Banking Association of 2026; GB/T 45251-2025)."""

RETURNS_SOON = timedelta(days=7)
"""Within which cases are told as soon to be returned; a default of the house."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of a city. `quota` is how many cases it may have at once; None is no limit."""

    name: str
    is_listed: bool = False
    evaluated_on: date | None = None
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """An agency with its open cases: entrusted now, soon, until lately, and returned soon."""

    agency: Agency
    now: int
    ahead: int = 0
    ended: int = 0
    ends_soon: int = 0


class Warned(StrEnum):
    """What about an agency asks for somebody's attention."""

    NOT_LISTED = "not_listed"  # it is not on the whitelist
    NEVER_EVALUATED = "never_evaluated"
    EVALUATION_OLD = "evaluation_old"  # more than a year ago
    OVER_QUOTA = "over_quota"
    ENDED = "ended"  # it still holds cases whose entrustment has ended


def warnings(load: AgencyLoad, today: date) -> tuple[Warned, ...]:
    """Return what asks for attention; nothing of what the lender's own staff works ('')."""
    agency, found = load.agency, []
    if not agency.name:
        return ()
    if not agency.is_listed:
        found.append(Warned.NOT_LISTED)
    if agency.evaluated_on is None:
        found.append(Warned.NEVER_EVALUATED)
    elif today - agency.evaluated_on > EVALUATED_WITHIN:
        found.append(Warned.EVALUATION_OLD)
    if agency.quota is not None and load.now > agency.quota:
        found.append(Warned.OVER_QUOTA)
    if load.ended:
        found.append(Warned.ENDED)
    return tuple(found)
