"""The best plan while a search goes on: whole, lawful, and taken without touching the search."""

from __future__ import annotations

import pytest

from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.engines.base import Progress, Result
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Iterations
from scheduler.plan import Itinerary, LeftOut, Plan, Reason
from scheduler.problem import Problem
from scheduler.reached import Reached, going_on
from tests.problems import random_problem


def a_day() -> Problem:
    return random_problem(3, visits=40, crews=6, breaks=True, load=True)


def looked_at(threads: int, *, looks: bool) -> tuple[Result, list[tuple[Progress, Plan]]]:
    """Search; return the result, and the plans that were looked at on the way."""
    problem, seen = a_day(), []

    def look(now: Progress) -> None:
        if looks:
            seen.append((now, whole(problem, now.days())))

    found = SearchEngine(threads).solve(problem, Iterations(8), seed=5, on_progress=look)
    return found, seen


def whole(problem: Problem, days: tuple[Itinerary, ...]) -> Plan:
    """Return days as a plan that accounts for each visit."""
    served = Plan(days, ()).served
    left = (LeftOut(visit.id, Reason.CREWS_FULL) for visit in problem.visits)
    return Plan(days, tuple(entry for entry in left if entry.visit_id not in served))


@pytest.mark.parametrize("threads", [1, 2])
def test_it_is_lawful_and_as_good_as_was_told(threads: int) -> None:
    found, seen = looked_at(threads, looks=True)
    assert len(seen) > 3
    for now, plan in seen:
        assert check_plan(a_day(), plan) == []
        # What any crew has room for is put in, as at the end of a search: it never costs more.
        assert cost(a_day(), plan).key <= (now.missed_must_visits, now.cost)
    assert seen[-1][1].itineraries == found.plan.itineraries


@pytest.mark.parametrize("threads", [1, 2])
def test_looking_changes_nothing(threads: int) -> None:
    assert looked_at(threads, looks=True)[0] == looked_at(threads, looks=False)[0]


def test_a_search_that_goes_on_ends_no_worse_than_it_was() -> None:
    _, seen = looked_at(1, looks=True)
    now, plan = seen[3]
    reached = Reached().further(now.share, plan.itineraries)
    told: list[Progress] = []
    found = SearchEngine().solve(
        a_day(),
        going_on(Iterations(4), reached),
        seed=6,
        warm_start=reached.plan,
        on_progress=told.append,
    )
    assert found.dropped == ()
    assert found.cost.key <= cost(a_day(), plan).key
    assert told[0].share == now.share, "it does not begin as hot as at first"
    assert (told[0].missed_must_visits, told[0].cost) == cost(a_day(), plan).key
