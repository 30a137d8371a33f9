"""Users and what they may do: roles, granted per city and agency."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What somebody does here."""

    DISPATCHER = "dispatcher"
    COLLECTOR = "collector"
    PLANNER = "planner"
    COMPLIANCE = "compliance"
    ADMINISTRATOR = "administrator"


class AgenciesOn(frozenset[str]):
    """Agencies whose work somebody sees on a day: their cases between the dates of entrusting."""

    on: date

    def __new__(cls, names: Iterable[str], on: date) -> AgenciesOn:
        found = super().__new__(cls, names)
        found.on = on
        return found

    def __or__(self, others: AbstractSet[Any]) -> AgenciesOn:
        """Return these and others, still of the day: to see more is not to see longer."""
        return AgenciesOn((*self, *others), self.on)

    __ror__ = __or__


POLICY_WRITERS = (Role.COMPLIANCE, Role.ADMINISTRATOR)
"""Who puts a policy for a whole city, and who approves one that another person put."""

POLICY_READERS = (*POLICY_WRITERS, Role.PLANNER, Role.DISPATCHER)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a city; '' is every city, for administrators alone.

    Agency '' is the lender, who sees every agency of the city. A collector's grant names who of
    the collectors she is.
    """

    role: Role
    city: str = ""
    agency: str = ""
    collector_id: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in. `stamp` changes when all their sessions are to end."""

    name: str
    grants: tuple[Grant, ...] = ()
    language: str = ""
    theme: str = ""
    is_disabled: bool = False
    has_password: bool = False
    stamp: str = ""

    def can(self, role: Role, city: str | None = None, agency: str | None = None) -> bool:
        """Tell whether the role is granted: anywhere, in a city, or for one of its agencies."""
        return any(
            grant.role is role
            and (city is None or grant.city in ("", city))
            and (agency is None or grant.agency in ("", agency))
            for grant in self.grants
        )

    def may_allow(self, city: str, agencies: Iterable[str]) -> bool:
        """Tell whether the user may decide about an override, as a second person.

        A compliance officer may, and a dispatcher, each for the agencies that they look after.
        """
        return all(
            any(self.can(role, city, agency) for role in (Role.COMPLIANCE, Role.DISPATCHER))
            for agency in agencies
        )

    def agencies(self, role: Role, city: str) -> frozenset[str] | None:
        """Return the agencies of a city whose work the role shows; None is all of them."""
        found = {g.agency for g in self.grants if g.role is role and g.city in ("", city)}
        return None if "" in found else frozenset(found)

    def collector_in(self, city: str) -> str | None:
        """Return which of a city's collectors the user is, if any."""
        mine = (g.collector_id for g in self.grants if g.role is Role.COLLECTOR and g.city == city)
        return next(mine, None)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that are granted anywhere, in their usual order."""
        held = {grant.role for grant in self.grants}
        return tuple(role for role in Role if role in held)

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities that grants name, by name."""
        return tuple(sorted({grant.city for grant in self.grants} - {""}))
