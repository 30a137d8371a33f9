"""What rules kept from being visited: while planning, and at the door; counted and listed.

`agencies` of each question are those whose work may be seen; None is all of them. Days are those
of the city, both ends included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, or_, select, true

from data import database, tables
from data.store.desk import Agencies, of_agencies
from data.store.field.records import lacks_recording
from data.store.past import IN_FORCE
from scheduler.check import rule_kind
from scheduler.field.records import RecordState
from scheduler.lifecycle import Code
from scheduler.model import City
from scheduler.ports import PlanStatus

plan, left_out, event = tables.plan.c, tables.left_out.c, tables.event.c
case, outcome, suspension = tables.loan_case.c, tables.outcome.c, tables.suspension.c
record = tables.field_record.c
RULE_AT_DOOR = event.after["rule"].as_string()
OF_A_RULE = rule_kind("")
"""What suspensions write before the name of a rule; left-outs and doors write the name alone."""


class Stage(StrEnum):
    """When a rule said no."""

    PLANNED = "planned"  # while the day was planned
    SUSPENDED = "suspended"  # after planning, by what became known since
    DOOR = "door"  # when a crew stood at the door


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a city that are asked about, `first` and `last` included."""

    city: City
    first: date
    last: date

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """When it begins, and when the day after it does."""
        zone = ZoneInfo(self.city.zone)
        ends = (self.first, self.last + timedelta(days=1))
        begin, end = (datetime.combine(on, time(), zone) for on in ends)
        return begin, end


@dataclass(frozen=True, slots=True)
class RefusalCount:
    """How often a rule said no, by when it did."""

    rule: str
    planned: int
    suspended: int
    door: int

    @property
    def all(self) -> int:
        return self.planned + self.suspended + self.door


@dataclass(frozen=True, slots=True)
class Refused:
    """One no: the rule, when it was said, of whom, and in words.

    `at` and `actor` only of those after planning: who stood at the door, or told what suspended it.
    `planned_on` and `version` are those of the plan that has the visit, or left it out.
    """

    rule: str
    stage: Stage
    on: date
    borrower_id: str
    case_ids: tuple[str, ...]
    text: str
    at: datetime | None = None
    actor: str = ""
    planned_on: date | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class CameOfVisit:
    """Something that came of a visit, and the plan that sent the crew, where one did."""

    at: datetime
    borrower_id: str
    crew: tuple[str, ...]
    planned_on: date | None = None
    version: int | None = None


