"""The book as it is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from routing.gazetteer.own_place import OwnPlace
from scheduler.contacts import Contact
from scheduler.day import Day
from scheduler.editing.log import KeptEdit
from scheduler.forecast.deciding import TimesDecision
from scheduler.model import (
    City,
    Collector,
    Place,
)
from scheduler.overriding import AskedOverride
from scheduler.policy import Policy
from scheduler.ports.book import AddressOverride, CaseRecord, OwnRecord
from scheduler.ports.changes import BookChange, By, Event
from scheduler.ports.life import Told
from scheduler.ports.plans import PlanRecord
from scheduler.ports.rules import PolicyVersion
from scheduler.ports.writer import Writer
from scheduler.restraints import Consent, Pause, Wish
from scheduler.signing import Signature
from scheduler.standing_in import Gift, StandIn


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day of one borrower, and whom a visit to her would be put beside.

    `version` is that of its newest draft or published plan, with its `revision`; None where it has
    none, and then `agreed` names who has an appointment on it.
    """

    day: Day
    version: int | None = None
    agreed: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """Days ahead of a borrower, read at one moment: `newest` is the city's last event by then.

    `facts` is the last that may have changed the facts of a day; what is done to plans is none.
    """

    newest: int
    days: tuple[DayAhead, ...]
    facts: int = 0


class Store(Protocol):
    """The book on disk. Each reading method is one transaction of its own."""

    def writing(self, by: By) -> AbstractContextManager[Writer]:
        """Begin a writing transaction; it commits at the end, or nothing of it happened."""
        ...

    def cities(self) -> list[City]: ...

    def city(self, name: str) -> City:
        """Return a city; NotFoundError names those that there are."""
        ...

    def open_day(self, city: str, on: date) -> Day:
        """Return the snapshot that a day is planned by: all open cases of the city."""
        ...

    def days_ahead(self, city: str, borrower_id: str, first: date, count: int) -> Ahead:
        """Return `count` days from `first` on with what is known of one borrower."""
        ...

    def day_of(self, city: str, on: date, borrower_ids: Collection[str]) -> Day:
        """Return what `open_day` does, of some borrowers alone."""
        ...

    def collectors(self, city: str) -> list[Collector]: ...

    def recent_crews(self, city: str, before: date) -> list[tuple[date, tuple[str, ...]]]:
        """Return who went together on the days before, a month back, the newest first."""
        ...

    def compare_cases(
        self, city: str, records: Sequence[CaseRecord], *, known: frozenset[str]
    ) -> BookChange:
        """Return what `put_cases` would change, `gone` included, changing nothing."""
        ...

    def borrowers_by_case(self, city: str) -> Mapping[str, str]:
        """Return whose each case of the city is, the closed ones too."""
        ...

    def contacts(self, city: str, borrower_id: str, limit: int = 100) -> list[Contact]:
        """Return a borrower's contacts, the newest first."""
        ...

    def unplaced(self, city: str) -> list[Place]:
        """Return the valid places of open cases that have no position yet."""
        ...

    def overrides(self, city: str) -> Mapping[str, AddressOverride]:
        """Return the decisions in force, by the key of their address."""
        ...

    def unconfirmed(self, city: str) -> list[Place]:
        """Return the valid places of open cases that no person, nor a file, has placed."""
        ...

    def own_places(self, city: str) -> list[OwnRecord]:
        """Return the rows of the lender's own gazetteer that are in force, the oldest first."""
        ...

    def compare_own_places(self, city: str, places: Sequence[OwnPlace], source: str) -> BookChange:
        """Return what `put_own_places` would change, changing nothing."""
        ...

    def signatures(self, city: str) -> Sequence[Signature]:
        """Return what was signed for a city, the oldest first."""
        ...

    def asked_override(self, city: str, id: int) -> AskedOverride:
        """Return an override; NotFoundError where the city has none of that number."""
        ...

    def plan(self, city: str, on: date, version: int | None = None) -> PlanRecord:
        """Return a version of the day's plan, the newest by default; NotFoundError if none."""
        ...

    def restraints(
        self, city: str, borrower_id: str | None = None
    ) -> tuple[list[Pause], list[Wish], list[Consent]]:
        """Return what nobody has ended, the oldest first: all borrowers', or one's."""
        ...

    def stand_ins(self, city: str, on: date) -> list[StandIn]:
        """Return who stands in for owners on a day, the oldest first."""
        ...

    def gifts(self, city: str, collector_id: str) -> list[Gift]:
        """Return what was given of a collector's cases and can be given back, newest first."""
        ...

    def plans(self, city: str, on: date) -> list[PlanRecord]: ...

    def times_decisions(self, city: str) -> Sequence[TimesDecision]:
        """Return who let plans keep learned times, the oldest first."""
        ...

    def told(self, city: str, on: date) -> Told:
        """Return what the crews of a day have told of it."""
        ...

    def plan_edits(self, plan_id: int, after: int = 0) -> list[KeptEdit]:
        """Return the log of a plan after a revision, the oldest edit first."""
        ...

    def policy_in_force(self, city: str, on: date) -> Policy:
        """Return the policy that holds on a day: the house's default where none was approved."""
        ...

    def policy_versions(self, city: str) -> list[PolicyVersion]:
        """Return all versions of a city's policy, the oldest first."""
        ...

    def events(self, *, subject: str | None = None, limit: int = 100) -> list[Event]:
        """Return the newest events first."""
        ...
