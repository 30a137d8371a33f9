"""What a week asks for, as days of it tell; and teams that work the weeks settled by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import numpy as np
import pytest

from scheduler.headcount.book import Book
from scheduler.headcount.demand import Demand, Line, Shifts
from scheduler.headcount.employed import Employed
from scheduler.headcount.pilot import how_often, week_of_demand
from scheduler.headcount.roster import TeamWeek, lawful_weeks, team_week
from scheduler.headcount.scenario import Scenario, Target
from scheduler.headcount.weeks import Weeks
from scheduler.model import PastVisit
from scheduler.staffing.chance import Chance
from tests.scheduler.headcount.weeks_of_a_town import owing, weeks
from tests.scheduler.little_book import ON

E, L = Shifts.EARLY, Shifts.LATE
SHORT = Scenario(1, Target("M2", 7), hours=(time(9), time(9, 35)), absence=0.0)


def asked_of(scenario: Scenario, count: int = 6) -> Demand:
    first = owing(count)
    return week_of_demand(weeks(first, scenario).means, first, scenario, Chance(1), 2)


def test_each_of_a_team_makes_a_visit_on_each_day_that_is_worked() -> None:
    """Thirty-five minutes hold one visit; teams of two and four make two and four."""
    demand = asked_of(SHORT)
    assert demand.lines[0][0] == Line(1.0, 0.0)
    assert demand.lines[0][-1] == Line(0.0, 6.0), "six visits are open"
    assert [bool(lines) for lines in demand.lines] == [True] * 5 + [False] * 2
    assert demand.late == ()


def test_weekends_that_are_worked_ask_for_people_too() -> None:
    assert all(asked_of(replace(SHORT, weekends=True)).lines)


def test_an_evening_of_twice_the_length_is_worth_two_of_the_day() -> None:
    """Twenty minutes a visit, a minute between doors: fifty-five minutes hold two of them."""
    evening = replace(SHORT, evening=(time(18), time(18, 55)))
    assert asked_of(evening).late == (2.0,) * 5 + (0.0,) * 2


def test_an_evening_after_the_lawful_hours_is_worth_nothing() -> None:
    night = replace(SHORT, evening=(time(22), time(23)))
    assert asked_of(night).late == (0.0,) * 7


@pytest.mark.parametrize("count", [1, 3])
def test_a_team_works_the_week_that_was_settled(count: int) -> None:
    scenario = replace(SHORT, employed=count, weekends=True)
    week = team_week(count, asked_of(scenario), lawful_weeks(scenario))
    first = owing(12)
    made = replace(weeks(first, scenario), team=Employed.of(first, scenario, week))
    days = list(made.execution(Book(first, Chance(1))))
    came = [sum(one[day.on.weekday()] is not None for one in week.patterns) for day in days]
    assert [day.on_shift for day in days] == came
    assert sum(came) == 5 * count


def test_who_works_late_has_the_evenings_hours() -> None:
    scenario = replace(SHORT, employed=2, evening=(time(12), time(21)))
    week = TeamWeek(((E,) * 5 + (None, None), (L,) * 5 + (None, None)))
    team = Employed.of(owing(2), scenario, week)
    assert [team.hours_on(n, ON).worked[0] for n in (0, 1)] == [
        timedelta(hours=9), timedelta(hours=12)
    ]  # fmt: skip
    saturday = ON + timedelta(days=5)
    assert not team.works(1, saturday, is_working=False)
    assert team.works(1, saturday, is_working=True), "worked for a holiday, as a Monday is"


def test_nobody_asked_for_a_day_changes_who_is_off() -> None:
    """The week of four is the first four of five, where nothing else brings half a visit more."""
    scenario = replace(SHORT, weekends=True)
    demand, lawful = asked_of(scenario), lawful_weeks(scenario)
    assert team_week(5, demand, lawful).patterns[:4] == team_week(4, demand, lawful).patterns


def test_a_pilot_of_a_book_of_nobody_asks_for_nobody() -> None:
    demand = asked_of(replace(SHORT, weekends=True), count=0)
    assert demand.covered((9,) * 7) == 0
    team = team_week(2, demand, lawful_weeks(replace(SHORT, weekends=True)))
    assert len(team.patterns) == 2


def test_a_week_is_settled_for_teams_that_do_not_exist_yet() -> None:
    scenario = replace(SHORT, employed=30, weekends=True)
    week = team_week(30, asked_of(scenario), lawful_weeks(scenario))
    first = owing(3)
    team = Employed.of(first, scenario, week)
    made = Weeks(weeks(first, scenario).means, team, np.arange(1))
    day = made.day(Book(first, Chance(1)), ON)
    assert day.on_shift == sum(one[0] is not None for one in week.patterns)


def test_who_was_visited_lately_makes_no_weekday_a_slack_one() -> None:
    """None of six may be visited again for three days: on Monday nobody, a week later all."""
    first = owing(6)
    sunday = datetime.combine(ON - timedelta(days=1), time(10), first.zone)
    lately = [PastVisit(one.borrower_id, sunday, was_met=True) for one in first.cases]
    first = replace(first, past=lately)
    demand = week_of_demand(weeks(first, SHORT).means, first, SHORT, Chance(1), 2)
    assert [lines[-1].intercept for lines in demand.lines[:5]] == [6.0] * 5


def test_a_weekday_counts_as_often_as_it_comes() -> None:
    """Of four days from Monday on each comes once, and on the others nobody needs to work."""
    assert how_often(SHORT.days(ON)) == [1] * 7
    assert how_often([ON + timedelta(days=ahead) for ahead in range(4)]) == [7 / 4] * 4 + [0] * 3
    ten = how_often([ON + timedelta(days=ahead) for ahead in range(10)])
    assert ten == pytest.approx([1.4] * 3 + [0.7] * 4)
    line = Demand(((Line(2.0, 1.0),),) * 7)
    short = line.weighed([1, 2, 0, 0, 0, 0, 0])
    assert short.lines == ((Line(2.0, 1.0),), (Line(4.0, 2.0),), (), (), (), (), ())


def test_who_works_four_days_of_weeks_is_off_when_they_are_over() -> None:
    """Weekends are worked and four days asked for, from Monday on: nobody is off on one of them."""
    scenario = replace(SHORT, target=Target("M2", 4), weekends=True)
    week = team_week(3, asked_of(scenario), lawful_weeks(scenario))
    assert [at for one in week.patterns for at in range(4) if one[at] is None] == []
