"""What a plan costs, term by term."""

from __future__ import annotations

from scheduler.cost import cost
from scheduler.drive import Call, drive
from scheduler.plan import Cost, Itinerary, LeftOut, Plan, Reason
from scheduler.problem import Problem
from tests.problems import HOUR_S, crew, on_a_line, option, visit

NOON_S = 12 * HOUR_S


def a_day() -> Problem:
    """Two visits 10 and 20 minutes up the road, and a must-visit beyond reach."""
    near = visit("near", option(1, value=40_000), option(1, value=30_000))
    late = (NOON_S - 600, NOON_S)
    far = visit("far", option(2, late, value=50_000), crew_prices={"a": 700, "b": 900})
    must = visit("must", option(3, value=60_000), is_required=True)
    who = crew(travel_price_per_s=2, overtime_price_per_s=3, max_overtime_s=HOUR_S)
    return on_a_line([0, 10, 20, 999], [near, far, must], [who])


def driven(problem: Problem, *calls: tuple[int, int]) -> Itinerary:
    chosen = [Call(problem.visits[i], number) for i, number in calls]
    itinerary = drive(problem, problem.crews[0], chosen)
    assert itinerary is not None
    return itinerary


def test_every_term_of_a_plan() -> None:
    problem = a_day()
    plan = Plan((driven(problem, (0, 1), (1, 0)),), (LeftOut("must", Reason.NOT_CHOSEN),))
    assert cost(problem, plan) == Cost(
        missed_must_visits=1,
        lost_value=60_000 + (40_000 - 30_000),  # the must-visit, and near's second option
        travel=2 * (600 + 600 + 1200),  # out, on and all the way back, at 2 a second
        overtime=3 * 1800,  # far begins at 11:50, lasts 20 minutes and is 20 from home: 12:30
        owner_changes=700,  # what crew a costs for far
    )


def test_a_plan_that_does_nothing_loses_every_value() -> None:
    nothing = cost(a_day(), Plan((), ()))
    assert nothing == Cost(missed_must_visits=1, lost_value=150_000, travel=0)


def test_an_itinerary_without_visits_costs_nothing() -> None:
    problem = a_day()
    assert cost(problem, Plan((driven(problem),), ())) == cost(problem, Plan((), ()))


def test_a_must_visit_comes_before_any_sum() -> None:
    dear = Cost(missed_must_visits=0, lost_value=10**9, travel=10**9)
    assert dear.key < Cost(missed_must_visits=1, lost_value=0, travel=0).key


def test_a_refused_case_has_no_part_in_the_cost() -> None:
    problem = a_day()
    refused = Problem(
        problem.origin,
        problem.visits,
        problem.crews,
        problem.travel,
        refused=(LeftOut("gone", Reason.RULE),),
    )
    assert cost(refused, Plan((), ())) == cost(problem, Plan((), ()))
