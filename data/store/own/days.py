"""The days of a collector's fortnight: when she works, and what is published for her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from data import tables
from data.store.rows import from_row, rows_of
from scheduler.figures import Span
from scheduler.model import Crew, Shift, Window
from scheduler.plan import StopKind
from scheduler.ports import PlanStatus

plan, stop = tables.plan.c, tables.stop.c
itinerary, shift = tables.itinerary.c, tables.shift.c


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A published day of hers: with whom, from when to when, and how many visits."""

    version: int
    mates: tuple[str, ...]
    window: Window
    visits: int


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day of hers. `is_told`: somebody has a shift that day, so without one she is off."""

    on: date
    shift: Shift | None = None
    round: OwnRound | None = None
    is_told: bool = False


def read_days(connection: Connection, city: str, collector_id: str, span: Span) -> list[OwnDay]:
    """Return every day of a span."""
    shifts = _shifts(connection, city, collector_id, span)
    told = _days_with_shifts(connection, city, span)
    rounds = _rounds(connection, city, collector_id, span)
    days = (span.first + timedelta(days=number) for number in range(span.days))
    return [OwnDay(on, shifts.get(on), rounds.get(on), on in told) for on in days]


def _shifts(connection: Connection, city: str, collector_id: str, span: Span) -> dict[date, Shift]:
    of_span = (shift.city == city, shift.on >= span.first, shift.on <= span.last)
    query = select(tables.shift).where(*of_span, shift.collector_id == collector_id)
    rows = connection.execute(query).mappings()
    return {row["on"]: from_row(Shift, row) for row in rows}


def _days_with_shifts(connection: Connection, city: str, span: Span) -> set[date]:
    of_span = (shift.city == city, shift.on >= span.first, shift.on <= span.last)
    return set(connection.scalars(select(shift.on).where(*of_span).distinct()))


def _rounds(
    connection: Connection, city: str, collector_id: str, span: Span
) -> dict[date, OwnRound]:
    of_span = (plan.city == city, plan.on >= span.first, plan.on <= span.last)
    query = select(plan.id, plan.on, plan.version, plan.crews).where(
        *of_span, plan.state == PlanStatus.PUBLISHED
    )
    found = {}
    for id, on, version, crews in connection.execute(query.order_by(plan.id)).all():
        crew = next((one for one in crews if collector_id in one.members), None)
        window = _window(connection, id, crew) if crew else None
        if crew and window:
            mates = _names(connection, city, [one for one in crew.members if one != collector_id])
            found[on] = OwnRound(version, mates, window, _visits(connection, id, crew.id))
    return found


def _window(connection: Connection, plan_id: int, crew: Crew) -> Window | None:
    query = select(itinerary.starts_at, itinerary.ends_at).where(
        itinerary.plan_id == plan_id, itinerary.crew_id == crew.id
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Window(row.starts_at, row.ends_at)


def _visits(connection: Connection, plan_id: int, crew_id: str) -> int:
    hers = (stop.plan_id == plan_id, stop.crew_id == crew_id, stop.kind == StopKind.VISIT)
    return connection.scalar(select(func.count()).select_from(tables.stop).where(*hers)) or 0


def _names(connection: Connection, city: str, ids: Sequence[str]) -> tuple[str, ...]:
    rows = rows_of(connection, tables.collector, city, ids)
    names = {row["id"]: row["name"] for row in rows}
    return tuple(names.get(id, id) for id in ids)
