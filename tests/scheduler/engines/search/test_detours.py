"""Roads on which a detour is shorter than the direct way: a visit taken out can spoil a route."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.travel import TravelMatrix
from scheduler.cost import cost
from scheduler.draft import Draft
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.layout import most_loss
from scheduler.engines.search.running import Search
from scheduler.engines.stop_rules import Iterations
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.problem import Problem
from tests.problems import HOUR_S, MINUTE_S, crew, on_a_line, option, random_problem, visit

PLAIN = {"breaks": False, "overtime": False, "windows": True, "max_travel": True}
FULL = {"setup": True, "max_travel": True}


def with_any_travel(problem: Problem, seed: int) -> Problem:
    """Return `problem` with legs of a minute to an hour and a half, whatever lies between."""
    rng = np.random.default_rng(seed)
    shape = problem.travel.seconds.shape
    seconds = rng.integers(MINUTE_S, 90 * MINUTE_S, shape, np.int32)
    seconds[..., np.arange(shape[-1]), np.arange(shape[-1])] = 0
    return replace(problem, travel=TravelMatrix(problem.travel.modes, seconds, seconds))


@pytest.mark.parametrize("features", [PLAIN, FULL], ids=str)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**16))
def test_a_plan_can_be_driven_whatever_the_roads(features: dict[str, bool], seed: int) -> None:
    # The price is that of the plan only where each route was kept because it can be driven: the
    # draft drives all routes again, and would refuse one that is late.
    problem = with_any_travel(random_problem(seed, visits=24, crews=4, **features), seed)
    draft = Draft(apply_locks(problem, ()))
    search = Search(draft, seed)
    search.run(Watch(Iterations(20), None))
    assert all(route.is_drivable for route in draft.routes)
    must = most_loss(problem)
    assert search.price == draft.cost.total + must * draft.cost.missed_must_visits
    assert search.price < must * (1 + len(problem.visits))


def by_way_of_first(routes: int) -> Problem:
    """Return a day on which each crew has two visits: to the second in time by way of the first.

    It takes half an hour from home to the first, a minute from there to the second or back home
    from either, and ten hours from home to the second. Nobody else's visit is within a day's reach.
    """
    first_half = (8 * HOUR_S, 9 * HOUR_S)
    visits, crews = [], []
    for i in range(routes):
        home, one, two = 3 * i, 3 * i + 1, 3 * i + 2
        crews.append(crew(f"c{i}", home))
        visits += [visit(f"one{i}", option(one, first_half, service_min=1))]
        visits += [visit(f"two{i}", option(two, first_half, service_min=1))]
    problem = on_a_line([0] * 3 * routes, visits, crews)
    seconds = np.full_like(problem.travel.seconds, 24 * HOUR_S)
    for i in range(0, 3 * routes, 3):
        here = seconds[0, 0, i : i + 3, i : i + 3]
        here[:] = MINUTE_S
        here[0, 1], here[0, 2] = 30 * MINUTE_S, 10 * HOUR_S
    np.einsum("...ii->...i", seconds)[...] = 0
    return replace(problem, travel=TravelMatrix(problem.travel.modes, seconds, seconds))


@pytest.mark.parametrize("seed", range(3))
def test_many_spoilt_routes_are_no_bargain(seed: int) -> None:
    # Ten routes and more may lose their first visit in one step, and none can be driven then; a
    # sum of their prices would not fit 64 bits. Each visit is worth 50 and the way less: all 60
    # are made, each crew's for 30 + 1 + 1 minutes.
    problem = by_way_of_first(30)
    found = SearchEngine().solve(problem, Iterations(60), seed=seed)
    assert len(found.plan.served) == 60
    minute = MINUTE_S * problem.crews[0].travel_price_per_s
    assert found.cost.total == cost(problem, found.plan).total == 30 * 32 * minute
