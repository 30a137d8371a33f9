"""The visits that plans still have before them: each draft's and published plan's, from today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, select

from data import tables
from data.store.grounds import planned_points
from data.store.past import IN_FORCE
from data.store.rows import chunks
from routing.point import Point
from scheduler.model import City, Crew
from scheduler.ports import MarkKind, PlanStatus
from scheduler.suspending import Planned

plan, stop = tables.plan.c, tables.stop.c
outcome, mark = tables.outcome.c, tables.visit_mark.c

LIVE = (PlanStatus.DRAFT, PlanStatus.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Future:
    """A visit of a draft or a published plan, and whether a crew has stood at its door today."""

    plan_id: int
    on: date
    version: int
    agency: str
    is_published: bool
    visit: Planned
    is_begun: bool


def is_live(city: str, since: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the plans whose visits are still to be made."""
    return plan.city == city, plan.on >= since, plan.state.in_(LIVE)


def planned_borrowers(connection: Connection, city: str, since: date) -> set[str]:
    """Return whom a live plan visits."""
    query = (
        select(stop.borrower_id)
        .distinct()
        .join(tables.plan, plan.id == stop.plan_id)
        .where(*is_live(city, since), stop.borrower_id.is_not(None))
    )
    return set(connection.scalars(query))


def future_visits(
    connection: Connection, city: City, since: date, only: Collection[str]
) -> list[Future]:
    """Return the visits to `only` those borrowers that live plans have and nobody has made.

    A visit is made once its borrower has an outcome of that day, whichever plan sent the crew.
    They come in the order of their days, and of their plans' versions.
    """
    live = connection.scalars(select(plan.id).where(*is_live(city.name, since))).all()
    rows = _stops(connection, live, only)
    plans, points = _heads(connection, rows), planned_points(connection, list(rows), only)
    days = {head.on for head in plans}
    made, begun = _made(connection, city, days, only), _begun(connection, city.name, days, rows)
    return [
        future
        for head in plans
        for future in _visits(head, rows[head.id], begun, points)
        if (future.visit.borrower_id, head.on) not in made
    ]


def _heads(connection: Connection, ids: Collection[int]) -> list[Row[Any]]:
    """Return plans in the order of their days and versions."""
    query = select(plan.id, plan.on, plan.version, plan.agency, plan.state, plan.crews)
    its = query.where(plan.id.in_(sorted(ids))).order_by(plan.on, plan.version)
    return list(connection.execute(its))


def _stops(
    connection: Connection, plan_ids: Sequence[int], only: Collection[str]
) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for some in chunks(sorted(only)):
        query = select(tables.stop).where(stop.plan_id.in_(plan_ids), stop.borrower_id.in_(some))
        for row in connection.execute(query.order_by(stop.starts_at, stop.crew_id)):
            found[row.plan_id].append(row)
    return found


def _visits(
    head: Row[Any],
    stops: Iterable[Row[Any]],
    begun: set[tuple[str, date]],
    points: Mapping[tuple[int, str], Point],
) -> Iterator[Future]:
    """Yield a plan's visits; two crews that meet at a door make one."""
    crews = {crew.id: crew for crew in head.crews}
    doors: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in stops:
        doors[row.id].append(row)
    for rows in doors.values():
        is_begun = (rows[0].id, head.on) in begun
        is_published = head.state is PlanStatus.PUBLISHED
        yield Future(
            head.id,
            head.on,
            head.version,
            head.agency,
            is_published,
            _planned(rows, crews, points.get((head.id, rows[0].id))),
            is_begun,
        )


def _planned(rows: list[Row[Any]], crews: dict[str, Crew], point: Point | None) -> Planned:
    first = rows[0]
    return Planned(
        first.id,
        first.borrower_id,
        first.place_id,
        first.starts_at,
        max(row.ends_at for row in rows),
        tuple(crews[row.crew_id] for row in rows if row.crew_id in crews),
        point,
    )


def _made(
    connection: Connection, city: City, days: set[date], only: Collection[str]
) -> set[tuple[str, date]]:
    """Return who of `only` those borrowers has an outcome on which of the days."""
    if not days:
        return set()
    zone = ZoneInfo(city.zone)
    first = datetime.combine(min(days), datetime.min.time(), zone)
    last = datetime.combine(max(days) + timedelta(days=1), datetime.min.time(), zone)
    of_days = (outcome.city == city.name, outcome.at >= first, outcome.at < last, IN_FORCE)
    query = select(outcome.borrower_id, outcome.at).where(*of_days)
    return {
        (row.borrower_id, row.at.astimezone(zone).date())
        for some in chunks(sorted(only))
        for row in connection.execute(query.where(outcome.borrower_id.in_(some)))
    }


def _begun(
    connection: Connection, city: str, days: set[date], stops: Mapping[int, Iterable[Row[Any]]]
) -> set[tuple[str, date]]:
    """Return at which visits of `stops` a crew has arrived on which of the days."""
    visits = sorted({row.id for rows in stops.values() for row in rows})
    query = select(mark.visit_id, mark.on).where(
        mark.city == city, mark.on.in_(sorted(days)), mark.kind == MarkKind.ARRIVE
    )
    return {
        (row.visit_id, row.on)
        for some in chunks(visits)
        for row in connection.execute(query.where(mark.visit_id.in_(some)))
    }
