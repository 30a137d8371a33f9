"""What the crews of a day have told: their marks, the results in force, and where that was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, or_, select

from data import tables
from data.store.cities import get_city
from data.store.field import phones
from data.store.grounds import planned_points
from data.store.past import IN_FORCE
from data.store.rows import from_row, rows_of
from routing.geocoding import Precision
from routing.point import Point
from scheduler.model import Place
from scheduler.ports import Mark, Outcome, Told

plan, stop, mark, outcome = tables.plan.c, tables.stop.c, tables.visit_mark.c, tables.outcome.c


def told(connection: Connection, city: str, on: date) -> Told:
    """Return what was told of a day, by whichever plan crews were sent."""
    of_day = select(tables.visit_mark).where(mark.city == city, mark.on == on)
    rows = connection.execute(of_day.order_by(mark.at, mark.key)).mappings()
    marks = tuple(from_row(Mark, row) for row in rows)
    outcomes = _outcomes(connection, city, on)
    visits = {one.visit_id for one in marks if one.visit_id}
    whom = {one.borrower_id for one in outcomes}
    places = _places(connection, city, on, visits, whom)
    return Told(marks, outcomes, places, **phones.told_by_phones(connection, city, on))


def _outcomes(connection: Connection, city: str, on: date) -> tuple[Outcome, ...]:
    midnight = datetime.combine(on, time(), ZoneInfo(get_city(connection, city).zone))
    of_day = (outcome.at >= midnight, outcome.at < midnight + timedelta(days=1))
    query = select(tables.outcome).where(outcome.city == city, *of_day, IN_FORCE)
    rows = connection.execute(query.order_by(outcome.recorded_at, outcome.key)).mappings()
    return tuple(from_row(Outcome, row) for row in rows)


def _places(
    connection: Connection, city: str, on: date, visits: Iterable[str], whom: Iterable[str]
) -> dict[str, Place]:
    """Return the places of visits that were told of; one lost since is where it was planned."""
    of_day = (plan.city == city, plan.on == on)
    about = or_(stop.id.in_(sorted(visits)), stop.borrower_id.in_(sorted(whom)))
    query = (
        select(stop.plan_id, stop.id, stop.place_id, stop.borrower_id)
        .join(tables.plan, plan.id == stop.plan_id)
        .where(*of_day, about, stop.place_id != "")
    )
    stops = connection.execute(query).all()
    points = planned_points(
        connection, sorted({row.plan_id for row in stops}), {row.borrower_id for row in stops}
    )
    planned = {
        row.place_id: points[row.plan_id, row.id]
        for row in stops
        if (row.plan_id, row.id) in points
    }
    rows = rows_of(connection, tables.place, city, sorted({row.place_id for row in stops}))
    return {row["id"]: _placed(from_row(Place, row), planned.get(row["id"])) for row in rows}


def _placed(place: Place, planned: Point | None) -> Place:
    if place.spot is not None or planned is None:
        return place
    return replace(place, point=planned, precision=Precision.EXACT)
