"""Crews' published days, and what their phones told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from data import tables
from data.store.desk import Agencies
from data.store.figure_traits import TraitsOf
from scheduler.figures import Span, Trip
from scheduler.model import Crew
from scheduler.plan import StopKind
from scheduler.ports import MarkKind, PlanStatus

plan, stop, itinerary = tables.plan.c, tables.stop.c, tables.itinerary.c
mark, collector = tables.visit_mark.c, tables.collector.c

Told = Mapping[tuple[date, str], tuple[datetime | None, datetime | None]]
"""When a crew arrived at a borrower's and left, by the day and her id."""

Stops = Mapping[tuple[int, str], list[Row[Any]]]


def told_by_phones(connection: Connection, city: str, span: Span) -> Told:
    """Return the arrivals and leavings that phones told of, by day and borrower."""
    of_span = (mark.city == city, mark.on >= span.first, mark.on <= span.last)
    instant = {
        kind: func.min(mark.at).filter(mark.kind == kind)
        for kind in (MarkKind.ARRIVE, MarkKind.LEAVE)
    }
    marks = (
        select(mark.on, mark.plan_id, mark.visit_id, *instant.values())
        .where(*of_span, mark.visit_id != "")
        .group_by(mark.on, mark.plan_id, mark.visit_id)
    )
    plans = select(mark.plan_id).where(*of_span).distinct()
    whose = select(stop.plan_id, stop.id, stop.borrower_id).where(
        stop.plan_id.in_(plans), stop.kind == StopKind.VISIT
    )
    borrower_of = {(row.plan_id, row.id): row.borrower_id for row in connection.execute(whose)}
    found: dict[tuple[date, str], tuple[datetime | None, datetime | None]] = {}
    for on, plan_id, visit_id, arrived, left in connection.execute(marks):
        key = (on, borrower_of.get((plan_id, visit_id), ""))
        before = found.get(key, (None, None))
        found[key] = (before[0] or arrived, before[1] or left)
    return found


def read_trips(
    connection: Connection,
    city: str,
    span: Span,
    traits: TraitsOf,
    agencies: Agencies,
) -> list[Trip]:
    """Return the crews' days of the span as they are published."""
    published = and_(
        plan.city == city,
        plan.state == PlanStatus.PUBLISHED,
        plan.on >= span.first,
        plan.on <= span.last,
    )
    stops = _stops(connection, select(plan.id).where(published))
    begun, left = _begun_and_left(connection, city, span)
    hers = members_of(connection, city, agencies)
    query = (
        select(plan.id, plan.on, plan.crews, itinerary.crew_id)
        .add_columns(itinerary.starts_at, itinerary.ends_at)
        .join(tables.itinerary, itinerary.plan_id == plan.id)
        .where(published)
        .order_by(plan.on, plan.id, itinerary.position)
    )
    trips = []
    for row in connection.execute(query):
        crew = next((one for one in row.crews if one.id == row.crew_id), None)
        if crew is None or not (hers is None or hers.issuperset(crew.members)):
            continue
        its = stops.get((row.id, row.crew_id), [])
        key = (row.on, crew.members)
        trips.append(_trip(row, crew, its, traits, begun.get(key), left.get(key)))
    return trips


def _trip(
    row: Row[Any],
    crew: Crew,
    stops: list[Row[Any]],
    traits: TraitsOf,
    begun: datetime | None,
    left: datetime | None,
) -> Trip:
    """Return a crew's day: the way home takes as long as planned, however late it is begun."""
    visits = [one for one in stops if one.kind is StopKind.VISIT]
    start, end = begun or row.starts_at, row.ends_at
    if left is not None and visits:
        end += left - visits[-1].ends_at
    out = max(timedelta(0), end - start - unpaid(crew, stops))
    overtime = max(timedelta(0), end - crew.window.end)
    planned = tuple(traits.of_visit(v.borrower_id, v.place_id, crew.members) for v in visits)
    return Trip(row.on, tuple(sorted(crew.members)), out, overtime, planned)


def unpaid(crew: Crew, stops: list[Row[Any]]) -> timedelta:
    """Return how long the breaks among the stops last that are no working time."""
    paid = {f"break {number}" for number, rest in enumerate(crew.breaks, 1) if rest.is_paid}
    rests = (one for one in stops if one.kind is StopKind.BREAK and one.id not in paid)
    return sum((rest.ends_at - rest.starts_at for rest in rests), timedelta(0))


def _stops(connection: Connection, plans: Select[tuple[int]]) -> Stops:
    """Return the stops of plans by plan and crew, in their order."""
    query = (
        select(stop.plan_id, stop.crew_id, stop.kind, stop.id, stop.borrower_id, stop.place_id)
        .add_columns(stop.starts_at, stop.ends_at)
        .where(stop.plan_id.in_(plans))
        .order_by(stop.plan_id, stop.crew_id, stop.position)
    )
    found: dict[tuple[int, str], list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.plan_id, row.crew_id].append(row)
    return found


Instants = dict[tuple[date, tuple[str, ...]], datetime]


def _begun_and_left(connection: Connection, city: str, span: Span) -> tuple[Instants, Instants]:
    """Return when each crew began its day, and when it left the last door."""
    begun: Instants = {}
    left: Instants = {}
    query = (
        select(mark.on, mark.crew, mark.kind, func.min(mark.at), func.max(mark.at))
        .where(mark.city == city, mark.on >= span.first, mark.on <= span.last)
        .where(or_(mark.kind == MarkKind.BEGIN, mark.kind == MarkKind.LEAVE))
        .group_by(mark.on, mark.crew, mark.kind)
    )
    for on, crew, kind, first, last in connection.execute(query):
        if kind is MarkKind.BEGIN:
            begun[on, crew] = first
        else:
            left[on, crew] = last
    return begun, left


def members_of(connection: Connection, city: str, agencies: Agencies) -> frozenset[str] | None:
    """Return the collectors whose days are seen, None for all."""
    if agencies is None:
        return None
    query = select(collector.id).where(collector.city == city, collector.agency.in_(agencies))
    return frozenset(connection.scalars(query))
