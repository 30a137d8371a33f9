"""The doors at which a collector was, and what she told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Text, func, select, type_coerce

from data import tables
from data.plain import to_json
from data.store.figure_traits import start_of
from data.store.past import IN_FORCE
from data.store.rows import rows_of
from routing.point import Point
from scheduler.figures import Span
from scheduler.figures.own import OwnVisit
from scheduler.plan import StopKind
from scheduler.ports import MarkKind

outcome, mark = tables.outcome.c, tables.visit_mark.c
stop, event = tables.stop.c, tables.event.c


def has(crew: ColumnElement[Any], collector_id: str) -> ColumnElement[bool]:
    """Return the condition that a column of crews names somebody, by her id as JSON writes it."""
    text: ColumnElement[bool] = type_coerce(crew, Text).contains(
        to_json(collector_id), autoescape=True
    )
    return text


@dataclass(frozen=True, slots=True)
class Arrival:
    """When phones told that she came to a door of her plan, and left it."""

    arrived: datetime | None
    left: datetime | None
    planned: datetime | None


def read_visits(
    connection: Connection, city: str, collector_id: str, span: Span, zone: ZoneInfo
) -> list[OwnVisit]:
    """Return her doors of a span: those with a result, and those of which only marks tell."""
    arrivals = _arrivals(connection, city, collector_id, span)
    rows = _outcomes(connection, city, collector_id, span, zone)
    points = _points(connection, city, {row.place_id for row in rows})
    found = {}
    for row in rows:
        key = (row.at.astimezone(zone).date(), row.borrower_id)
        found[key] = _told(key, row, arrivals.get(key), points.get(row.place_id))
    silent = ((key, its) for key, its in arrivals.items() if key not in found and its.arrived)
    return [*found.values(), *(_untold(key, its) for key, its in silent)]


def read_refused(
    connection: Connection, city: str, actor: str, span: Span, zone: ZoneInfo
) -> set[tuple[date, str]]:
    """Return the days and borrowers whose door a rule closed before her."""
    first, end = start_of(span.first, zone), start_of(span.last + timedelta(days=1), zone)
    query = select(event.at, event.subject).where(
        event.city == city, event.actor == actor, event.kind == "visit.refused"
    )
    rows = connection.execute(query.where(event.at >= first, event.at < end))
    return {(at.astimezone(zone).date(), subject) for at, subject in rows}


def _outcomes(
    connection: Connection, city: str, collector_id: str, span: Span, zone: ZoneInfo
) -> list[Row[Any]]:
    first, end = start_of(span.first, zone), start_of(span.last + timedelta(days=1), zone)
    query = (
        select(outcome.borrower_id, outcome.place_id, outcome.at, outcome.code)
        .add_columns(outcome.was_made, outcome.was_met)
        .where(outcome.city == city, outcome.at >= first, outcome.at < end, IN_FORCE)
        .where(has(outcome.crew, collector_id))
        .order_by(outcome.at, outcome.key)
    )
    return list(connection.execute(query))


def _arrivals(
    connection: Connection, city: str, collector_id: str, span: Span
) -> dict[tuple[date, str], Arrival]:
    """Return what phones told of her crews' doors, by day and borrower."""
    arrived, left = (
        func.min(mark.at).filter(mark.kind == kind) for kind in (MarkKind.ARRIVE, MarkKind.LEAVE)
    )
    query = (
        select(mark.on, mark.plan_id, mark.visit_id, arrived, left)
        .where(mark.city == city, mark.on >= span.first, mark.on <= span.last)
        .where(mark.visit_id != "", has(mark.crew, collector_id))
        .group_by(mark.on, mark.plan_id, mark.visit_id)
        .order_by(mark.plan_id)
    )
    rows = [tuple(row) for row in connection.execute(query)]
    stops = _stops(connection, {row[1] for row in rows}, {row[2] for row in rows})
    found: dict[tuple[date, str], Arrival] = {}
    for on, plan_id, visit_id, came, went in rows:
        if (plan_id, visit_id) in stops:
            who, planned = stops[plan_id, visit_id]
            before = found.get((on, who), Arrival(None, None, None))
            is_first = before.arrived is None
            found[on, who] = Arrival(
                before.arrived or came, before.left or went, planned if is_first else before.planned
            )
    return found


def _stops(
    connection: Connection, plans: Iterable[int], visits: Iterable[str]
) -> Mapping[tuple[int, str], tuple[str, datetime]]:
    """Return whom the visits of plans are to, and when they were to begin."""
    query = select(stop.plan_id, stop.id, stop.borrower_id, stop.starts_at).where(
        stop.plan_id.in_(sorted(plans)),
        stop.id.in_(sorted(visits)),
        stop.kind == StopKind.VISIT,
    )
    return {(row[0], row[1]): (row[2] or "", row[3]) for row in connection.execute(query)}


def _points(connection: Connection, city: str, places: Iterable[str]) -> dict[str, Point]:
    rows = rows_of(connection, tables.place, city, sorted(places))
    there = (row for row in rows if row["point_lat"] is not None)
    return {row["id"]: Point(row["point_lat"], row["point_lon"]) for row in there}


def _told(
    key: tuple[date, str], row: Row[Any], its: Arrival | None, point: Point | None
) -> OwnVisit:
    told = OwnVisit(*key, row.code, row.was_made, row.was_met, row.at, point=point)
    return told if its is None else _with(told, its)


def _untold(key: tuple[date, str], its: Arrival) -> OwnVisit:
    return _with(OwnVisit(*key), its)


def _with(told: OwnVisit, its: Arrival) -> OwnVisit:
    return replace(told, planned=its.planned, arrived=its.arrived, left=its.left)
