"""What a visit is worth: its terms, that more is never less, and what is beyond money."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model import Case, PastVisit, Window
from scheduler.value import (
    P_PAID_IF_MET,
    Value,
    VisitPrices,
    days_waiting,
    is_must_visit,
    visit_value,
)

ON = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Shanghai")
YESTERDAY, TOMORROW = ON - timedelta(days=1), ON + timedelta(days=1)


def case(**details: Any) -> Case:
    made = Case(
        id="k1",
        borrower_id="b1",
        agency="north",
        product="loan",
        principal=Decimal(10_000),
        overdue=Decimal(2_000),
        days_past_due=45,
    )
    return replace(made, **details)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)


def worth(*cases: Case, p_met: float = 0.5, **others: Any) -> Value:
    return visit_value(cases, p_met, ON, ZONE, **others)


def amounts(value: Value) -> dict[str, Decimal]:
    return {term.name: term.amount for term in value.terms}


def test_the_terms_of_a_case() -> None:
    # Recovery: 2000 x .22 (M2) x .5 met = 220. Waiting: 45 days x .50 x .5 met = 11.25.
    value = worth(case())
    assert amounts(value) == {"recovery": Decimal(220), "waiting": Decimal("11.25")}
    assert value.total == Decimal("231.25")


def test_each_term_says_how_it_was_reckoned() -> None:
    recovery, waiting = worth(case()).terms
    assert recovery.note == "case k1: 2,000.00 overdue x 0.22 paid if met (M2) x 0.50 met"
    assert waiting.note == "45 days without a visit x 0.50 x 0.50 met"


def test_all_cases_of_the_borrower_count_and_the_wait_once() -> None:
    # 1000 x .25 (M1) x .5 = 125 on top; the longer wait of the two is the borrower's.
    both = worth(case(), case(id="k2", overdue=Decimal(1_000), days_past_due=10))
    assert [term.name for term in both.terms] == ["recovery", "recovery", "waiting"]
    assert both.total == Decimal("231.25") + 125


def test_a_visit_ends_the_wait() -> None:
    visited = case(visited_at=noon(ON - timedelta(days=4)))
    assert days_waiting([visited], ON, ZONE) == 4
    past = [PastVisit("b1", noon(YESTERDAY)), PastVisit("b1", noon(TOMORROW))]
    assert days_waiting([visited], ON, ZONE, past) == 1, "tomorrow's visit is not made yet"


def test_the_day_of_a_visit_is_the_citys() -> None:
    # 17:00 in UTC is 1:00 of the next day in Shanghai.
    late = datetime.combine(ON - timedelta(days=3), time(17), UTC)
    assert days_waiting([case(visited_at=late)], ON, ZONE) == 2


def test_a_small_case_that_waits_overtakes_a_larger_one_seen_lately() -> None:
    # 100 x .05 (M7) x .5 = 2.50 and 180 days x .50 x .5 = 45; against 300 x .25 x .5 = 37.50
    # and a day's .25.
    small = worth(case(overdue=Decimal(100), days_past_due=400))
    large = worth(case(overdue=Decimal(300), days_past_due=20, visited_at=noon(YESTERDAY)))
    assert (small.total, large.total) == (Decimal("47.50"), Decimal("37.75"))


def test_an_assigned_case_is_always_worth_the_trip() -> None:
    value = worth(case(is_assigned=True, overdue=Decimal(0)), p_met=0.0)
    assert amounts(value)["assigned"] == VisitPrices().assigned
    # A whole day on the road and in overtime costs a crew of two 24 x (60 + 90) x 2 = 7,200.
    assert value.total > 7_200


def test_prices_are_the_callers() -> None:
    prices = VisitPrices({"M2": Decimal("0.5")}, Decimal(1), 30, Decimal(7))
    # 2000 x .5 x .5 = 500; 30 of the 45 days x 1 x .5 = 15; assigned 7.
    assert worth(case(is_assigned=True), prices=prices).total == 522


def test_a_later_bucket_never_pays_better() -> None:
    chances = [P_PAID_IF_MET[f"M{number}"] for number in range(8)]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] > 0
    assert chances[0] <= Decimal("0.255"), "the priors' .35 x .50 + .08"


@pytest.mark.parametrize("p_met", [-0.1, 1.1, float("nan")])
def test_no_chance_is_refused(p_met: float) -> None:
    with pytest.raises(ValueError, match="chance of meeting"):
        worth(case(), p_met=p_met)


money = st.decimals(0, 10**9, places=2)
chances = st.floats(0, 1)


@given(money, money, chances, st.integers(0, 2000))
def test_more_overdue_is_never_worth_less(a: Decimal, b: Decimal, p_met: float, days: int) -> None:
    less, more = (case(overdue=sum_, days_past_due=days) for sum_ in sorted((a, b)))
    assert worth(less, p_met=p_met).total <= worth(more, p_met=p_met).total


@given(money, chances, chances, st.integers(0, 2000), st.booleans())
def test_a_better_chance_is_never_worth_less(
    overdue: Decimal, p: float, q: float, days: int, is_assigned: bool
) -> None:
    one = case(overdue=overdue, days_past_due=days, is_assigned=is_assigned)
    assert worth(one, p_met=min(p, q)).total <= worth(one, p_met=max(p, q)).total


@given(st.integers(1, 400), st.integers(1, 400), chances)
def test_a_longer_wait_is_never_worth_less(a: int, b: int, p_met: float) -> None:
    short, long = (case(visited_at=noon(ON - timedelta(days=days))) for days in sorted((a, b)))
    assert worth(short, p_met=p_met).total <= worth(long, p_met=p_met).total


@given(money, chances, st.integers(0, 2000), st.booleans())
def test_the_total_is_the_sum_of_whole_cents(
    overdue: Decimal, p_met: float, days: int, is_assigned: bool
) -> None:
    value = worth(case(overdue=overdue, days_past_due=days, is_assigned=is_assigned), p_met=p_met)
    assert value.total == sum(term.amount for term in value.terms)
    assert value.total * 100 % 1 == 0


@pytest.mark.parametrize(
    ("one", "is_must"),
    [
        (case(), False),
        (case(promise_due=ON), True),
        (case(promise_due=TOMORROW), False),
        (case(promise_due=YESTERDAY), True),  # due yesterday, and nobody has been there since
        (case(promise_due=YESTERDAY, visited_at=noon(YESTERDAY)), False),
        (case(promise_due=ON, visited_at=noon(YESTERDAY)), True),
        (case(appointment=Window(noon(ON), noon(ON) + timedelta(hours=1))), True),
        (case(appointment=Window(noon(TOMORROW), noon(TOMORROW) + timedelta(hours=1))), False),
        (case(is_assigned=True, overdue=Decimal(10**6)), False),  # money never makes a must
    ],
)
def test_what_comes_before_any_sum(one: Case, is_must: bool) -> None:
    assert is_must_visit([one], ON, ZONE) is is_must
    assert is_must_visit([case(id="k2"), one], ON, ZONE) is is_must, "one of her cases is enough"


def test_an_appointment_is_on_the_citys_day() -> None:
    # 20:00 UTC on the 22nd is 4:00 on the 23rd in Shanghai.
    start = datetime.combine(YESTERDAY, time(20), UTC)
    appointed = case(appointment=Window(start, start + timedelta(hours=1)))
    assert is_must_visit([appointed], ON, ZONE)
    assert not is_must_visit([appointed], YESTERDAY, ZONE)


def test_a_visit_since_the_promise_closes_it() -> None:
    promised = case(promise_due=ON - timedelta(days=3))
    assert is_must_visit([promised], ON, ZONE, past=[PastVisit("b1", noon(ON - timedelta(days=4)))])
    assert not is_must_visit([promised], ON, ZONE, past=[PastVisit("b1", noon(YESTERDAY))])
