"""A borrower's page and the lists that lead to it; what may be seen goes by agency.

`agencies` of each question are those whose work may be seen; None is all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    String,
    exists,
    false,
    or_,
    select,
    type_coerce,
)

from data import database, tables
from data.store.desk import Agencies, of_agencies
from data.store.dossiers import dossiers
from data.store.past import IN_FORCE
from data.store.places import is_open
from data.store.releasing import ToldStop, told_stops
from data.store.rows import Row, chunks, from_row, rows_of
from data.store.suspended_visits import SuspendedVisit, suspended_visits
from scheduler.agreements import Assessment
from scheduler.dossier import NOTHING_KNOWN, Dossier
from scheduler.model import Borrower, Case, Place, StopFlag
from scheduler.ports import Event, Outcome
from scheduler.promises import Promise, PromiseStatus

case, borrower, place = tables.loan_case.c, tables.borrower.c, tables.place.c
promise, event, outcome = tables.promise.c, tables.event.c, tables.outcome.c
agreement, plan = tables.agreement.c, tables.plan.c

BUCKETS = tuple(f"M{n}" for n in range(8))
MOST_EVENTS = 2000


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases are asked for; what is '' does not matter. `text` is the start of an id."""

    text: str = ""
    bucket: str = ""
    stop: StopFlag | None = None
    is_stopped: bool = False
    promise: PromiseStatus | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list, whose it is, and her newest promise on it."""

    case: Case
    borrower: Borrower
    promise: Promise | None

    @property
    def stops(self) -> list[StopFlag]:
        return sorted(self.case.stops | self.borrower.stops)


@dataclass(frozen=True, slots=True)
class PlanOf:
    """Which plan has a visit: that of a day, by its version."""

    on: date
    version: int


@dataclass(frozen=True, slots=True)
class Document:
    """Where a document is kept, what it is, and its SHA-256, '' where nobody told."""

    kind: str
    on: date
    reference: str
    sha256: str
    case_id: str


@dataclass(frozen=True)
class Story:
    """All that somebody may see of a borrower. `outcomes` are those in force, the newest first."""

    borrower: Borrower
    cases: tuple[Case, ...]
    closed: frozenset[str]
    places: tuple[Place, ...]
    dossier: Dossier
    outcomes: tuple[Outcome, ...]
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    suspended: tuple[SuspendedVisit, ...] = ()
    told_stops: tuple[ToldStop, ...] = ()

    @property
    def assessed(self) -> list[tuple[datetime, Assessment]]:
        """What was seen on the spot at each visit that tells of it, the newest first."""
        told = ((one.at, one.details.assessment) for one in self.outcomes if one.details)
        return [(at, seen) for at, seen in told if seen]

    @property
    def overdue(self) -> Decimal:
        """What is overdue on her open cases."""
        hers = (one.overdue for one in self.cases if one.id not in self.closed)
        return sum(hers, Decimal(0))


class Stories:
    """Reads a book for those who follow cases."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def cases(
        self, city: str, asked: Filter, agencies: Agencies, *, limit: int, skip: int = 0
    ) -> list[CaseLine]:
        """Return open cases, those longest overdue first."""
        query = (
            select(tables.loan_case)
            .join(tables.borrower, (borrower.city == case.city) & (borrower.id == case.borrower_id))
            .where(*is_open(city), of_agencies(case.agency, agencies), *_asked(asked))
            .order_by(case.days_past_due.desc(), case.id)
        )
        with database.reading(self.engine) as connection:
            rows = connection.execute(query.limit(limit).offset(skip)).mappings().all()
            found = [from_row(Case, row) for row in rows]
            who = rows_of(connection, tables.borrower, city, [one.borrower_id for one in found])
            people = {row["id"]: from_row(Borrower, row) for row in who}
            newest = _newest_promises(connection, city, [one.id for one in found])
        return [CaseLine(one, people[one.borrower_id], newest.get(one.id)) for one in found]

    def story(self, city: str, id: str, on: date, agencies: Agencies) -> Story | None:
        """Return the story of a borrower by her id or a contract's, None where none may be seen."""
        with database.reading(self.engine) as connection:
            rows = _her_cases(connection, city, id, agencies)
            if not rows:
                return None
            who = rows[0]["borrower_id"]
            cases = tuple(from_row(Case, row) for row in rows)
            mine = frozenset(one.id for one in cases)
            places = _places(connection, city, who)
            told = dossiers(connection, city, on, who).get(who, NOTHING_KNOWN)
            seen = told if agencies is None else only_of(told, mine)
            subjects = [who, *mine, *(one.id for one in places)]
            return Story(
                borrower=from_row(Borrower, rows_of(connection, tables.borrower, city, [who])[0]),
                cases=cases,
                closed=frozenset(row["id"] for row in rows if row["closed_at"] is not None),
                places=places,
                dossier=seen,
                outcomes=_outcomes(connection, city, who, agencies),
                documents=(*_agreed(connection, city, mine), *_recorded(seen)),
                events=_events(connection, city, subjects, agencies),
                told_stops=tuple(
                    (case_id, flag)
                    for case_id, flag in told_stops(connection, city, who)
                    if not case_id or case_id in mine
                ),
                suspended=tuple(
                    one
                    for one in suspended_visits(connection, city, who, on)
                    if agencies is None or mine.intersection(one.case_ids)
                ),
            )

    def plans(self, city: str, ids: Sequence[int]) -> dict[int, PlanOf]:
        """Return the days and versions of plans by their ids."""
        query = select(plan.id, plan.on, plan.version).where(plan.city == city, plan.id.in_(ids))
        with database.reading(self.engine) as connection:
            return {row.id: PlanOf(row.on, row.version) for row in connection.execute(query)}

    def promises(
        self, city: str, first: date, last: date, on: date, agencies: Agencies
    ) -> list[Promise]:
        """Return the promises due from `first` to `last` as they stand on `on`, by their days."""
        due = (promise.city == city, promise.due >= first, promise.due <= last)
        is_mine = of_agencies(promise.agency, agencies)
        with database.reading(self.engine) as connection:
            told = dossiers(connection, city, on)
            mine = set(connection.scalars(select(promise.id).where(*due, is_mine)))
        found = [one for dossier in told.values() for one in dossier.promises if one.id in mine]
        return sorted(found, key=lambda one: (one.due, one.id))


