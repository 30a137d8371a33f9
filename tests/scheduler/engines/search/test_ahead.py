"""Days whose hours differ in worth: what is lost before a visit and after it, looked up at once."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.draft import Draft
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.layout import most_loss
from scheduler.engines.search.running import Search
from scheduler.engines.stop_rules import Iterations
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.plan import Plan
from scheduler.problem import Problem, VisitOption
from tests.problems import HOUR_S, random_problem
from tests.scheduler.engines.search.test_exactness import held_to_the_best_insertion
from tests.scheduler.simulation import best_key

BY_THE_HOUR: tuple[dict[str, bool], ...] = (
    {"breaks": False, "overtime": False},
    {"breaks": True, "overtime": True},
    {"breaks": True, "overtime": True, "slots": True},
    {"breaks": True, "overtime": True, "setup": True, "shared_doors": True},
)


def hourly(seed: int, visits: int, crews: int, hours: int = 6, **features: bool) -> Problem:
    """Return a random day each of whose places is worth something else in every hour or two."""
    rng = Random(seed)
    problem = random_problem(seed, visits=visits, crews=crews, **features)
    told = tuple(
        replace(one, options=tuple(part for way in one.options for part in _parts(rng, way, hours)))
        for one in problem.visits
    )
    return replace(problem, visits=told)


def _parts(rng: Random, way: VisitOption, hours: int) -> list[VisitOption]:
    opens_s, lasts_s = way.starts[0][0], 12 * HOUR_S // hours
    return [
        replace(
            way,
            starts=((opens_s + k * lasts_s, opens_s + (k + 1) * lasts_s - 1),),
            value=rng.randrange(1, 100) * way.value // 100,
        )
        for k in range(hours)
    ]


@pytest.mark.parametrize("features", BY_THE_HOUR, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_its_price_is_the_cost_of_a_plan_that_can_be_driven(
    features: dict[str, bool], seed: int
) -> None:
    # So many hours of so many visits make more labels than are kept. A day that cannot be driven
    # would cost nothing in the draft, and be missing in the plan.
    problem = hourly(seed, visits=40, crews=3, **features)
    draft = Draft(apply_locks(problem, ()))
    search = Search(draft, seed)
    search.run(Watch(Iterations(30), None))
    assert search.price == draft.cost.total + most_loss(problem) * draft.cost.missed_must_visits
    assert draft.cost == cost(problem, Plan(draft.itineraries(), ()))


@pytest.mark.parametrize("features", BY_THE_HOUR, ids=str)
def test_a_day_is_lawful(features: dict[str, bool]) -> None:
    problem = hourly(5, visits=40, crews=3, **features)
    result = SearchEngine().solve(problem, Iterations(20), seed=5)
    assert check_plan(problem, result.plan) == []
    assert result.cost == cost(problem, result.plan)


@pytest.mark.parametrize("features", [BY_THE_HOUR[0], BY_THE_HOUR[1], BY_THE_HOUR[3]], ids=str)
@pytest.mark.parametrize("seed", range(6))
def test_a_visit_goes_where_it_costs_least(features: dict[str, bool], seed: int) -> None:
    anybody = dict.fromkeys(("required", "skills", "crew_size", "allowed", "max_visits"), False)
    held_to_the_best_insertion(hourly(seed, 14, 2, hours=3, **anybody, **features), seed)


@pytest.mark.parametrize("features", BY_THE_HOUR, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_a_tiny_day_is_solved_best(features: dict[str, bool], seed: int) -> None:
    problem = hourly(seed, visits=4, crews=2, hours=3, **features)
    assert SearchEngine().solve(problem, Iterations(30)).cost.key == best_key(problem)
