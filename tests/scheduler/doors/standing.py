"""Check-ins around a made-up door, by metres east and north of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from routing.point import METRES_PER_DEGREE, Point, stepped
from scheduler.doors import CheckIn

DOOR = Point(29.87, 121.55)
FIRST = date(2026, 3, 2)


def off(metres: complex, point: Point = DOOR) -> Point:
    """Return the point so many metres east and, imaginary, north."""
    return stepped(point, metres / METRES_PER_DEGREE)


def check_in(number: int = 0, metres: complex = 0j, **told: Any) -> CheckIn:
    """Return that of the visit of week `number`; two collectors take turns, and she is in."""
    on = FIRST + timedelta(weeks=number)
    who = ("ann", "bea")[number % 2]
    at = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
    first = CheckIn("P1", on, (who,), who, at, off(metres), 10.0, "PTP")
    return replace(first, **told)


def visits(metres: Iterable[complex], **told: Any) -> list[CheckIn]:
    return [check_in(number, step, **told) for number, step in enumerate(metres)]
