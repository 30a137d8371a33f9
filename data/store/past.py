"""Visits of other days: made, promised by a published plan, or told of by the lender."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import Connection, select, true

from data import tables
from data.store.asked_by_id import unindexed
from data.store.rows import Only, among
from data.store.suspended import is_suspended
from scheduler.model import Case, PastVisit
from scheduler.ports import PlanStatus

outcome, place = tables.outcome.c, tables.place.c
plan, stop = tables.plan.c, tables.stop.c

IN_FORCE = outcome.corrected_by.is_(None)
"""An outcome that was corrected stays in the book, and speaks for nothing any more."""

LOOK_BACK = timedelta(days=366)
"""How far back visits are told of; no rule looks further."""


PLANNED_FOR = (
    select(stop.case_ids)
    .where(stop.plan_id == outcome.plan_id, stop.borrower_id == outcome.borrower_id)
    .limit(1)
    .scalar_subquery()
    .label("planned_for")
)
"""For which cases the plan had sent the crew that told an outcome."""


def past_visits(
    connection: Connection,
    city: str,
    on: date,
    zone: tzinfo,
    cases: Sequence[Case],
    only: Only = None,
) -> list[PastVisit]:
    """Return the visits of every day but `on`, each once: outcomes speak before promises.

    `cases` are the open ones of `only` those borrowers.
    """

    def day(at: datetime) -> date:
        return at.astimezone(zone).date()

    visits: list[PastVisit] = []
    told: set[tuple[str, date]] = set()
    for visit, was_made in outcomes(connection, city, on, only):
        told.add((visit.borrower_id, day(visit.at)))
        if was_made:
            visits.append(visit)
    lenders = [PastVisit(c.borrower_id, c.visited_at) for c in cases if c.visited_at is not None]
    for visit in (*promises(connection, city, on, only), *lenders):
        if (visit.borrower_id, day(visit.at)) not in told:
            told.add((visit.borrower_id, day(visit.at)))
            visits.append(visit)
    return [visit for visit in visits if day(visit.at) != on]


def outcomes(
    connection: Connection, city: str, on: date, only: Only
) -> list[tuple[PastVisit, bool]]:
    """Return the visits with an outcome, and whether each was made."""
    at = unindexed(outcome.at, only)
    query = (
        select(tables.outcome, place.kind, PLANNED_FOR)
        .join(tables.place, (place.city == outcome.city) & (place.id == outcome.place_id))
        .where(outcome.city == city, at >= earliest(on), IN_FORCE)
        .where(among(outcome.borrower_id, only))
        .order_by(at, outcome.key)
    )
    return [
        (
            PastVisit(row.borrower_id, row.at, row.was_met, row.crew, row.kind, _was_for(row)),
            row.was_made,
        )
        for row in connection.execute(query)
    ]


def _was_for(row: Any) -> tuple[str, ...]:
    """Return the cases that a visit was planned for, and the one that its result is about.

    None where no plan tells: what is not known counts for each of her cases.
    """
    if not row.planned_for:
        return ()
    told = {row.case_id} if row.case_id else set()
    return tuple(sorted(told.union(row.planned_for)))


def promises(connection: Connection, city: str, on: date, only: Only) -> list[PastVisit]:
    """Return the visits that published plans of other days hold, but for suspended ones."""
    hers = among(stop.borrower_id, only)
    with_her = true() if only is None else plan.id.in_(select(stop.plan_id).where(hers))
    published = (
        plan.city == city,
        plan.state == PlanStatus.PUBLISHED,
        plan.on != on,
        plan.on >= on - LOOK_BACK,
        with_her,
    )
    crew_of = {
        (row.id, crew.id): crew.members
        for row in connection.execute(select(plan.id, plan.crews).where(*published))
        for crew in row.crews
    }
    stops = (
        select(
            *(stop.plan_id, stop.crew_id, stop.borrower_id, stop.starts_at, stop.case_ids),
            place.kind,
        )
        .join(tables.plan, plan.id == stop.plan_id)
        .join(tables.place, (place.city == plan.city) & (place.id == stop.place_id), isouter=True)
        .where(*published, stop.borrower_id.is_not(None), hers)
        .where(~is_suspended(stop.plan_id, stop.id))
        .order_by(stop.starts_at, stop.plan_id, stop.crew_id, stop.position)
    )
    return [
        PastVisit(
            row.borrower_id,
            row.starts_at,
            None,
            crew_of.get((row.plan_id, row.crew_id), ()),
            row.kind,
            row.case_ids or (),
        )
        for row in connection.execute(stops)
    ]


def earliest(on: date) -> datetime:
    """Return the first instant that is told of."""
    return datetime.combine(on - LOOK_BACK, time(), UTC)