class Refusals:
    """Reads what rules refused, for those who watch over them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def counts(self, span: Span, agencies: Agencies) -> list[RefusalCount]:
        """Count the refusals by rule, the most first; a borrower counts once a day and stage."""
        with database.reading(self.engine) as connection:
            planned = _planned_counts(connection, span, agencies)
            whys = _suspended_counts(connection, span, agencies)
            suspended = Counter(why.removeprefix(OF_A_RULE) for why in whys)
            door = Counter(_door_counts(connection, span, agencies))
        rules = {*planned, *suspended, *door}
        found = [RefusalCount(one, planned[one], suspended[one], door[one]) for one in rules]
        return sorted(found, key=lambda one: (-one.all, one.rule))

    def newest(
        self, span: Span, agencies: Agencies, rule: str = "", most: int | None = None
    ) -> list[Refused]:
        """Return the refusals of a rule, or of all, the newest first; at most `most` a stage."""
        with database.reading(self.engine) as connection:
            found = [
                *_at_doors(connection, span, agencies, rule, most),
                *_since_planning(connection, span, agencies, rule, most),
                *_while_planning(connection, span, agencies, rule, most),
            ]
        return sorted(found, key=lambda one: one.on, reverse=True)

    def complaints(self, span: Span, agencies: Agencies) -> list[CameOfVisit]:
        """Return the complaints that came of visits, the newest first."""
        query = _came_of_visits(span, agencies).where(outcome.code == Code.COMPLAINT)
        with database.reading(self.engine) as connection:
            return [CameOfVisit(*row) for row in connection.execute(query)]

    def unrecorded(self, span: Span, agencies: Agencies) -> list[CameOfVisit]:
        """Return the visits whose result tells no recording, though the rules ask, newest first."""
        query = (
            _came_of_visits(span, agencies)
            .add_columns(record.told)
            .join(tables.field_record, record.key == outcome.key)
            .where(record.state == RecordState.APPLIED, record.told.is_not(None), IN_FORCE)
        )
        with database.reading(self.engine) as connection:
            rows = connection.execute(query).all()
        return [CameOfVisit(*row) for *row, told in rows if lacks_recording(told)]


def _came_of_visits(span: Span, agencies: Agencies) -> Select[Any]:
    """Return the question for the results of some days, the newest first."""
    begin, end = span.instants
    return (
        select(outcome.at, outcome.borrower_id, outcome.crew, plan.on, plan.version)
        .join_from(tables.outcome, tables.plan, plan.id == outcome.plan_id, isouter=True)
        .where(outcome.city == span.city.name, outcome.at >= begin, outcome.at < end)
        .where(_hers(outcome.borrower_id, span.city.name, agencies))
        .order_by(outcome.at.desc(), outcome.key)
    )


def _planned_counts(connection: Connection, span: Span, agencies: Agencies) -> Counter[str]:
    query = (
        select(left_out.rule, func.count(left_out.visit_id.distinct()).label("left_out"))
        .where(*_by_rules(_shown_plans(connection, span), span, agencies))
        .group_by(left_out.rule, left_out.plan_id)
    )
    found: Counter[str] = Counter()
    for rule, count in connection.execute(query):
        found[rule] += count
    return found


def _suspended_counts(connection: Connection, span: Span, agencies: Agencies) -> Iterator[str]:
    """Yield the rule of each borrower and day once: a visit may be suspended again for it."""
    yield from _once_a_day(
        connection,
        span,
        select(suspension.why, suspension.borrower_id, suspension.since).where(
            *_suspended(span, agencies)
        ),
    )


def _once_a_day(
    connection: Connection, span: Span, query: Select[str, str, datetime]
) -> Iterator[str]:
    """Yield rules, each once for a borrower and a day of the city."""
    told: set[tuple[str, str, date]] = set()
    zone = ZoneInfo(span.city.zone)
    for rule, borrower_id, at in connection.execute(query):
        which = (rule, borrower_id, at.astimezone(zone).date())
        if which not in told:
            told.add(which)
            yield rule


def _door_counts(connection: Connection, span: Span, agencies: Agencies) -> Iterator[str]:
    """Yield the rule of each borrower and day once: a collector may press again."""
    query = select(RULE_AT_DOOR, event.subject, event.at).where(*_doors(span, agencies))
    yield from _once_a_day(connection, span, query)


def _while_planning(
    connection: Connection, span: Span, agencies: Agencies, rule: str, most: int | None
) -> Iterator[Refused]:
    ids = _shown_plans(connection, span)
    query = (
        select(left_out.rule, plan.on, left_out.visit_id, left_out.case_ids, left_out.detail)
        .add_columns(plan.version)
        .join_from(tables.left_out, tables.plan, plan.id == left_out.plan_id)
        .where(*_by_rules(ids, span, agencies), left_out.rule == rule if rule else true())
        .order_by(plan.on.desc(), plan.id, left_out.position)
        .limit(most)
    )
    for name, on, borrower_id, case_ids, text, version in connection.execute(query):
        told = (name, Stage.PLANNED, on, borrower_id, case_ids, text)
        yield Refused(*told, planned_on=on, version=version)


def _at_doors(
    connection: Connection, span: Span, agencies: Agencies, rule: str, most: int | None
) -> Iterator[Refused]:
    zone = ZoneInfo(span.city.zone)
    text = event.after["text"].as_string()
    query = (
        select(RULE_AT_DOOR, event.at, event.subject, text, event.actor)
        .where(*_doors(span, agencies), rule == RULE_AT_DOOR if rule else true())
        .order_by(event.at.desc(), event.id.desc())
        .limit(most)
    )
    for name, at, subject, told, actor in connection.execute(query):
        on = at.astimezone(zone).date()
        yield Refused(name, Stage.DOOR, on, subject, (), told or "", at, actor, planned_on=on)


def _since_planning(
    connection: Connection, span: Span, agencies: Agencies, rule: str, most: int | None
) -> Iterator[Refused]:
    zone = ZoneInfo(span.city.zone)
    query = (
        select(suspension.why, suspension.since, suspension.borrower_id)
        .add_columns(suspension.text, suspension.by_actor, plan.on, plan.version)
        .join_from(tables.suspension, tables.plan, plan.id == suspension.plan_id)
        .where(
            *_suspended(span, agencies),
            suspension.why.in_((rule, rule_kind(rule))) if rule else true(),
        )
        .order_by(suspension.since.desc(), suspension.id.desc())
        .limit(most)
    )
    for why, at, borrower_id, text, actor, *its_plan in connection.execute(query):
        on, name = at.astimezone(zone).date(), why.removeprefix(OF_A_RULE)
        yield Refused(name, Stage.SUSPENDED, on, borrower_id, (), text, at, actor, *its_plan)


def _shown_plans(connection: Connection, span: Span) -> list[int]:
    """Return of each day the plan that holds: the published one, else the newest."""
    query = (
        select(plan.id, plan.on, plan.agency, plan.state)
        .where(plan.city == span.city.name, plan.on >= span.first, plan.on <= span.last)
        .order_by(plan.version)
    )
    found: dict[tuple[date, str], tuple[int, bool]] = {}
    for row in connection.execute(query):
        key, is_published = (row.on, row.agency), row.state is PlanStatus.PUBLISHED
        if is_published or not found.get(key, (0, False))[1]:
            found[key] = (row.id, is_published)
    return [id for id, _ in found.values()]


def _by_rules(
    plans: Collection[int], span: Span, agencies: Agencies
) -> tuple[ColumnElement[bool], ...]:
    hers = _hers(left_out.visit_id, span.city.name, agencies)
    return left_out.plan_id.in_(plans), left_out.rule != "", hers


def _doors(span: Span, agencies: Agencies) -> tuple[ColumnElement[bool], ...]:
    begin, end = span.instants
    return (
        event.kind == "visit.refused",
        event.at >= begin,
        event.at < end,
        event.city == span.city.name,
        _hers(event.subject, span.city.name, agencies),
    )


def _suspended(span: Span, agencies: Agencies) -> tuple[ColumnElement[bool], ...]:
    begin, end = span.instants
    return (
        suspension.city == span.city.name,
        suspension.since >= begin,
        suspension.since < end,
        _hers(suspension.borrower_id, span.city.name, agencies),
    )


def _hers(borrower_id: ColumnElement[str], city: str, agencies: Agencies) -> ColumnElement[bool]:
    """Return the condition that a borrower, or a case of hers, is one of the agencies'."""
    if agencies is None:
        return true()
    whose = (case.city == city, of_agencies(case.agency, agencies))
    theirs = select(case.borrower_id).where(*whose)
    return or_(borrower_id.in_(theirs), borrower_id.in_(select(case.id).where(*whose)))
