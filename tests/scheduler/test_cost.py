"""What a plan costs, term by term."""

from __future__ import annotations

from dataclasses import replace

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


def test_time_at_work_and_an_unfair_share_have_their_price() -> None:
    # Near is made 08:10-08:30; far is reached at 08:40 and begins at 11:50, and the crew is home
    # at 12:30. Leaving later, it reaches near by 11:20 and is out for 80 minutes in all.
    problem = a_day()
    asked = replace(problem.crews[0], working_price_per_s=5, fair_visits=0, unfair_price=100)
    problem = replace(problem, crews=(asked,))
    trip = driven(problem, (0, 0), (1, 0))
    plain = cost(a_day(), Plan((driven(a_day(), (0, 0), (1, 0)),), ()))
    told = cost(problem, Plan((trip,), ()))
    assert trip.end_s - trip.start_s == 80 * 60  # 40 of travel, 40 at the doors
    assert told.working == 5 * 80 * 60
    assert told.unfairness == 100 + 200  # the first beyond none, and the second
    assert told.total == plain.total + told.working + told.unfairness


def test_two_who_meet_win_a_visit_once_and_both_have_their_price() -> None:
    met = visit("met", option(1, value=40_000), crew_size=2, may_meet=True,
                crew_prices={"a": 700, "b": 900})  # fmt: skip
    problem = on_a_line([0, 10], [met], [crew("a"), crew("b")])
    trips = tuple(drive(problem, who, [Call(met, 0, 9 * HOUR_S)]) for who in problem.crews)
    plan = Plan(tuple(trip for trip in trips if trip), ())
    assert len(plan.itineraries) == 2
    expected = Cost(0, lost_value=0, travel=2 * 1200, owner_changes=1600)
    assert cost(problem, plan) == expected


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
