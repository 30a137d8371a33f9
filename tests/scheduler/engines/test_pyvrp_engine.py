"""What only the PyVRP engine promises: the whole of the cost, must-visits, and its own limits."""

from __future__ import annotations

import pytest

from scheduler.cost import cost
from scheduler.draft import Draft
from scheduler.engines.base import Status
from scheduler.engines.greedy import complete
from scheduler.engines.pyvrp_engine import PyVrpEngine
from scheduler.engines.pyvrp_model import PyVrpDay
from scheduler.engines.stop_rules import Iterations
from scheduler.engines.watch import Watch
from scheduler.errors import UnsupportedError
from scheduler.locks import apply_locks
from scheduler.problem import Lock
from tests.problems import HOUR_S, crew, on_a_line, option, random_problem, visit


@pytest.mark.parametrize("seed", range(6))
def test_the_model_costs_a_plan_as_we_do(seed: int) -> None:
    # Required visits have no prize to lose in a feasible solution, so that none is asked for.
    problem = random_problem(
        seed, 24, 4, breaks=False, prices=False, required=False, load=True, max_travel=True
    )
    draft = Draft(apply_locks(problem, ()))
    assert complete(draft, Watch(lambda: 0.0, None))
    day = PyVrpDay(draft)
    solution = day.solution_of(draft)
    assert solution.is_feasible()
    # What is lost of a group is all of its ways but the one taken; we count its best way alone.
    won = solution.prizes()
    best = sum(one.value for one in problem.visits)
    travel_and_overtime = solution.distance_cost() + solution.duration_cost()
    assert travel_and_overtime + best - won == draft.cost.total


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_goes_to_the_model_and_back(seed: int) -> None:
    problem = random_problem(seed, 24, 4, breaks=False, prices=False, required=False)
    draft = Draft(apply_locks(problem, ()))
    assert complete(draft, Watch(lambda: 0.0, None))
    day = PyVrpDay(draft)
    back = day.routes_of(day.solution_of(draft))
    assert sorted(route.rows for route in back) == sorted(route.rows for route in draft.routes)


def test_crews_that_are_alike_are_one_vehicle_type() -> None:
    crews = [crew("a"), crew("b"), crew("c", max_visits=2), crew("d", home=1)]
    problem = on_a_line([0, 10], [visit("v", option(1))], crews)
    data = PyVrpDay(Draft(apply_locks(problem, ()))).data
    assert [one.num_available for one in data.vehicle_types()] == [2, 1, 1]


def test_one_place_in_one_window_is_chosen() -> None:
    # The far place is worth 1.00 more, and 20 minutes more of travel cost 1.20.
    near = option(1, (8 * HOUR_S, 8 * HOUR_S), (10 * HOUR_S, 11 * HOUR_S), value=50_000)
    far = option(2, value=51_000)
    problem = on_a_line([0, 10, 20], [visit("v", near, far)], [crew()])
    result = PyVrpEngine().solve(problem, Iterations(50))
    (trip,) = result.plan.itineraries
    (stop,) = trip.visits
    assert (stop.option, stop.start_s) == (0, 10 * HOUR_S)
    assert result.cost == cost(problem, result.plan)
    assert result.cost.total == 1_000 + 1_200


def test_must_visits_that_exclude_each_other_leave_one_of_them() -> None:
    due = [visit(name, option(1), is_required=True) for name in ("due", "too")]
    problem = on_a_line([0, 10], due, [crew(max_visits=1)])
    result = PyVrpEngine().solve(problem, Iterations(50))
    assert result.cost.missed_must_visits == 1
    assert result.status is Status.IMPROVED


def test_an_order_locked_is_refused_by_name() -> None:
    problem = on_a_line([0, 10], [visit(name, option(1)) for name in "ab"], [crew("c")])
    with pytest.raises(UnsupportedError, match="cannot honour locks of an order"):
        PyVrpEngine().solve(problem, Iterations(5), locks=[Lock("a", "c", after="b")])


def test_ctrl_c_in_the_stop_rule_is_heard() -> None:
    answers = iter([0.0] * 20)

    def stop() -> float:
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    with pytest.raises(KeyboardInterrupt):
        PyVrpEngine().solve(random_problem(3, 20, 3, breaks=False, prices=False), stop)
