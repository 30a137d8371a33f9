"""Whom the events of a transaction are about, as far as planned visits are concerned.

An event that no list names is looked up by its subject: a borrower, a contract or a place. Where
it is none of these, every planned visit of the city is judged anew: too often does no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from data import tables
from data.store.rows import chunks
from scheduler.ports import Event

case, place, borrower = tables.loan_case.c, tables.place.c, tables.borrower.c
stop, plan = tables.stop.c, tables.plan.c

OF_CASE = frozenset(
    {
        *("case.added", "case.changed", "case.reopened", "case.closed", "case.appointed"),
        *("case.paid", "case.unpaid", "case.overdue", "case.balance", "payment.added"),
        *("case.stood_in", "case.stand_in_ended"),
    }
)
OF_PLACE = frozenset({"place.located", "place.unplaced", "place.valid", "place.invalid"})
OF_BORROWER = frozenset(
    {
        *("outcome.recorded", "visit.arrived", "visit.left", "visit.arrival_taken_back"),
        *("directive.added", "directive.ended", "directive.resumed"),
    }
)
OF_PLAN = frozenset({"plan.added", "plan.published", "plan.superseded", "plan.withdrawn"})
EDITED = "plan.edited"
OF_CITY = frozenset(
    {
        "city.changed",
        "policy.put",
        "policy.approved",
        "collector.added",
        "collector.changed",
        "shift.added",
        "shift.changed",
        "shift.withdrawn",
    }
)
"""Those who work decide for all whom they visit."""

NO_MATTER = frozenset(
    {
        # who may come in, and what programs and machines do
        *("user.added", "user.granted", "user.disabled", "user.enabled", "user.reset"),
        *("user.chose", "user.logged_in", "user.logged_out", "user.signed_in_first"),
        *("user.changed_password", "login.delayed", "token.added", "token.revoked"),
        # who has read doubtful values decides who may plan by them, not what they say
        "profile.signed",
        *("certificate.made", "authority.made", "backup.made", "backup.restored"),
        *("job.added", "job.cancelled"),
        # what was looked at, handed out or asked in vain
        *("borrower.shown", "plan.exported", "visit.refused", "override.asked", "crew.called"),
        # what has events of its own for each case or place that it changes
        *("file.imported", "import.taken_back", "columns.told"),
        *("gazetteer.imported", "gazetteer.pinned", "gazetteer.removed"),
        *("address.decided", "address.undone", "door.dismissed", "city.geocoders"),
        *("city.navigators", "door.navigated", "city.products"),
        # a length of visits that changes with them has an event of its own
        *("times.used", "times.taken_back"),
        # a city that has no plans yet; an agency's name
        *("city.added", "agency.added"),
        # a plan keeps the crews that it was made for
        *("crews.formed", "pair.added", "pair.ended", "day.begun", "plan.accepted"),
        # what phones tell that changes no fact of a visit
        *("device.added", "device.ended", "day.ended", "break.begun", "break.ended"),
        "visit.phoned_in",  # its result has an event of its own
        *("link.made", "link.opened", "link.refused", "link.taken_back"),
        *("crew.late", "crew.problem", "crew.panic", "visit.confirmed", "visit.attached"),
        *("attachment.shown", "attachment.deleted", "attachment.expired"),
        *("visit.code_wrong", "visit.far"),
        *("alarm.seen", "alarm.closed", "record.decided"),
        # what came of judging itself
        *("visit.suspended", "visit.flagged", "visit.resumed"),
    }
)
"""Kinds of events after which no planned visit can be judged otherwise than before."""

NAMES = ("borrower_id", "case_id", "place_id")
"""Where an event may name whom it is about, besides its subject."""


@dataclass
class Touched:
    """Whom events are about: by borrower the newest of them, or `everybody` by one of the city."""

    everybody: Event | None = None
    borrowers: dict[str, Event] = field(default_factory=dict)

    def event_of(self, borrower_id: str) -> Event | None:
        """Return the event that brings a borrower's visits to be judged."""
        return self.borrowers.get(borrower_id, self.everybody)


