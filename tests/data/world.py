"""A small made-up world: one city, two agencies, borrowers and collectors."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from routing.geocoding import Precision
from routing.point import Point
from routing.travel import Mode
from scheduler.engines import LARGEST_SEED
from scheduler.model import (
    Borrower,
    Break,
    Case,
    City,
    Collector,
    Crew,
    DailyWindow,
    Place,
    PlaceKind,
    Shift,
    StopFlag,
    Window,
)
from scheduler.plan import Cost, Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.ports import By, CaseRecord, NewPlan, Target

TOWN = City("Town", zone="Asia/Shanghai", profile="CN", currency="CNY")
TODAY = date(2026, 3, 2)  # a Monday
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # 12:00 in Town
MIDNIGHT = datetime(2026, 3, 1, 16, tzinfo=UTC)  # 00:00 in Town
ALICE = By("alice", NOON)

ALL_KNOWN = frozenset(
    f"{kind.__name__.lower()}.{field.name}"
    for kind in (Case, Borrower, Place)
    for field in fields(kind)
)


def record(number: int = 1, borrower: int | None = None, **case: Any) -> CaseRecord:
    """Return contract C<number> of borrower B<borrower>, with her home."""
    who = f"B{borrower or number}"
    told: dict[str, Any] = {
        "agency": "North",
        "product": "card",
        "principal": Decimal("12000.50"),
        "overdue": Decimal("800.25"),
        "days_past_due": 40,
    }
    home = Place(f"{who}-home", who, PlaceKind.HOME, f"{number} Made-up Road", "file", "contract")
    return CaseRecord(
        Case(f"C{number}", who, **told | case), Borrower(who, f"Name {who}", "138"), (home,)
    )


def with_borrower(told: CaseRecord, **changes: Any) -> CaseRecord:
    """Return a record that tells something else of the borrower."""
    return replace(told, borrower=replace(told.borrower, **changes))


def with_home(told: CaseRecord, **changes: Any) -> CaseRecord:
    """Return a record that tells something else of the home."""
    return replace(told, places=(replace(told.places[0], **changes),))


def found(told: CaseRecord) -> CaseRecord:
    """Return a record whose home is known closely enough to send somebody."""
    return with_home(told, point=Point(25.005, 121.505), precision=Precision.CONFIRMED)


FULL = CaseRecord(
    Case(
        id="合同-1",
        borrower_id="B9",
        agency="South",
        product="vehicle",
        principal=Decimal("0.0001"),
        overdue=Decimal("99999999999999.9999"),
        days_past_due=181,
        stops=frozenset({StopFlag.PAID, StopFlag.DISPUTED}),
        is_assigned=True,
        owner="ann",
        promise_due=TODAY,
        appointment=Window(NOON, NOON + timedelta(hours=1)),
        skills=frozenset({"vehicle", "anwalt"}),
        crew_size=2,
        visited_at=NOON - timedelta(days=9),
        employment="shifts",
    ),
    Borrower("B9", "王小明", "139", frozenset({StopFlag.MOURNING}), frozenset({"zh", "en"})),
    (
        Place(
            id="B9-work",
            borrower_id="B9",
            kind=PlaceKind.WORK,
            address="中山路 9 號",
            source="borrower",
            lawful_basis="consent",
            point=Point(25.0, 121.5),
            radius_m=12.5,
            windows=(
                DailyWindow(time(9), time(12, 30), frozenset({0, 4})),
                DailyWindow(time(14), time(18)),
            ),
            is_valid=False,
            access_note="ring twice",
        ),
    ),
)
"""A record in which every field says something."""


def collector(id: str, **changes: Any) -> Collector:
    """Return a collector of the agency North."""
    told: dict[str, Any] = {
        "name": id.title(),
        "agency": "North",
        "start": Point(25.01, 121.51),
        "end": Point(25.02, 121.52),
    }
    return Collector(id, **told | changes)


def shift(collector_id: str, day: int = 0, **changes: Any) -> Shift:
    """Return a shift from 9 to 18 of the clock in Town, `day` days after today."""
    nine = MIDNIGHT + timedelta(days=day, hours=9)
    noon = Window(nine + timedelta(hours=3), nine + timedelta(hours=4))
    told: dict[str, Any] = {
        "window": Window(nine, nine + timedelta(hours=9)),
        "breaks": (Break(noon, timedelta(minutes=30), is_paid=True),),
        "max_overtime": timedelta(minutes=45),
    }
    return Shift(collector_id, **told | changes)


def crew(*members: str, **changes: Any) -> Crew:
    """Return the crew of a day's shift."""
    day = shift(members[0])
    told: dict[str, Any] = {
        "window": day.window,
        "start": Point(25.01, 121.51),
        "end": Point(25.02, 121.52),
        "mode": Mode.EBIKE,
        "skills": frozenset({"vehicle"}),
        "breaks": day.breaks,
        "max_overtime": day.max_overtime,
        "max_visits": 12,
        "source": "formed",
    }
    return Crew("+".join(members), members, **told | changes)


def new_plan(on: date = TODAY, **changes: Any) -> NewPlan:
    """Return a plan in which ann and bea see B1 at ten, and B2 is left out."""
    both = crew("ann", "bea")
    trip = Itinerary(
        both.id,
        start_s=9 * 3600,
        end_s=13 * 3600,
        stops=(
            Stop(StopKind.VISIT, "B1", 35_000, 36_000, 37_200, option=1, place_id="B1-home"),
            Stop(StopKind.BREAK, "lunch", 37_200, 43_200, 45_000),
        ),
    )
    told: dict[str, Any] = {
        "city": "Town",
        "on": on,
        "agency": "",
        "origin": MIDNIGHT + timedelta(days=(on - TODAY).days),
        "plan": Plan((trip,), (LeftOut("B2", Reason.RULE, "mourning", "stops", "wait", ("C2",)),)),
        "cost": Cost(0, 120_000, 30_000, 5, 7),
        "crews": (both,),
        "engine": "greedy",
        "status": "improved",
        "seed": LARGEST_SEED,
        "profile": "CN",
        "rules_version": "1",
        "targets": {"B1": Target("B1", ("C1",))},
    }
    return NewPlan(**told | changes)
