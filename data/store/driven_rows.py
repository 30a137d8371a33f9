"""What the book holds of crews' days: words of phones, plans' trips and doors, in a query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, or_, select

from data import tables
from data.store.figure_traits import start_of
from data.store.past import IN_FORCE
from data.store.rows import chunks
from data.store.times import list_decisions
from routing.gazetteer.district import district_named
from routing.geocoding import access_walk_m
from routing.paces import Paces
from routing.point import Point
from routing.travel import Spot
from scheduler.figures import Span
from scheduler.forecast import paces_at
from scheduler.model import City, Crew, DailyWindow, PlaceKind
from scheduler.ports import MarkKind
from scheduler.problem import seconds_between

plan, stop, mark = tables.plan.c, tables.stop.c, tables.visit_mark.c
outcome, place = tables.outcome.c, tables.place.c

RESULT = "result"


@dataclass(frozen=True, slots=True)
class Word:
    """What was told of a visit of a plan: `kind` is that of a mark, or a result."""

    at: datetime
    plan_id: int
    visit_id: str
    crew: frozenset[str]
    kind: str
    was_made: bool = True
    was_met: bool | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """What is known of a place."""

    kind: PlaceKind
    district: str
    spot: Spot | None
    windows: tuple[DailyWindow, ...]
    zone: ZoneInfo


@dataclass(frozen=True)
class PlannedTrip:
    """A crew's day as a plan has it, its stops in their order."""

    on: date
    origin: datetime
    paces: Paces
    crew: Crew
    stops: Sequence[Row[Any]]

    def second(self, at: datetime) -> int:
        return seconds_between(self.origin, at)


def marks_of(connection: Connection, city: str, span: Span) -> list[Word]:
    """Return when phones told of an arrival or a leaving, in the order of their keys."""
    query = select(mark.at, mark.plan_id, mark.visit_id, mark.crew, mark.kind).where(
        mark.city == city,
        mark.on >= span.first,
        mark.on <= span.last,
        or_(mark.kind == MarkKind.ARRIVE, mark.kind == MarkKind.LEAVE),
    )
    rows = connection.execute(query.order_by(mark.key))
    return [Word(at, of, who, frozenset(crew), str(kind)) for at, of, who, crew, kind in rows]


def results_of(connection: Connection, city: str, span: Span, zone: ZoneInfo) -> list[Word]:
    """Return what came of planned visits; a visit's id is its borrower's."""
    first, end = start_of(span.first, zone), start_of(span.last + timedelta(days=1), zone)
    of_span = (outcome.city == city, outcome.at >= first, outcome.at < end, IN_FORCE)
    query = select(outcome.at, outcome.plan_id, outcome.borrower_id, outcome.crew).add_columns(
        outcome.was_made, outcome.was_met
    )
    rows = connection.execute(query.where(*of_span, outcome.plan_id.is_not(None)))
    return [
        Word(at, of, who, frozenset(crew), RESULT, was_made, was_met)
        for at, of, who, crew, was_made, was_met in rows
    ]


def trips_of(
    connection: Connection, city: str, plan_ids: Collection[int]
) -> Mapping[int, list[PlannedTrip]]:
    """Return the crews' days of some plans, at the paces that held when each was made."""
    decisions = list_decisions(connection, city)
    stops: dict[tuple[int, str], list[Row[Any]]] = defaultdict(list)
    found: dict[int, list[PlannedTrip]] = defaultdict(list)
    for some in chunks(sorted(plan_ids)):
        rows = select(stop.plan_id, stop.crew_id, stop.kind, stop.id, stop.place_id).add_columns(
            stop.arrives_at, stop.starts_at, stop.ends_at
        )
        its = rows.where(stop.plan_id.in_(some)).order_by(stop.plan_id, stop.position)
        for row in connection.execute(its):
            stops[row.plan_id, row.crew_id].append(row)
        heads = select(plan.id, plan.on, plan.origin, plan.made_at, plan.crews)
        for id, on, origin, made_at, crews in connection.execute(heads.where(plan.id.in_(some))):
            paces = paces_at(decisions, made_at)
            found[id] = [
                PlannedTrip(on, origin, paces, one, stops.get((id, one.id), ())) for one in crews
            ]
    return found


def doors_of(connection: Connection, city: City) -> dict[str, Door]:
    """Return what is known of the places of a city, by id."""
    query = select(place.id, place.kind, place.address, place.point_lat, place.point_lon)
    zone = ZoneInfo(city.zone)
    rows = connection.execute(
        query.add_columns(place.precision, place.radius_m, place.windows).where(
            place.city == city.name
        )
    )
    return {
        id: Door(
            kind,
            district_named(address),
            None if lat is None else Spot(Point(lat, lon), access_walk_m(precision, radius_m)),
            windows,
            zone,
        )
        for id, kind, address, lat, lon, precision, radius_m, windows in rows
    }