def touched(
    connection: Connection, city: str, events: Iterable[Event], planned: Set[str]
) -> Touched:
    """Return which of the `planned` borrowers the events of a city are about."""
    found = Touched()
    events = [event for event in events if event.city == city and event.kind not in NO_MATTER]
    whose = _Subjects(connection, city, planned, events)
    for event in events:
        who = whose.of(event)
        if who is None:
            found.everybody = event
        else:
            found.borrowers.update(dict.fromkeys(who, event))
    return found


@dataclass
class _Subjects:
    """Finds the planned borrowers that events are about; asks the book once for each question."""

    connection: Connection
    city: str
    planned: Set[str]
    events: Collection[Event]

    def of(self, event: Event) -> Collection[str] | None:
        """Return the borrowers of an event; None is everybody."""
        if event.kind in OF_CITY:
            return None
        if event.kind in OF_PLAN:
            return self._of_plan(event.subject)
        if event.kind in OF_CASE:
            return self._named(self.cases, [event.subject])
        if event.kind == EDITED:
            return self._of_edit(event)
        if event.kind in OF_PLACE:
            return self._named(self.places, [event.subject])
        if event.kind in OF_BORROWER:
            return {event.subject} & self.planned
        return self._looked_up(event)

    def _looked_up(self, event: Event) -> Collection[str] | None:
        names = _named_in(event)
        if names.isdisjoint(self.in_book):
            return None
        hers = names & self.planned
        return {*hers, *self._named(self.cases, names), *self._named(self.places, names)}

    @cached_property
    def in_book(self) -> set[str]:
        """Which names of events that are looked up are a borrower's, a contract's or a place's."""
        listed = OF_CITY | OF_PLAN | OF_CASE | OF_PLACE | OF_BORROWER
        told = (_named_in(event) for event in self.events if event.kind not in listed)
        names = sorted(set().union(*told))
        return {
            id
            for table in (tables.borrower, tables.loan_case, tables.place)
            for some in chunks(names)
            for id in self.connection.scalars(
                select(table.c.id).where(table.c.city == self.city, table.c.id.in_(some))
            )
        }

    def _of_plan(self, subject: str) -> Collection[str]:
        """Return whom a plan visits: '<city> <day> v<version>' is its subject."""
        _, on, version = subject.rsplit(" ", 2)
        query = (
            select(stop.borrower_id, plan.on)
            .join(tables.plan, plan.id == stop.plan_id)
            .where(plan.city == self.city, plan.version == int(version.removeprefix("v")))
            .where(stop.borrower_id.is_not(None))
        )
        return {row.borrower_id for row in self.connection.execute(query) if str(row.on) == on}

    def _of_edit(self, event: Event) -> Collection[str]:
        """Return whom the changed days of a draft visit."""
        return self.planned & set((event.after or {}).get("aims", ()))

    @staticmethod
    def _named(of: Mapping[str, str], names: Iterable[str]) -> set[str]:
        return {of[name] for name in names if name in of}

    @cached_property
    def cases(self) -> Mapping[str, str]:
        """The planned borrowers by their contracts, closed ones too."""
        return self._owners(tables.loan_case)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The planned borrowers by their places, closed ones too."""
        return self._owners(tables.place)

    def _owners(self, table: Any) -> dict[str, str]:
        """Return whose the things of a table are; of few events only the things that they name."""
        column, names = table.c, set().union(*map(_named_in, self.events))
        few = len(names) < len(self.planned)
        by, ids = (column.id, names) if few else (column.borrower_id, self.planned)
        return {
            row.id: row.borrower_id
            for some in chunks(sorted(ids))
            for row in self.connection.execute(
                select(column.id, column.borrower_id).where(column.city == self.city, by.in_(some))
            )
            if row.borrower_id in self.planned
        }


def _named_in(event: Event) -> set[str]:
    return {event.subject, *_names(event.before), *_names(event.after)}


def _names(told: Mapping[str, Any] | None) -> set[str]:
    found = ((told or {}).get(name) for name in NAMES)
    return {name for name in found if isinstance(name, str)}
