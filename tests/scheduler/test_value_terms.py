"""What moves a visit's value: her history, a score, ageing, promises, an appointment."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.dossier import NOTHING_KNOWN, Dossier
from scheduler.model import Case, Window
from scheduler.payments import Payment
from scheduler.promises import Promise, PromiseStatus
from scheduler.scores import Score
from scheduler.value import Value, VisitPrices, visit_value
from scheduler.value.chance import newest_score, p_paid
from tests.scheduler.test_value import ON, YESTERDAY, ZONE, amounts, case, noon

PRICES = VisitPrices()
PRIOR = Decimal("0.22")
"""Of M2, the bucket of `case`."""


def promise(status: PromiseStatus, days_ago: int = 10, **others: Any) -> Promise:
    due = ON - timedelta(days=days_ago)
    told: dict[str, Any] = {"case_id": "k1"} | others
    return Promise(
        1,
        "b1",
        amount=Decimal(100),
        due=due,
        given_at=noon(due),
        source="s",
        status=status,
        **told,
    )


KEPT, BROKEN = promise(PromiseStatus.KEPT), promise(PromiseStatus.BROKEN)


def payment(days_ago: int, amount: int = 50) -> Payment:
    return Payment("p", "k1", Decimal(amount), noon(ON - timedelta(days=days_ago)))


def score(chance: str, days_ago: int = 0, source: str = "bureau", case_id: str = "k1") -> Score:
    return Score(case_id, source, ON - timedelta(days=days_ago), Decimal(chance))


def chance(**known: Any) -> Decimal:
    return p_paid(case(), Dossier(**known), ON, ZONE, PRICES).p


def worth(one: Case, p_met: float = 0.5, dossier: Dossier = NOTHING_KNOWN, **how: Any) -> Value:
    return visit_value([one], p_met, ON, ZONE, dossier=dossier, **how)


# --- history


def test_without_a_history_the_bucket_speaks() -> None:
    assert chance() == PRIOR


def test_promises_move_the_chance_from_the_buckets() -> None:
    # Six times the prior's .22 = 1.32; one kept of one: 2.32 / 7; one broken: 1.32 / 7.
    assert chance(promises=(KEPT,)) == Decimal("2.32") / 7
    assert chance(promises=(BROKEN,)) == Decimal("1.32") / 7
    assert chance(promises=(promise(PromiseStatus.PARTLY_KEPT),)) == Decimal("1.82") / 7


def test_promises_that_have_not_ended_tell_nothing() -> None:
    open_ = promise(PromiseStatus.OPEN, -3)
    assert chance(promises=(open_, promise(PromiseStatus.WITHDRAWN))) == PRIOR


def test_months_with_a_payment_count_and_at_most_three() -> None:
    # 10 and 12 November are one month: 2.32 / 7. Five months count as three: 4.32 / 9.
    assert chance(payments=(payment(13), payment(11))) == Decimal("2.32") / 7
    five = tuple(payment(31 * n + 5) for n in range(5))
    assert chance(payments=five) == Decimal("4.32") / 9


def test_a_reversal_is_no_payment() -> None:
    assert chance(payments=(payment(5, -50),)) == PRIOR


def test_what_was_long_ago_is_forgotten() -> None:
    old = promise(PromiseStatus.BROKEN, 366)
    assert chance(promises=(old,), payments=(payment(366),)) == PRIOR


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 6))
def test_it_stays_a_chance_and_rises_with_each_kept_promise(
    kept: int, broken: int, months: int
) -> None:
    payments = tuple(payment(31 * n) for n in range(months))
    told = (KEPT,) * kept + (BROKEN,) * broken
    p = chance(promises=told, payments=payments)
    assert 0 < p < 1
    assert chance(promises=(*told, KEPT), payments=payments) > p
    assert chance(promises=(*told, BROKEN), payments=payments) < p


def test_the_reckoning_is_told() -> None:
    term = worth(case(), dossier=Dossier(promises=(KEPT,), scores=(score("0.6"),))).terms[0]
    # 2.32 / 7 = .331; half of the way to .6 is .466.
    assert term.note == (
        "case k1: 2,000.00 overdue x 0.22 paid if met (M2); 1 of 1 promises kept, 0 months with a "
        "payment: 0.331; score 0.6 of bureau, 2026-11-23: 0.466 x 0.50 met"
    )


# --- scores


def test_a_score_moves_the_chance_by_its_weight() -> None:
    assert chance(scores=(score("0.62"),)) == Decimal("0.42")  # half of the way from .22


@pytest.mark.parametrize(("days", "p"), [(90, "0.42"), (91, "0.22")])
def test_a_score_that_is_too_old_is_ignored_and_that_is_said(days: int, p: str) -> None:
    old = Dossier(scores=(score("0.62", days),))
    assert p_paid(case(), old, ON, ZONE, PRICES).p == Decimal(p)
    assert ("older than 90 days, ignored" in worth(case(), dossier=old).terms[0].note) is (
        days > 90
    )


def test_the_newest_score_of_the_case_speaks() -> None:
    told = [score("0.1", 3), score("0.2", 2), score("0.3", 1, case_id="k2"), score("0.4", -1)]
    assert newest_score("k1", told, ON) == told[1]
    assert newest_score("k9", told, ON) is None


# --- ageing


@pytest.mark.parametrize(
    ("days_past_due", "amount"),
    [
        # M2 ends on day 60, M3 recovers .04 less: 2000 x .04 x .5 met = 40, by the days left of 7.
        (53, None),
        (54, "5.71"),
        (60, "40.00"),
        (61, None),
    ],
)
def test_a_case_is_urgent_before_it_rolls(days_past_due: int, amount: str | None) -> None:
    found = amounts(worth(case(days_past_due=days_past_due))).get("ageing")
    assert found == (None if amount is None else Decimal(amount))


def test_the_last_bucket_does_not_age() -> None:
    assert "ageing" not in amounts(worth(case(days_past_due=400)))


# --- promises and appointments


def test_a_broken_promise_raises_the_value() -> None:
    broken = Dossier(promises=(BROKEN,))
    assert amounts(worth(case(), dossier=broken))["broken promise"] == 25
    assert worth(case(), dossier=broken).total < worth(case()).total + 25, "she pays less likely"


@pytest.mark.parametrize(("days_ago", "counts"), [(1, True), (30, True), (31, False)])
def test_a_promise_was_broken_lately_or_it_does_not_count(days_ago: int, *, counts: bool) -> None:
    told = Dossier(promises=(promise(PromiseStatus.BROKEN, days_ago),))
    assert ("broken promise" in amounts(worth(case(), dossier=told))) is counts


def test_a_promise_on_another_case_is_not_this_visits() -> None:
    told = Dossier(promises=(promise(PromiseStatus.BROKEN, case_id="k9"),))
    assert "broken promise" not in amounts(worth(case(), dossier=told))


def test_a_promise_that_is_due_is_a_term() -> None:
    assert amounts(worth(case(promise_due=YESTERDAY)))["promise due"] == 25
    due = Dossier(promises=(promise(PromiseStatus.OPEN, 0),))
    assert amounts(worth(case(), dossier=due))["promise due"] == 25
    assert "promise due" not in amounts(worth(case(promise_due=ON + timedelta(days=1))))


def test_an_appointment_is_worth_coming_whoever_opens() -> None:
    hour = Window(noon(ON), noon(ON) + timedelta(hours=1))
    assert amounts(worth(case(appointment=hour), p_met=0.0))["appointment"] == 100


# --- all of it


days = st.integers(-40, 0).map(lambda n: ON + timedelta(days=n))
dossiers = st.builds(
    Dossier,
    promises=st.lists(
        st.builds(promise, st.sampled_from(PromiseStatus), st.integers(0, 60)),
        max_size=3,
    ).map(tuple),
    payments=st.lists(st.builds(payment, st.integers(0, 400)), max_size=3).map(tuple),
    scores=st.lists(
        st.builds(score, st.sampled_from(["0", "0.5", "1"]), st.integers(0, 200)), max_size=2
    ).map(tuple),
)


@given(dossiers, st.integers(0, 400), st.floats(0, 1), st.floats(0, 1))
def test_a_better_chance_of_meeting_is_never_worth_less(
    known: Dossier, late: int, a: float, b: float
) -> None:
    low, high = sorted((a, b))
    one = case(days_past_due=late)
    assert worth(one, low, known).total <= worth(one, high, known).total


@given(dossiers, st.integers(0, 400))
def test_no_term_is_below_nothing(known: Dossier, late: int) -> None:
    assert all(term.amount >= 0 for term in worth(case(days_past_due=late), 0.3, known).terms)


def test_the_day_of_a_payment_is_the_citys() -> None:
    """17:00 in UTC on 31 October is 1 November in Shanghai, a month of its own."""
    last = datetime.combine(date(2026, 10, 31), time(17), UTC)
    told = (Payment("a", "k1", Decimal(1), last), payment(40))  # 14 October
    assert chance(payments=told) == Decimal("3.32") / 8
