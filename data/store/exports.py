"""What an export asks of the book: a day as it is published, and as it was published before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, Engine

from data import database, tables
from data.store.cities import get_city
from data.store.desk import Agencies, Desk, PlanFacts
from data.store.plan_rows import read_plans
from data.store.plans import get_plan
from data.store.rows import from_row, rows_of
from data.store.sight import sees
from data.store.suspended import turns_of
from scheduler.errors import ConflictError
from scheduler.model import Case, City
from scheduler.ports import PlanRecord, PlanStatus

plan = tables.plan.c


FORMER = (PlanStatus.SUPERSEDED, PlanStatus.WITHDRAWN)
"""What was published once: of their visits that are not made any more calendars are told."""


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """The published plan of a day, and the plans that it superseded, the oldest first.

    `facts` and `cases`, the open contracts by id, are those of the published plan, as are `turns`:
    how often each of its visits was suspended or resumed.
    """

    city: City
    record: PlanRecord
    superseded: tuple[PlanRecord, ...]
    facts: PlanFacts
    cases: dict[str, Case]
    turns: Mapping[str, int] = field(default_factory=dict)


def published_day(engine: Engine, city: str, on: date, agencies: Agencies) -> PublishedDay:
    """Return a published day, as far as the work of `agencies` may be seen.

    Raises
    ------
    NotFoundError
        Where the day has no plan at all; ConflictError where it has none that is published.
    """
    with database.reading(engine) as connection:
        settings = get_city(connection, city)
        of_day = (plan.city == city, plan.on == on, plan.published_at.is_not(None))
        records = read_plans(connection, *of_day)
        current = [one for one in records if one.state is PlanStatus.PUBLISHED]
        if not current:
            raise unpublished(connection, city, on)
        cases = dict(open_cases(connection, current[-1], agencies))
        turns = turns_of(connection, current[-1].id)
    superseded = tuple(one for one in records if one.state in FORMER)
    facts = Desk(engine).facts(current[-1], agencies)
    return PublishedDay(settings, current[-1], superseded, facts, cases, turns)


def while_entrusted(published: PublishedDay, on: date, agency: str | None) -> PublishedDay:
    """Return a published day without borrowers of whom an agency may work no case on a day."""
    cases = {
        id: one
        for id, one in published.cases.items()
        if one.agency == agency and one.is_entrusted(on)
    }
    there, left = (
        {one.borrower_id for one in those.values()} for those in (published.cases, cases)
    )
    over, facts = there - left, published.facts
    seen = replace(
        facts,
        borrowers={id: one for id, one in facts.borrowers.items() if id not in over},
        places={id: one for id, one in facts.places.items() if one.borrower_id not in over},
    )
    return replace(published, facts=seen, cases=cases)


def unpublished(connection: Connection, city: str, on: date) -> ConflictError:
    """Say that a day's newest plan is a draft; get_plan says it where there is none."""
    draft = get_plan(connection, city, on, None)
    return ConflictError(
        f"version {draft.version} of {city} on {on} is a draft, and only a published day is "
        "exported: publish it first"
    )


def open_cases(
    connection: Connection, record: PlanRecord, agencies: Agencies
) -> Iterator[tuple[str, Case]]:
    """Yield the open contracts that a plan visits, by id."""
    new = record.content
    ids = sorted({id for target in new.targets.values() for id in target.case_ids})
    for row in rows_of(connection, tables.loan_case, new.city, ids):
        if row["closed_at"] is None and sees(agencies, row):
            yield row["id"], from_row(Case, row)
