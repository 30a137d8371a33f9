"""Weeks with a book for each replication, with nothing left to chance and with luck."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import numpy as np
import pytest

from scheduler.engines.greedy import GreedyEngine
from scheduler.headcount.book import Book
from scheduler.headcount.feedback import how_far, reference_path, replicated, stacked
from scheduler.headcount.scenario import Scenario, Target
from scheduler.headcount.tallying import outcome_of
from scheduler.headcount.weeks import Weeks
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.staffing.believed import Believed
from scheduler.staffing.chance import Chance
from tests.scheduler.headcount.weeks_of_a_town import owing, weeks

FIRST = owing(12)
TWO_DAYS_OFF = Scenario(2, Target("M2", 9), hours=(time(9), time(10)), absence=0.0)


def believed(problem: Problem) -> Believed:
    return Believed(problem, Chance(1), problem.origin.date().toordinal())


def begun_with(problem: Problem, plan: Plan) -> Plan:
    return GreedyEngine(improves=False).solve(problem, lambda: 0.0, warm_start=plan).plan


def fed_back(scenario: Scenario, reps: int = 4, **said: Any) -> tuple[Weeks, Book]:
    return weeks(FIRST, scenario, reps, **said), Book(FIRST, Chance(1))


def test_with_all_chance_switched_off_both_modes_are_one() -> None:
    made, book = fed_back(TWO_DAYS_OFF)
    path = reference_path(made, book)
    came = stacked(replicated(made, book, range(4)))
    assert (came.reached == path.came.reached).all()
    assert came.made.tolist() == path.came.made.tolist() == [came.made[0]] * 4
    assert {name: one.mean for name, one in how_far(came, path.came).items()} == dict.fromkeys(
        ("coverage", "made", "met", "recovered", "overtime_hours"), 0.0
    )


def test_the_first_replication_is_the_reference_path() -> None:
    """It has the same book and luck, and is planned anew alike: a path differs in others only."""
    made, book = fed_back(replace(TWO_DAYS_OFF, absence=0.2), world=believed)
    path = reference_path(made, book)
    came = stacked(replicated(made, book, range(4)))
    for name in ("made", "met", "recovered", "people_s", "travel_s", "shifts", "out", "crews"):
        assert getattr(came, name)[0] == getattr(path.came, name)[0], name
    assert (came.reached[:, 0] == path.came.reached[:, 0]).all()
    assert (came.reached != path.came.reached).any()


def test_absence_is_each_replications_own() -> None:
    made, book = fed_back(replace(TWO_DAYS_OFF, absence=0.5), 8, world=believed)
    came = stacked(replicated(made, book, range(8)))
    assert len(set(came.shifts.tolist())) > 1


def test_plans_begun_with_the_reference_path_are_the_same_where_days_are() -> None:
    """A plan that is begun whole has nothing left to be filled in."""
    made, book = fed_back(TWO_DAYS_OFF)
    path = reference_path(made, book)
    begun = replace(made, means=replace(made.means, plan_from=begun_with), known=path.known)
    assert (stacked(replicated(begun, book, [0])).reached[:, 0] == path.came.reached[:, 0]).all()


def test_replications_are_the_same_alone_and_among_others() -> None:
    made, book = fed_back(replace(TWO_DAYS_OFF, absence=0.3), world=believed)
    among, alone = replicated(made, book, range(3))[2], replicated(made, book, [2])[0]
    assert (among.reached == alone.reached).all()
    assert among.recovered.tolist() == alone.recovered.tolist()


def test_nothing_is_put_together_of_nothing_or_of_other_days() -> None:
    made, book = fed_back(TWO_DAYS_OFF, 1)
    one = outcome_of(FIRST, made.execution(book), TWO_DAYS_OFF.target, 1)
    with pytest.raises(ValueError, match="nothing to put together"):
        stacked([])
    with pytest.raises(ValueError, match="not of the same days"):
        stacked([one, replace(one, days=one.days[:1])])


def test_who_could_not_be_visited_is_told_as_a_mean() -> None:
    made, book = fed_back(TWO_DAYS_OFF, 1)
    one = outcome_of(FIRST, made.execution(book), TWO_DAYS_OFF.target, 1)
    other = replace(one, could=np.array([10]), unserved={})
    assert stacked([one, other]).asked == (12 + 10) / 2
