"""What of a published day somebody may take along, by role."""

from __future__ import annotations

from dataclasses import dataclass

from data.access import Role, User
from data.masking import Masking, masking_for
from scheduler.errors import DayroundError

WHOLE_DAY = (Role.DISPATCHER, Role.COMPLIANCE, Role.PLANNER)
"""Roles whose exports hold every crew; a collector's hold her own day alone."""


class ExportRefusedError(DayroundError):
    """Somebody asks for more than the role shows."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How people are masked, whose agencies are shown (None: all), and whose day (None: all).

    `is_own`: it is the day of who asks, who sees cases only while they are entrusted.
    """

    masking: Masking
    agencies: frozenset[str] | None = None
    collector_id: str | None = None
    is_own: bool = False


def sight_of(
    user: User, city: str, *, collector_id: str | None = None, in_full: bool = False
) -> Sight:
    """Return what a user's roles in a city show, of everybody's day or of one collector's.

    Raises
    ------
    ExportRefusedError
        Where no role shows a day, a collector asks for another's, or a planner for names.
    """
    roles = [] if user.is_disabled else [role for role in WHOLE_DAY if user.can(role, city)]
    if roles:
        masking = masking_asked(roles[0], in_full=in_full)
        return Sight(masking, user.agencies(roles[0], city), collector_id)
    mine = None if user.is_disabled else user.collector_in(city)
    if mine is None:
        raise ExportRefusedError(
            f"{user.name!r} has no role in {city} that shows a day: an administrator can grant one"
        )
    if collector_id not in (None, mine):
        raise ExportRefusedError(
            f"{user.name!r} is the collector {mine!r} in {city}, and exports her own day alone"
        )
    return Sight(masking_asked(Role.COLLECTOR, in_full=in_full), None, mine, is_own=True)


def masking_asked(role: Role, *, in_full: bool) -> Masking:
    """Return how a role's exports are masked; refused where it asks for what it may not see."""
    masking = masking_for(role, asked=in_full)
    if in_full and masking is not Masking.FULL:
        raise ExportRefusedError(f"what a {role} exports tells nobody's name: ask for it masked")
    return masking
