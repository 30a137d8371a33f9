"""What the compiled search thinks of a plan is what the plan is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.cost import cost
from scheduler.draft import Draft
from scheduler.engines.registry import engine
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.layout import most_loss
from scheduler.engines.search.running import Search
from scheduler.engines.stop_rules import Iterations
from scheduler.engines.watch import Watch
from scheduler.insertion import best_insertions
from scheduler.locks import apply_locks
from scheduler.plan import Itinerary, Plan, Stop
from scheduler.problem import Problem
from tests.problems import HOUR_S, crew, on_a_line, option, random_problem, visit
from tests.scheduler.simulation import best_key

PLAIN = {
    "breaks": False,
    "overtime": False,
    "setup": False,
    "windows": True,
    "places": True,
    "load": True,
    "max_travel": True,
}
FULL = {"load": True, "max_travel": True, "setup": True, "shared_doors": True}


@pytest.mark.parametrize("features", [PLAIN, FULL, {**FULL, "unreachable": True}], ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_its_price_is_the_cost_of_the_plan(features: dict[str, bool], seed: int) -> None:
    problem = random_problem(seed, visits=30, crews=4, **features)
    draft = Draft(apply_locks(problem, ()))
    search = Search(draft, seed)
    search.run(Watch(Iterations(40), None))
    must = most_loss(problem)
    assert search.price == draft.cost.total + must * draft.cost.missed_must_visits


@pytest.mark.parametrize("features", [PLAIN, FULL], ids=str)
@pytest.mark.parametrize("seed", range(12))
def test_a_visit_goes_where_it_costs_least(features: dict[str, bool], seed: int) -> None:
    held_to_the_best_insertion(random_problem(seed, 20, 3, required=False, **features), seed)


def held_to_the_best_insertion(whole: Problem, seed: int) -> None:
    """Hold the search to the best gap of any crew for a visit, with all others in their places.

    The search may do better: it chooses the hours of all anew.
    """
    plan = engine("greedy").solve(whole, Iterations(50), seed=seed).plan
    problem = replace(whole, visits=tuple(v for v in whole.visits if v.id in plan.served))
    missing = problem.visits[seed % len(problem.visits)].id
    start = without(problem, plan, missing)
    best = best_insertions(problem, start, missing, most=1)
    gain = max(0, best[0].gain) if best else 0
    found = SearchEngine().solve(problem, Iterations(1), warm_start=start)
    assert found.cost.total <= cost(problem, start).total - gain
    if best and gain > 0:
        assert missing in found.plan.served


def without(problem: Problem, plan: Plan, visit_id: str) -> Plan:
    """Return `plan` driven again without a visit."""
    trips = [replace(trip, stops=kept(trip, visit_id)) for trip in plan.itineraries]
    draft = Draft.of(apply_locks(problem, ()), Plan(tuple(trips), ()))
    assert draft.is_served.sum() == len(plan.served) - 1, "leaving one out is always possible"
    return Plan(draft.itineraries(), ())


def kept(trip: Itinerary, visit_id: str) -> tuple[Stop, ...]:
    return tuple(stop for stop in trip.stops if stop.id != visit_id)


@pytest.mark.parametrize("seed", range(20))
def test_a_tiny_day_is_solved_best(seed: int) -> None:
    problem = random_problem(seed, visits=4, crews=2)
    assert SearchEngine().solve(problem, Iterations(30)).cost.key == best_key(problem)


def test_a_visit_in_the_way_moves_to_an_hour_worth_less() -> None:
    # One crew, two visits that last an hour. The first may begin at eight, worth 500, or from
    # nine, worth 400; the second at eight alone, worth 450. Only the first beginning at nine, both
    # can be made: 850 of 950. Where hours were fixed with the place, 500 would stand in the way.
    eight, later = (8 * HOUR_S, 8 * HOUR_S), (9 * HOUR_S, 10 * HOUR_S)
    first = visit(
        "first",
        option(1, eight, service_min=60, value=500_000),
        option(1, later, service_min=60, value=400_000),
    )
    second = visit("second", option(1, eight, service_min=60, value=450_000))
    day = crew(travel_price_per_s=0)
    problem = on_a_line([0, 0], [first, second], [day])
    start = engine("greedy").solve(replace(problem, visits=(first,)), Iterations(1)).plan
    found = SearchEngine().solve(problem, Iterations(1), warm_start=start)
    assert found.plan.served == {"first", "second"}
    assert found.cost.lost_value == 100_000
