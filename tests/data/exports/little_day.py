"""A small published day to be written: one crew, a visit at nine, a rest, a visit at noon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from data.exports.day import CrewRows as Crew
from data.exports.day import ExportDay, StopRow
from data.masking import Masking
from routing.point import Point
from routing.travel import Mode, Spot
from scheduler.model import City, PlaceKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
ON = date(2026, 11, 23)
TOWN = City("Town", zone="Asia/Shanghai", profile="CN", currency="CNY")
START, END = Point(25.0, 121.5), Point(25.03, 121.53)


def clock(hour: int, minute: int = 0) -> datetime:
    """Return a time of the day in Town."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=SHANGHAI)


FIRST = StopRow(
    uid="one@dayround",
    number=1,
    starts=clock(9),
    ends=clock(9, 20),
    name="王小明",
    phone="13800138000",
    kind=PlaceKind.HOME,
    where="中山路 1 号",
    spot=Spot(Point(25.01, 121.51), 8.0),
    contracts=("C1", "C2"),
    overdue=Decimal("1234.50"),
)
REST = StopRow("", None, clock(11), clock(11, 30))
SECOND = StopRow("two@dayround", 2, clock(12), clock(12, 20), is_other=True)


def crew(*stops: StopRow, **changes: Any) -> Crew:
    """Return a crew of two with these stops."""
    told: dict[str, Any] = {
        "id": "ann+bea",
        "members": ("Ann", "Bea"),
        "mode": Mode.EBIKE,
        "starts": clock(8, 30),
        "ends": clock(13),
        "start": START,
        "end": END,
    }
    return Crew(stops=stops, **told | changes)


def export_day(*crews: Crew, **changes: Any) -> ExportDay:
    """Return the day in full and in English, version 3 of it, without roads."""
    told: dict[str, Any] = {
        "city": TOWN,
        "on": ON,
        "version": 3,
        "published_at": clock(7),
        "masking": Masking.FULL,
        "crews": crews or (crew(FIRST, REST, SECOND),),
        "cancelled": (),
        "language": "en",
        "is_made_up": False,
        "draw": lambda legs, *_: [None] * len(legs),
    }
    return ExportDay(**told | changes)


def visit(**changes: Any) -> ExportDay:
    """Return the day with one visit alone, changed."""
    return export_day(crew(replace(FIRST, **changes)))
