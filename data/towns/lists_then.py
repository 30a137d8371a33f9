"""The lists of a made-up town as they were some weeks ago, and as this morning's are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from data.towns.people import Row

NOT_YET = ("stop", "promise_due", "appointment")
"""What came to be after the list of then."""

FEWEST_AT_WORK, SHARE_AT_WORK = 6, 1 / 3
"""How many collectors made the visits of then: fewer than today's, who have more to visit."""


def cases_then(rows: Sequence[Row], on: date, then: date) -> list[Row]:
    """Return the case list of `then` for that of `on`: who was overdue, and by how many days."""
    days = (on - then).days
    return [
        _without(row, NOT_YET if _was_visited_before(row, then) else (*NOT_YET, "last_visit"))
        | {"days_past_due": days_past_due(row) - days}
        for row in rows
        if days_past_due(row) > days
    ]


def cases_now(rows: Sequence[Row], on: date, then: date, owed: Mapping[str, Decimal]) -> list[Row]:
    """Return this morning's list: with what is still owed, and no visit that the book tells itself.

    `owed` is what the book has of each open case; what it has as paid is overdue no more.
    """
    days = (on - then).days
    told = []
    for row in rows:
        if days_past_due(row) > days:
            left = owed[str(row["contract"])]
            row = row | {"overdue": float(left)} | ({} if left else {"days_past_due": 0})
            if not _was_visited_before(row, then):
                row = _without(row, ("last_visit",))
        told.append(row)
    return told


def shifts_then(rows: Sequence[Row], days: Sequence[date]) -> list[Row]:
    """Return the shifts of some of the collectors on each of those days."""
    at_work = rows[: max(FEWEST_AT_WORK, round(SHARE_AT_WORK * len(rows)))]
    return [
        row | {"date": on.isoformat(), "until": on.isoformat()} for on in days for row in at_work
    ]


def days_past_due(row: Row) -> int:
    return cast(int, row["days_past_due"])


def _was_visited_before(row: Row, then: date) -> bool:
    return "last_visit" in row and date.fromisoformat(str(row["last_visit"])) < then


def _without(row: Row, fields: Sequence[str]) -> Row:
    return {field: value for field, value in row.items() if field not in fields}
