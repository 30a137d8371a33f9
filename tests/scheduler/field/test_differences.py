"""Two results of one visit are compared by what they tell, not by who told it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from scheduler.agreements import Attitude, Details
from scheduler.field.differences import Difference, differences
from scheduler.ports import Outcome

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
PROMISE = Outcome(
    "first", "B1", "B1-home", AT, "PTP", ("alice", "bob"),
    amount=Decimal("500.00"), due=date(2026, 3, 9), method="app",
)  # fmt: skip


def test_who_told_it_and_when_makes_no_difference() -> None:
    again = replace(PROMISE, key="second", at=AT.replace(minute=3), amount=Decimal(500))
    assert differences(PROMISE, again) == ()


def test_each_field_that_differs_is_told_with_both() -> None:
    other = replace(PROMISE, amount=Decimal(300), note="said so twice")
    assert differences(PROMISE, other) == (
        Difference("amount", Decimal("500.00"), Decimal(300)),
        Difference("note", "", "said so twice"),
    )


def test_details_are_compared_one_by_one() -> None:
    other = replace(PROMISE, details=Details(attitude=Attitude.UPSET))
    assert differences(PROMISE, other) == (Difference("details.attitude", None, Attitude.UPSET),)
    assert differences(other, replace(PROMISE, details=Details(attitude=Attitude.UPSET))) == ()
