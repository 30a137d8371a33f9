"""The usual way: lawful, from the highest days past due down, and nearest first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.staffing_usual import usual_plan
from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.plan import Plan
from scheduler.staffing.driving import drive_plan
from scheduler.staffing.world import Certain
from tests.problems import crew, on_a_line, option, random_problem, visit
from tests.scheduler.little_book import case, collector, day, place, rules_of
from tests.scheduler.little_book import crew as team


@pytest.mark.parametrize("seed", range(25))
def test_it_is_a_plan_that_nobody_finds_a_fault_with(seed: int) -> None:
    problem = random_problem(seed, visits=14, crews=3)
    plan = usual_plan(problem)
    assert check_plan(problem, plan) == []
    made = drive_plan(problem, plan, Certain(problem), [0]).visits_made
    assert made[0] == len(plan.served)


def order(plan: Plan) -> dict[str, list[str]]:
    return {trip.crew_id: [stop.id for stop in trip.visits] for trip in plan.itineraries}


def test_each_crew_drives_nearest_first_and_each_case_goes_where_it_is_reached_soonest() -> None:
    visits = [visit("a", option(3)), visit("b", option(1)), visit("c", option(5))]
    crews = [crew("x", 0), crew("y", 6)]
    day = on_a_line([0, 10, 20, 30, 40, 100, 110], visits, crews)
    # Without days past due the order is that of the ids: a is x's, who then reaches b at 09:10,
    # sooner than y could; c is next to y's home. From home x passes b on the way to a.
    assert order(usual_plan(day)) == {"x": ["b", "a"], "y": ["c"]}


def test_who_is_longest_past_due_comes_first_where_there_is_room_for_one() -> None:
    cases = [case(f"k{n}", f"b{n}", days_past_due=30 * n) for n in (1, 2, 3)]
    places = [place(f"b{n}", step=n) for n in (1, 2, 3)]
    pair = replace(team("ann", "ben"), max_visits=1)
    book = day(cases, places, collectors=[collector("ann"), collector("ben")], crews=[pair])
    problem = build_problem(book, rules_of(), StraightLineTimes())
    assert list(order(usual_plan(problem)).values()) == [["b3"]]
