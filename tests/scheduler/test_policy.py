"""Which row of a policy holds, and what it says of a visit today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.dossier import Dossier
from scheduler.model import BUCKETS, Case, PastVisit, bucket, bucket_days
from scheduler.plan import LeftOut, Reason
from scheduler.policy import Policy, PolicyRow, Step
from scheduler.policy_screening import busiest, first_visit, next_step, too_often, why_no_visit
from scheduler.screening import Screened, screen
from tests.scheduler.little_book import ON, SHANGHAI, at, case, day, rules_of, window

VISIT = Step(Channel.VISIT, from_days=31, every_days=5, most=2, in_days=30)
CALL = Step(Channel.CALL, from_days=1, every_days=2)
LETTER = Step(Channel.LETTER, from_days=20, every_days=30)


def policy(*rows: PolicyRow) -> Policy:
    return Policy("little", "D: made up", rows, number=3)


STRICT = policy(
    PolicyRow((VISIT, CALL), products=("*vehicle*",), crew_size=3),
    PolicyRow((CALL, LETTER, replace(VISIT, from_days=45)), buckets=("M1", "M2")),
    PolicyRow((CALL,), buckets=("M3",), risks=("low",)),
    PolicyRow((VISIT,), buckets=("M3",)),
    PolicyRow((), buckets=("M0",)),
    PolicyRow((replace(VISIT, from_days=120),)),
)
"""Vehicle loans from 31 days on; others from 45, but low risks of M3; later ones from 120."""


def late(days: int, **others: Any) -> Case:
    return case("k1", days_past_due=days, **others)


def called(days_ago: int, channel: Channel = Channel.CALL) -> Contact:
    at_ = datetime(ON.year, ON.month, ON.day, 10, tzinfo=SHANGHAI) - timedelta(days=days_ago)
    return Contact("key", "b1", channel, Direction.OUT, Party.NOBODY, ContactResult.NO_ANSWER, at_)


def why(of: Case, *contacts: Contact) -> str:
    return why_no_visit(STRICT, of, contacts, ON, SHANGHAI)


# --- rows


@pytest.mark.parametrize(
    ("which", "row"),
    [
        (("M1", "New Vehicle loan", ""), 0),  # the pattern takes any case of letters
        (("M1", "card", ""), 1),
        (("M3", "card", "LOW"), 2),
        (("M3", "card", ""), 3),
        (("M0", "card", ""), 4),
        (("M6", "card", "low"), 5),
    ],
)
def test_the_first_row_that_fits_holds(which: tuple[str, str, str], row: int) -> None:
    assert STRICT.row(*which) is STRICT.rows[row]


def test_no_row_is_no_visit() -> None:
    told = why_no_visit(policy(PolicyRow((VISIT,), buckets=("M1",))), late(40), (), ON, SHANGHAI)
    assert told == (
        "k1 is 40 days past due (M2), and policy 3 asks for no visit; it asks for no other step"
    )


@given(st.integers(0, 4000))
def test_a_buckets_days_are_its_own(days: int) -> None:
    first, last = bucket_days(bucket(days))
    assert first <= days <= (days if last is None else last)
    assert last is None or bucket(last + 1) != bucket(days) == bucket(last)


# --- from when on


@pytest.mark.parametrize(("days", "is_asked"), [(44, False), (45, True), (60, True)])
def test_a_visit_is_asked_for_from_its_day_on(days: int, *, is_asked: bool) -> None:
    assert (why(late(days)) == "") is is_asked


def test_it_is_said_when_a_visit_comes_and_what_comes_first() -> None:
    # 45 - 40 = 5 days after 23 November. Nobody has called: that can be done today.
    assert why(late(40)) == (
        "k1 is 40 days past due (M2), and policy 3 asks for a visit from 45 days on: 2026-11-28; "
        "next is call on 2026-11-23"
    )


def test_the_next_step_heeds_what_was_done() -> None:
    # Called today, again in 2 days; the letter is due since day 20, and was sent 29 days ago.
    assert why(late(40), called(0), called(29, Channel.LETTER)).endswith(
        "next is letter on 2026-11-24"
    )
    assert why(late(40), called(0), called(9, Channel.LETTER)).endswith(
        "next is call on 2026-11-25"
    )


def test_a_step_of_a_later_day_is_told_by_its_day() -> None:
    row = PolicyRow((LETTER,))
    told = next_step(row, late(5), (), ON, SHANGHAI)
    assert told is not None
    assert (told.channel, told.on) == (Channel.LETTER, ON + timedelta(days=15))


def test_a_call_that_came_in_is_none_of_ours() -> None:
    heard = replace(called(0), direction=Direction.IN)
    assert why(late(40), heard).endswith("next is call on 2026-11-23")


def test_a_visit_may_come_in_a_later_bucket() -> None:
    # M3 asks low risks for calls alone; M4 asks for a visit from 120 days on, its last.
    assert first_visit(STRICT, late(70, risk="low")) == 120
    assert first_visit(STRICT, late(70)) == 70
    assert first_visit(STRICT, late(5)) == 45
    assert first_visit(policy(PolicyRow((CALL,))), late(5)) is None


@given(st.integers(0, 400), st.sampled_from(["card", "vehicle"]), st.sampled_from(["", "low"]))
def test_the_day_that_is_told_is_the_first_on_which_a_visit_is_asked_for(
    days: int, product: str, risk: str
) -> None:
    """Judged day by day, as the case grows older."""
    one = late(days, product=product, risk=risk)
    later = (replace(one, days_past_due=n) for n in range(days, 600))
    asked = next(each.days_past_due for each in later if not why(each))
    assert first_visit(STRICT, one) == asked


def test_an_assigned_case_is_not_screened_again() -> None:
    assert why(late(3, is_assigned=True)) == ""


def test_an_appointment_of_the_day_is_kept() -> None:
    assert why(late(3, appointment=window("10:00-11:00"))) == ""
    assert why(late(3, appointment=window("10:00-11:00", date(2026, 11, 24))))


# --- how often


def seen(*days_ahead: int) -> list[PastVisit]:
    noon = datetime(ON.year, ON.month, ON.day, 12, tzinfo=SHANGHAI)
    return [PastVisit("b1", noon + timedelta(days=days)) for days in days_ahead]


def often(of: Case, *days_ahead: int) -> str:
    return too_often(STRICT, of, seen(*days_ahead), ON, SHANGHAI)


@pytest.mark.parametrize(("days", "is_said"), [(-4, True), (4, True), (-5, False), (5, False)])
def test_days_between_visits_hold_either_way(days: int, *, is_said: bool) -> None:
    expected = f"policy 3 asks for 5 days from one visit to the next, and one is on {at_day(days)}"
    assert often(late(50), days) == (expected if is_said else "")


def at_day(ahead: int) -> date:
    return ON + timedelta(days=ahead)


def test_the_most_visits_of_a_period_hold() -> None:
    assert often(late(50), -6, -29) == (
        "policy 3 allows 2 visits in 30 days, and 2 are around 2026-11-23"
    )
    assert often(late(50), -6, -30) == "", "30 days ago is another period"
    assert often(late(50), -20, 20) == "", "no 30 days hold both and today"


def test_a_visit_that_the_lender_tells_of_counts_once() -> None:
    told = late(50, visited_at=at("12:00", ON - timedelta(days=6)))
    assert often(told) == ""
    assert often(told, -6) == ""
    assert often(told, -12)


def test_how_often_does_not_bind_assigned_cases() -> None:
    assert often(late(50, is_assigned=True), -1) == ""


@given(st.sets(st.integers(-40, 40)), st.integers(1, 35))
def test_the_busiest_days_hold_today(ahead: set[int], span: int) -> None:
    """Counted by trying every run of days that holds today."""
    days = {at_day(n) for n in ahead}
    runs = ({at_day(first + n) for n in range(span)} for first in range(1 - span, 1))
    assert busiest(days, ON, span) == max(len(days & run) for run in runs)


# --- screening


def screened(*cases: Case, **others: Any) -> Screened:
    made = replace(day(list(cases)), policy=STRICT, **others)
    return screen(made, rules_of())


def test_a_day_without_a_policy_is_screened_by_none() -> None:
    assert screen(day([late(3)]), rules_of()).left_out == ()


def test_a_case_that_no_visit_is_asked_for_is_left_out_and_the_other_visited() -> None:
    found = screened(case("k1", days_past_due=95, product="vehicle"), case("k2", days_past_due=10))
    assert [one.case_ids for one in found.candidates] == [("k1",)]
    (out,) = found.left_out
    assert (out.visit_id, out.reason, out.case_ids) == ("b1/k2", Reason.POLICY, ("k2",))


def test_where_no_case_is_asked_for_she_is_left_out_once() -> None:
    found = screened(case("k1", days_past_due=3), case("k2", days_past_due=10))
    assert found.candidates == ()
    (out,) = found.left_out
    assert (out.visit_id, out.case_ids) == ("b1", ("k1", "k2"))


def test_what_the_book_tells_of_contacts_is_heeded() -> None:
    found = screened(case("k1", days_past_due=10), dossiers={"b1": Dossier((called(1),))})
    assert found.left_out[0].detail.endswith("next is call on 2026-11-24")


def test_a_rule_speaks_before_how_often() -> None:
    # Yesterday's visit is against the profile's 3 days and against the policy's 5.
    (told,) = screened(late(50), past=seen(-1)).left_out
    assert (told.reason, told.rule) == (Reason.RULE, "days_between_visits")
    (told,) = screened(late(50), past=seen(-4)).left_out
    assert told == LeftOut("b1", Reason.POLICY, often(late(50), -4), case_ids=("k1",))


def test_the_row_says_how_many_go() -> None:
    assert size_of(late(50, product="vehicle")) == 3
    assert size_of(late(50)) == 2, "the law's"


def size_of(one: Case) -> int:
    made = replace(day([one]), policy=STRICT)
    return build_problem(made, rules_of(), StraightLineTimes()).visits[0].crew_size


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=6))
def test_every_case_stands_in_one_place(told: list[tuple[int, bool]]) -> None:
    cases = [
        case(f"k{n}", f"b{n % 3}", days_past_due=days, is_assigned=is_assigned)
        for n, (days, is_assigned) in enumerate(told)
    ]
    found = screened(*cases)
    going = [id for one in found.candidates for id in one.case_ids]
    out = [id for one in found.left_out for id in one.case_ids]
    assert sorted(going + out) == sorted(each.id for each in cases)
    assert {each.id for each in cases if each.is_assigned} <= set(going)


def test_the_buckets_are_those_of_the_trade() -> None:
    assert [bucket(days) for days in (0, 1, 30, 31, 180, 181)] == [
        *("M0", "M1", "M1", "M2", "M6", "M7")
    ]
    assert BUCKETS[0] == "M0"
