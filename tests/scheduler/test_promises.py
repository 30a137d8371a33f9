"""How promises stand by the payments that came, and what they ask of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model import Case
from scheduler.payments import Payment
from scheduler.promises import (
    Promise,
    PromiseStatus,
    by_month,
    shares,
    standing,
    visit_day,
    with_visit_days,
)

ZONE = ZoneInfo("Asia/Shanghai")
GIVEN = datetime(2026, 3, 2, 10, tzinfo=ZONE)
DUE = date(2026, 3, 5)


def promise(id: int = 1, amount: int = 500, **told: object) -> Promise:
    first = Promise(id, "B1", "C1", Decimal(amount), DUE, GIVEN, "k1", grace_days=1)
    return replace(first, **told)  # type: ignore[arg-type]


def paid(
    amount: int, day: int = 3, key: str = "p1", hour: int = 12, case_id: str = "C1"
) -> Payment:
    at = datetime(2026, 3, day, hour, tzinfo=ZONE)
    return Payment(key, case_id, Decimal(amount), at)


def stands(on: int, *payments: Payment, **told: object) -> Promise:
    return standing([promise(**told)], payments, date(2026, 3, on), ZONE)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "payments", "status"),
    [
        (5, [], "open"),
        (6, [], "open"),  # the day of grace
        (7, [], "broken"),
        (4, [paid(500)], "kept"),  # before its day
        (7, [paid(500, day=6)], "kept"),  # on the last day of grace
        (8, [paid(500, day=7)], "broken"),  # a day late
        (7, [paid(200)], "partly_kept"),
        (6, [paid(200)], "open"),
        (7, [paid(500, day=2, hour=9)], "broken"),  # before she promised
        (7, [paid(500, day=2, hour=11)], "kept"),
        (7, [paid(500, day=2, hour=0)], "kept"),  # the feed knows the day only
        (7, [paid(500), paid(-500, day=4, key="p2")], "broken"),  # it bounced
        (7, [paid(500), paid(-100, day=4, key="p2")], "partly_kept"),
        (7, [paid(500, case_id="C2")], "broken"),  # on another contract
    ],
)
def test_a_promise_stands_as_it_was_paid(on: int, payments: list[Payment], status: str) -> None:
    assert stands(on, *payments).status == status


def test_money_to_come_is_not_counted_yet() -> None:
    assert stands(4, paid(500, day=5)).status is PromiseStatus.OPEN


def test_days_are_those_of_the_city() -> None:
    # 17:00 UTC on the 6th is one o'clock in the morning of the 7th: a day late.
    late = Payment("p1", "C1", Decimal(500), datetime(2026, 3, 6, 17, tzinfo=UTC))
    assert stands(8, late).status is PromiseStatus.BROKEN


def test_payments_go_to_the_promise_due_first_and_what_is_over_to_the_next() -> None:
    later = promise(2, 300, due=DUE + timedelta(days=10))
    first = promise(1, 500)
    told = standing([later, first], [paid(600)], date(2026, 3, 20), ZONE)
    assert [(one.id, one.paid, one.status) for one in told] == [
        (2, Decimal(100), PromiseStatus.PARTLY_KEPT),
        (1, Decimal(500), PromiseStatus.KEPT),
    ]


def test_a_withdrawn_promise_takes_no_money() -> None:
    gone = promise(1, status=PromiseStatus.WITHDRAWN)
    told = standing([gone, promise(2)], [paid(500)], date(2026, 3, 9), ZONE)
    assert [one.status for one in told] == [PromiseStatus.WITHDRAWN, PromiseStatus.KEPT]


AMOUNTS = st.integers(1, 50)
PROMISES = st.lists(st.tuples(AMOUNTS, st.integers(0, 9), st.integers(0, 3)), max_size=5)
PAYMENTS = st.lists(st.tuples(st.integers(-30, 60), st.integers(2, 15)), max_size=7)


@given(PROMISES, PAYMENTS, st.integers(2, 20))
def test_no_money_is_counted_twice(
    told: list[tuple[int, int, int]], came: list[tuple[int, int]], on: int
) -> None:
    promises = [
        promise(number, amount, due=DUE + timedelta(days=days), grace_days=grace)
        for number, (amount, days, grace) in enumerate(told)
    ]
    payments = [paid(amount, day, f"p{number}") for number, (amount, day) in enumerate(came)]
    stood = standing(promises, payments, date(2026, 3, on), ZONE)
    assert [one.id for one in stood] == [one.id for one in promises]
    came_in = sum(one.amount for one in payments if one.amount > 0 and one.at.day <= on)
    assert sum(one.paid for one in stood) <= came_in
    for one in stood:
        assert 0 <= one.paid <= one.amount
        is_over = one.last_day < date(2026, 3, on)
        assert (one.status is PromiseStatus.KEPT) == (one.paid == one.amount)
        assert (one.status is PromiseStatus.OPEN) == (one.paid < one.amount and not is_over)
    # Standing is told anew each day from the same facts: to tell it twice changes nothing.
    assert standing(stood, payments, date(2026, 3, on), ZONE) == stood


@given(PROMISES, PAYMENTS, st.integers(1, 60))
def test_more_money_never_breaks_a_promise(
    told: list[tuple[int, int, int]], came: list[tuple[int, int]], more: int
) -> None:
    promises = [
        promise(number, amount, due=DUE + timedelta(days=days), grace_days=grace)
        for number, (amount, days, grace) in enumerate(told)
    ]
    payments = [paid(abs(amount), day, f"p{n}") for n, (amount, day) in enumerate(came)]
    on = date(2026, 3, 25)
    without = sum(one.paid for one in standing(promises, payments, on, ZONE))
    payments.append(paid(more, 3, "more"))
    assert sum(one.paid for one in standing(promises, payments, on, ZONE)) >= without


def test_an_open_promise_waits_for_the_day_after_its_grace() -> None:
    assert visit_day([promise()], ZONE) == date(2026, 3, 7)


def test_a_broken_promise_asks_for_a_visit_since_the_day_it_broke() -> None:
    broken = promise(status=PromiseStatus.BROKEN)
    instalment = promise(2, due=DUE + timedelta(days=30))
    assert visit_day([broken, instalment], ZONE) == date(2026, 3, 7)


def test_a_newer_promise_takes_the_place_of_a_broken_one() -> None:
    broken = promise(status=PromiseStatus.BROKEN)
    newer = promise(2, due=date(2026, 3, 12), given_at=datetime(2026, 3, 8, 9, tzinfo=ZONE))
    assert visit_day([broken, newer], ZONE) == date(2026, 3, 14)


def test_kept_and_withdrawn_promises_ask_for_nothing() -> None:
    over = [promise(status=PromiseStatus.KEPT), promise(2, status=PromiseStatus.WITHDRAWN)]
    assert visit_day(over, ZONE) is None


def case(id: str = "C1", **told: object) -> Case:
    first = Case(id, "B1", "North", "card", Decimal(900), Decimal(300), 40)
    return replace(first, **told)  # type: ignore[arg-type]


def test_a_promise_holds_for_all_that_its_agency_has_of_her() -> None:
    cases = [case(), case("C2"), case("C3", agency="South")]
    told = [one.promise_due for one in with_visit_days(cases, [promise()], ZONE)]
    assert told == [date(2026, 3, 7), date(2026, 3, 7), None]


@pytest.mark.parametrize(
    ("theirs", "becomes"),
    [
        (DUE, date(2026, 3, 7)),  # the same promise: we know its grace
        (date(2026, 3, 4), date(2026, 3, 7)),
        (date(2026, 3, 20), date(2026, 3, 20)),  # she has told the lender something later
    ],
)
def test_the_later_of_ours_and_the_lenders_promise_holds(theirs: date, becomes: date) -> None:
    [told] = with_visit_days([case(promise_due=theirs)], [promise()], ZONE)
    assert told.promise_due == becomes


def test_the_list_still_tells_of_a_promise_that_was_kept() -> None:
    kept = promise(status=PromiseStatus.KEPT)
    [told] = with_visit_days([case(promise_due=DUE)], [kept], ZONE)
    assert told.promise_due is None


def test_a_sum_is_parted_among_contracts_the_oldest_first() -> None:
    old, new = case("C2", days_past_due=90), case("C1")
    assert [(one.id, part) for one, part in shares(Decimal(450), [new, old])] == [
        ("C2", Decimal(300)),
        ("C1", Decimal(150)),
    ]
    assert [(one.id, part) for one, part in shares(Decimal(200), [new, old])] == [
        ("C2", Decimal(200))
    ]
    assert shares(Decimal(5), []) == []


@given(st.integers(1, 2000), st.lists(st.integers(0, 500), min_size=1, max_size=4))
def test_no_part_of_a_promised_sum_is_lost(amount: int, overdue: list[int]) -> None:
    cases = [case(f"C{n}", overdue=Decimal(owed)) for n, owed in enumerate(overdue)]
    assert sum(part for _, part in shares(Decimal(amount), cases)) == amount


def test_the_kept_rate_of_a_month_counts_what_fell_due_in_it() -> None:
    told = [
        promise(1, 500, status=PromiseStatus.KEPT, paid=Decimal(500)),
        promise(2, 300, status=PromiseStatus.PARTLY_KEPT, paid=Decimal(100)),
        promise(3, 200, status=PromiseStatus.BROKEN, due=date(2026, 2, 28)),
        promise(4, 100, status=PromiseStatus.OPEN),
        promise(5, 100, status=PromiseStatus.WITHDRAWN),
    ]
    march, february = by_month(told)
    assert (march.first, march.due, march.kept, march.partly_kept) == (date(2026, 3, 1), 2, 1, 1)
    assert (march.promised, march.paid, march.kept_rate) == (Decimal(800), Decimal(600), 0.5)
    assert (february.due, february.kept_rate) == (1, 0.0)
