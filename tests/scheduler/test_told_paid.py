"""How long it is believed that a case is paid, at the edges of its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from scheduler.model import Case, StopFlag
from scheduler.payments import Payment
from scheduler.told_paid import ToldPaid, came, unpaid, without_lapsed

TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)
UNTIL = date(2026, 3, 9)
NEXT = UNTIL + timedelta(days=1)
TOLD = ToldPaid("C1", TEN, UNTIL, is_held=True, is_alone=True)
CASE = Case(
    "C1",
    "B1",
    "North",
    "card",
    Decimal(900),
    Decimal(800),
    40,
    stops=frozenset({StopFlag.PAID, StopFlag.DISPUTED}),
)


def paid(at: datetime, amount: int = 100, case_id: str = "C1") -> Payment:
    return Payment("p1", case_id, Decimal(amount), at)


def test_it_is_believed_on_its_last_day_and_not_on_the_next() -> None:
    assert without_lapsed([CASE], [TOLD], UNTIL) == [CASE]
    [lapsed] = without_lapsed([CASE], [TOLD], NEXT)
    assert lapsed.stops == {StopFlag.DISPUTED}  # what else stops the case does so still


def test_another_case_and_a_stop_of_the_lenders_own_stay() -> None:
    other = replace(CASE, id="C2")
    assert without_lapsed([other], [TOLD], NEXT) == [other]
    assert without_lapsed([CASE], [replace(TOLD, is_alone=False)], NEXT) == [CASE]
    # The book has lifted it already: the stop that stands now is somebody else's.
    assert without_lapsed([CASE], [replace(TOLD, is_held=False)], NEXT) == [CASE]


def test_a_payment_of_the_day_before_is_the_one_that_was_told_of() -> None:
    day_before = TEN - timedelta(days=1)
    assert came(TOLD, [paid(day_before)]) == 100
    assert came(TOLD, [paid(day_before - timedelta(seconds=1))]) == 0
    assert came(TOLD, [paid(TEN, case_id="C2")]) == 0
    assert came(TOLD, [paid(TEN, -100)]) == 0  # a reversal is no payment


def test_the_next_visit_is_warned_where_nothing_came() -> None:
    assert unpaid([TOLD], [], UNTIL) == []
    assert unpaid([TOLD], [], NEXT) == [TOLD]
    assert unpaid([TOLD], [paid(TEN)], NEXT) == []
    assert unpaid([replace(TOLD, is_visited=True)], [], NEXT) == []
    lapsed = replace(TOLD, is_held=False)
    assert unpaid([lapsed], [], NEXT) == [lapsed]  # still, once the stop is lifted
