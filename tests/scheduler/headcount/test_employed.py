"""A team of any size: who is hired where, and who works when."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, islice, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.point import Point, distance_m
from scheduler.headcount.employed import Employed
from scheduler.headcount.hiring import starts_for
from scheduler.headcount.hours import Hours
from scheduler.headcount.scenario import Scenario
from scheduler.model import Break, Shift
from scheduler.staffing.believed import Attendance, is_absent
from scheduler.staffing.chance import Chance
from tests.scheduler.headcount.weeks_of_a_town import owing
from tests.scheduler.little_book import ON, SHANGHAI, at, collector, spot, window


def far_m(cases: list[Point], starts: list[Point]) -> float:
    return sum(min(distance_m(case, start) for start in starts) for case in cases)


@given(
    st.lists(st.integers(0, 400), min_size=2, max_size=8),
    st.lists(st.integers(0, 400), min_size=1, max_size=2),
)
def test_the_first_hire_is_the_best_of_all_places(cases: list[int], starts: list[int]) -> None:
    places, there = [spot(step) for step in cases], [spot(step) for step in starts]
    hired = next(starts_for(places, there))
    best = min(far_m(places, [*there, place]) for place in places)
    assert far_m(places, [*there, hired]) == pytest.approx(best, abs=1e-3)


@given(st.lists(st.integers(0, 400), min_size=3, max_size=7, unique=True))
def test_two_hires_one_by_one_are_nearly_the_best_two(cases: list[int]) -> None:
    """What each saves is submodular: greedy saves 1 - 1/e of the most at least (Nemhauser 1978)."""
    places = [spot(step) for step in cases]
    there = [spot(1000)]
    begin_m = far_m(places, there)
    saved_m = begin_m - far_m(places, [*there, *islice(starts_for(places, there), 2)])
    most_m = max(begin_m - far_m(places, [*there, *two]) for two in combinations(places, 2))
    assert saved_m >= (1 - 1 / np.e) * most_m - 1e-3


def test_a_book_without_places_hires_nobody() -> None:
    assert list(starts_for([], [spot(0)])) == []


def test_a_larger_team_holds_every_smaller_one() -> None:
    first = owing(5)
    teams = [Employed.of(first, Scenario(count)).collectors for count in range(7)]
    assert [len(team) for team in teams] == list(range(7))
    assert all(more[: len(fewer)] == fewer for fewer, more in pairwise(teams))


def test_who_is_on_shift_stays_before_who_is_not() -> None:
    first = owing(2, collectors=[collector("abe"), collector("ann"), collector("ben")])
    assert [one.id for one in Employed.of(first, Scenario(2)).collectors] == ["ann", "ben"]


def test_who_is_hired_has_the_hours_that_most_have() -> None:
    first = owing(3)
    team = Employed.of(first, Scenario(3))
    shift = team.hours["hire 1"].on(ON + timedelta(days=1), "hire 1", SHANGHAI)
    assert shift.window == window("09:00-18:00", ON + timedelta(days=1))


def test_hours_of_another_day_read_the_same_on_the_clock() -> None:
    lunch = Break(window("12:00-14:00"), timedelta(minutes=45))
    shift = Shift("ann", window("09:00-18:00"), (lunch,), timedelta(minutes=30))
    hours = Hours.of(shift, SHANGHAI)
    assert hours.on(ON, "ann", SHANGHAI) == shift
    later = hours.on(ON + timedelta(days=9), "ann", SHANGHAI)
    assert later.breaks[0].window.start == at("12:00", ON + timedelta(days=9))


def test_shorter_hours_keep_the_breaks_inside_them() -> None:
    lunch = Break(window("12:00-14:00"), timedelta(minutes=45))
    hours = Hours.of(Shift("ann", window("09:00-18:00"), (lunch,)), SHANGHAI)
    assert hours.between(at("10:00").time(), at("19:00").time()).rests
    assert not hours.between(at("13:00").time(), at("19:00").time()).rests


@pytest.mark.parametrize("weekends", [False, True])
@given(days_a_week=st.integers(1, 7), number=st.integers(0, 50))
def test_nobody_works_more_days_of_a_week_than_were_asked(
    weekends: bool, days_a_week: int, number: int
) -> None:
    team = Employed.of(owing(1), Scenario(1, days_a_week=days_a_week, weekends=weekends))
    week = [ON + timedelta(days=ahead) for ahead in range(7)]
    worked = sum(team.works(number, on, is_working=on.weekday() < 5) for on in week)
    assert worked == (days_a_week if weekends else min(5, days_a_week))


def test_the_share_that_is_absent_is_the_one_asked_for() -> None:
    """1,000 draws of 0.2 lie within 0.2 ± 4 x 0.0126 in all but one of ten thousand cases."""
    team = Employed.of(owing(1), Scenario(1, absence=0.2))
    absent = [
        team.is_absent("ann", ON + timedelta(days=ahead), Chance(3), 0) for ahead in range(1000)
    ]
    assert abs(np.mean(absent) - 0.2) < 0.05


def test_who_does_not_show_up_is_not_who_said_so_in_the_morning() -> None:
    """Of those who come a tenth stay away all the same: 0.1 ± 4 x 0.0086 of some 1,200."""
    team, chance = Employed.of(owing(1), Scenario(1, absence=0.4)), Chance(3)
    comes = np.array([not team.is_absent("ann", ON, chance, number) for number in range(2000)])
    stays_away = is_absent(chance, Attendance(absent=0.1), "ann", ON.toordinal(), np.arange(2000))
    assert abs(stays_away[comes].mean() - 0.1) < 0.035
