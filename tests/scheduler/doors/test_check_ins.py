"""Which check-ins are taken for a door's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.point import Point
from scheduler.doors import CheckIn, visits_by_place
from scheduler.lifecycle import Code
from tests.scheduler.doors.standing import DOOR, check_in, off

NOWHERE: dict[str, list[Point]] = {}


def taken(*told: CheckIn, offices: dict[str, list[Point]] = NOWHERE) -> list[CheckIn]:
    return visits_by_place(told, offices).get("P1", [])


def test_the_surest_fix_of_a_visit_speaks_for_it() -> None:
    arrive = check_in(0, 30 + 0j, accuracy_m=40.0)
    leave = replace(check_in(0, 2j, accuracy_m=8.0), at=arrive.at + timedelta(minutes=20))
    assert taken(arrive, leave) == [leave]
    assert taken(leave, arrive, check_in(1)) == [leave, check_in(1)]


def test_two_crews_at_one_door_on_one_day_are_two_visits() -> None:
    other = check_in(0, 5j, crew=("bea",), told_by="bea")
    assert taken(check_in(0), other) == [check_in(0), other]


@given(st.permutations([check_in(n % 3, n * 1j, accuracy_m=9.0 + n % 2) for n in range(6)]))
def test_the_order_in_which_they_are_told_does_not_matter(told: list[CheckIn]) -> None:
    assert taken(*told) == taken(*sorted(told, key=lambda one: one.stood.lat))


def test_the_same_fix_twice_counts_once() -> None:
    again = replace(check_in(0), at=check_in(0).at + timedelta(minutes=9))
    assert taken(check_in(0), again) == taken(check_in(0))


def test_a_phone_that_is_unsure_is_not_heard() -> None:
    assert taken(check_in(0, accuracy_m=100.0)) != []
    assert taken(check_in(0, accuracy_m=100.1)) == []


@pytest.mark.parametrize(
    ("code", "stood_at_her_door"),
    [
        (Code.PTP, True),
        (Code.NOT_HOME, True),
        ("", True),
        (Code.NOT_FOUND, False),
        (Code.INVALID, False),
        (Code.MOVED, False),
        (Code.GUARD_REFUSED, False),
        (Code.NOT_REACHED, False),
    ],
)
def test_what_came_of_it_tells_whether_they_stood_there(code: str, stood_at_her_door: bool) -> None:
    assert bool(taken(check_in(0, code=code))) is stood_at_her_door


def test_only_somebody_who_answers_shows_whose_door_it_is() -> None:
    codes = ("PTP", "HOUSEHOLD_ONLY", "NOT_HOME", "NO_ANSWER_LIKELY_HOME", "")
    answered = [check_in(0, code=code).was_answered for code in codes]
    assert answered == [True, True, False, False, False]


def test_who_presses_at_the_office_has_not_set_out() -> None:
    office = off(300 + 0j)
    near = check_in(0, 270 + 0j)  # 30 m from it
    assert taken(near, offices={"ann": [DOOR, office]}) == []
    assert taken(near, offices={"bea": [office]}) == [near]
    assert taken(check_in(0, 240 + 0j), offices={"ann": [office]}) != []  # 60 m


def test_a_fix_that_was_told_of_another_place_before_is_the_phones_memory() -> None:
    first = check_in(0, place_id="P0")
    stale = replace(check_in(0), at=first.at + timedelta(hours=1))
    assert taken(first, stale) == []
    # Another phone, or another day, has measured it anew; and so has a step of a metre.
    assert taken(first, replace(stale, told_by="bea", crew=("bea",))) != []
    assert taken(first, check_in(1)) != []
    assert taken(first, replace(stale, stood=off(1 + 0j))) != []
