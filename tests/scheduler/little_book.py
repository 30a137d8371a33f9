"""A small lender's book for tests: borrowers along one road, collectors who start at its end.

It is Monday 2026-11-23 in Shanghai, if no more is said. Under CN a visit of 20 minutes lies
between 09:00 and 20:20: the house's hours, less ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from data.profiles import TomlProfiles
from routing.geocoding import Precision
from routing.point import Point
from routing.travel import Mode
from scheduler.day import Day
from scheduler.model import (
    Borrower,
    Case,
    City,
    Collector,
    Crew,
    DailyWindow,
    PastVisit,
    Place,
    PlaceKind,
    Shift,
    Window,
)
from scheduler.rules import RuleSet

ON = date(2026, 11, 23)
SHANGHAI = ZoneInfo("Asia/Shanghai")
TOWN = City("Town", "Asia/Shanghai", "CN", "CNY")


def rules_of(profile: str = "CN") -> RuleSet:
    return TomlProfiles().rules(profile)


def at(clock: str, on: date = ON, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.combine(on, time.fromisoformat(clock), zone)


def window(span: str, on: date = ON, zone: ZoneInfo = SHANGHAI) -> Window:
    """Return the window of '09:00-18:00'."""
    start, end = span.split("-")
    return Window(at(start, on, zone), at(end, on, zone))


def daily(span: str, *weekdays: int) -> DailyWindow:
    start, end = (time.fromisoformat(clock) for clock in span.split("-"))
    return DailyWindow(start, end, frozenset(weekdays or range(7)))


def second(clock: str) -> int:
    """Return the second of a day without a change of the clock."""
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def spot(step: float) -> Point:
    """Return a point on the road; a step is 111 m."""
    return Point(0.0, step / 1000)


def case(id_: str, borrower: str = "b1", **changes: Any) -> Case:
    plain = Case(id_, borrower, "agency", "loan", Decimal(9000), Decimal(5000), days_past_due=95)
    return replace(plain, **changes)


def place(borrower: str = "b1", kind: str = "home", step: float = 5, **changes: Any) -> Place:
    """Return the home (or work, …) of a borrower, found to its door: 'b1-home'."""
    plain = Place(
        f"{borrower}-{kind}",
        borrower,
        PlaceKind(kind),
        "somewhere",
        "borrower",
        "contract",
        spot(step),
        Precision.EXACT,
    )
    return replace(plain, **changes)


def failed(clock: str, on: date, kind: str | None = "home", borrower: str = "b1") -> PastVisit:
    place_kind = PlaceKind(kind) if kind else None
    return PastVisit(borrower, at(clock, on), was_met=False, place_kind=place_kind)


def collector(id_: str, **changes: Any) -> Collector:
    return replace(Collector(id_, id_, "agency", spot(0), spot(0)), **changes)


def crew(*members: str, hours: str = "09:00-18:00", **changes: Any) -> Crew:
    plain = Crew("+".join(members), members, window(hours), spot(0), spot(0), Mode.CAR)
    return replace(plain, **changes)


def day(
    cases: Sequence[Case],
    places: Sequence[Place] | None = None,
    borrowers: Iterable[Borrower] = (),
    **changes: Any,
) -> Day:
    """Return a day of these cases; their borrowers and homes are there if not told otherwise.

    Two collectors, ann and ben, are on shift from 09:00 to 18:00, and go in no crew yet.
    """
    told = {borrower.id: borrower for borrower in borrowers}
    ids = dict.fromkeys([*told, *(case.borrower_id for case in cases)])
    plain = Day(
        city=TOWN,
        on=ON,
        zone=SHANGHAI,
        borrowers=[told.get(id_, Borrower(id_, "somebody")) for id_ in ids],
        cases=cases,
        places=[place(id_, step=i) for i, id_ in enumerate(ids, 1)] if places is None else places,
        collectors=[collector("ann"), collector("ben")],
        shifts=[Shift(id_, window("09:00-18:00")) for id_ in ("ann", "ben")],
    )
    return replace(plain, **changes)