def only_of(told: Dossier, case_ids: frozenset[str]) -> Dossier:
    """Return what of a dossier is about some contracts: another agency's is not to be seen."""
    return Dossier(
        contacts=tuple(one for one in told.contacts if one.case_id in case_ids),
        payments=tuple(one for one in told.payments if one.case_id in case_ids),
        promises=tuple(one for one in told.promises if one.case_id in case_ids),
        follow_ups=tuple(one for one in told.follow_ups if one.case_id in case_ids),
        told_paid=tuple(one for one in told.told_paid if one.case_id in case_ids),
        pauses=told.pauses,
        wishes=told.wishes,
        directives=told.directives,
    )


def _asked(asked: Filter) -> Iterable[ColumnElement[bool]]:
    if asked.text:
        start = asked.text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        yield or_(case.id.like(start, escape="\\"), case.borrower_id.like(start, escape="\\"))
    if asked.bucket:
        number = BUCKETS.index(asked.bucket)
        yield case.days_past_due > (number - 1) * 30 if number else case.days_past_due <= 0
        yield case.days_past_due <= number * 30 if number < len(BUCKETS) - 1 else ~false()
    if asked.stop:
        yield or_(*(_text(stops).like(f'%"{asked.stop}"%') for stops in _STOPS))
    if asked.is_stopped:
        yield or_(*(_text(stops) != "[]" for stops in _STOPS))
    if asked.promise:
        hers = (promise.city == case.city, promise.case_id == case.id)
        yield exists().where(*hers, promise.status == asked.promise)


_STOPS = (case.stops, borrower.stops)


def _text(column: ColumnElement[frozenset[StopFlag]]) -> ColumnElement[str]:
    """Return a column of flags as the text that it is on disk."""
    return type_coerce(column, String)


def _newest_promises(
    connection: Connection, city: str, case_ids: Sequence[str]
) -> dict[str, Promise]:
    holds = (promise.city == city, promise.status != PromiseStatus.WITHDRAWN)
    query = select(tables.promise).where(*holds).order_by(promise.given_at, promise.id)
    return {
        row["case_id"]: from_row(Promise, row)
        for some in chunks(case_ids)
        for row in connection.execute(query.where(promise.case_id.in_(some))).mappings()
    }


def _her_cases(connection: Connection, city: str, id: str, agencies: Agencies) -> Sequence[Row]:
    seen = (case.city == city, of_agencies(case.agency, agencies))
    named = select(case.borrower_id).where(*seen, case.id == id)
    hers = or_(case.borrower_id == id, case.borrower_id.in_(named))
    query = select(tables.loan_case).where(*seen)
    ranked = query.where(hers).order_by(case.closed_at.is_not(None), case.id)
    rows = connection.execute(ranked).mappings().all()
    first = next((row["borrower_id"] for row in rows if row["borrower_id"] == id), None)
    who = first or next((row["borrower_id"] for row in rows), None)
    return [row for row in rows if row["borrower_id"] == who]


def _places(connection: Connection, city: str, who: str) -> tuple[Place, ...]:
    hers = (place.city == city, place.borrower_id == who, place.closed_at.is_(None))
    query = select(tables.place).where(*hers).order_by(place.id)
    return tuple(from_row(Place, row) for row in connection.execute(query).mappings())


def _outcomes(
    connection: Connection, city: str, who: str, agencies: Agencies
) -> tuple[Outcome, ...]:
    query = (
        select(tables.outcome)
        .join(tables.place, (place.city == outcome.city) & (place.id == outcome.place_id))
        .where(outcome.city == city, outcome.borrower_id == who, IN_FORCE)
        .where(of_agencies(place.agency, agencies))
        .order_by(outcome.at.desc(), outcome.key)
    )
    return tuple(from_row(Outcome, row) for row in connection.execute(query).mappings())


def _agreed(connection: Connection, city: str, mine: frozenset[str]) -> list[Document]:
    kept = (agreement.city == city, agreement.case_id.in_(mine), agreement.withdrawn_at.is_(None))
    rows = connection.execute(select(tables.agreement).where(*kept).order_by(agreement.id))
    found = [
        Document(kind, row.signed_on, reference, digest, row.case_id)
        for row in rows
        for kind, reference, digest in (
            ("signature", row.signature_reference, row.signature_sha256),
            ("photo", row.photo_reference, row.photo_sha256),
        )
    ]
    return [one for one in found if one.reference]


def _recorded(told: Dossier) -> list[Document]:
    calls = [
        Document("recording", one.at.date(), one.recording, "", one.case_id)
        for one in told.contacts
        if one.recording
    ]
    consents = [
        Document("consent", one.given_on, one.evidence, "", "")
        for one in told.consents
        if one.evidence
    ]
    return [*calls, *consents]


def _events(
    connection: Connection, city: str, subjects: Sequence[str], agencies: Agencies
) -> tuple[Event, ...]:
    of_hers = (event.city == city, event.subject.in_(subjects), of_agencies(event.agency, agencies))
    query = select(tables.event).where(*of_hers).order_by(event.id.desc()).limit(MOST_EVENTS)
    return tuple(from_row(Event, row) for row in connection.execute(query).mappings())
