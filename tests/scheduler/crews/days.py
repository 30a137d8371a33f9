"""Days for tests of crews: collectors along one straight road, a minute of it per milli-degree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from routing.point import Point
from routing.travel import Mode
from scheduler.crews.joining import Member
from scheduler.day import Day
from scheduler.model import (
    Break,
    Case,
    City,
    Collector,
    Pair,
    Place,
    PlaceKind,
    Shift,
    Window,
)

ON = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Shanghai")
CITY = City("Town", "Asia/Shanghai", "CN", "CNY")


def at(clock: str) -> datetime:
    return datetime.combine(ON, datetime.strptime(clock, "%H:%M").time(), ZONE)  # noqa: DTZ007


def window(span: str) -> Window:
    """Return the window of '08:00-17:00'."""
    start, end = span.split("-")
    return Window(at(start), at(end))


def rest(span: str, minutes: int, *, is_paid: bool = False) -> Break:
    return Break(window(span), timedelta(minutes=minutes), is_paid)


def spot(minute: float) -> Point:
    """Return the point that many minutes along the road."""
    return Point(0.0, minute / 1000)


def road_s(a: Point, b: Point, mode: Mode) -> float:
    """Seconds along the road: a minute per milli-degree by car, three on foot."""
    minutes = round(abs(a.lon - b.lon) * 1000, 6)
    return minutes * 60 * (3 if mode is Mode.WALK else 1)


def member(
    name: str,
    minute: float = 0,
    span: str = "08:00-17:00",
    rests: Sequence[Break] = (),
    *,
    end_minute: float | None = None,
    overtime_min: int = 0,
    **details: Any,
) -> Member:
    """Return a collector who starts that many minutes along the road, with her shift."""
    end = spot(minute if end_minute is None else end_minute)
    details = {"agency": "north", **details}
    collector = Collector(name, name.title(), start=spot(minute), end=end, **details)
    overtime = timedelta(minutes=overtime_min)
    return Member(collector, Shift(name, window(span), tuple(rests), overtime))


def but(one: Member, **details: Any) -> Member:
    """Return the same member with other details of the collector."""
    return Member(replace(one.collector, **details), one.shift)


def case(number: int, owner: str | None = None, skills: Iterable[str] = ()) -> Case:
    return Case(
        id=f"case{number}",
        borrower_id=f"borrower{number}",
        agency="north",
        product="loan",
        principal=Decimal(1000),
        overdue=Decimal(500),
        days_past_due=40,
        owner=owner,
        skills=frozenset(skills),
    )


def home(number: int, minute: float) -> Place:
    """Return the home of the borrower of that case."""
    name, borrower = f"home{number}", f"borrower{number}"
    return Place(name, borrower, PlaceKind.HOME, "", "file", "contract", spot(minute))


def day_of(
    members: Iterable[Member],
    *,
    pairs: Sequence[Pair] = (),
    cases: Sequence[Case] = (),
    places: Sequence[Place] = (),
    off_shift: Sequence[Collector] = (),
    city: City = CITY,
) -> Day:
    members = tuple(members)
    return Day(
        city=city,
        on=ON,
        zone=ZONE,
        borrowers=(),
        cases=cases,
        places=places,
        collectors=(*(one.collector for one in members), *off_shift),
        shifts=tuple(one.shift for one in members),
        pairs=pairs,
    )
