"""What only the OR-Tools engine promises: greedy or better, and nothing taken on trust."""

from __future__ import annotations

import pytest

from scheduler.draft import Draft
from scheduler.engines.base import Status
from scheduler.engines.greedy import MUST, complete
from scheduler.engines.ortools_engine import OrToolsEngine
from scheduler.engines.ortools_model import RoutingDay
from scheduler.engines.stop_rules import Iterations
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.plan import Reason
from scheduler.problem import CrewBreak, Lock
from scheduler.route import Route
from tests.problems import HOUR_S, crew, on_a_line, option, random_problem, visit


def first_draft(seed: int, *, overtime: bool = True) -> Draft:
    problem = random_problem(seed, visits=24, crews=4, overtime=overtime)
    draft = Draft(apply_locks(problem, ()))
    assert complete(draft, Watch(lambda: 0.0, None))
    return draft


@pytest.mark.parametrize("seed", range(6))
def test_the_model_accepts_the_greedy_plan_at_its_cost(seed: int) -> None:
    # Without overtime: a break that interrupts a leg can save some of it.
    draft = first_draft(seed, overtime=False)
    day = RoutingDay(draft)
    day.routing.CloseModel()
    assignment = day.assignment_of(draft)
    assert assignment is not None
    missed, total = draft.cost.key
    assert assignment.ObjectiveValue() == missed * int(MUST) + total


@pytest.mark.parametrize("seed", range(4))
def test_it_is_as_good_as_greedy_and_says_whether_it_is_better(seed: int) -> None:
    draft = first_draft(seed)
    result = OrToolsEngine().solve(draft.table.problem, Iterations(2000))
    assert result.cost.key <= draft.cost.key
    is_better = result.cost.key < draft.cost.key
    assert result.status is (Status.IMPROVED if is_better else Status.STARTED_WITH)


def test_it_betters_a_greedy_plan() -> None:
    # Greedy takes dear, which alone gains most, and then has no time for the two others.
    dear = visit("dear", option(1, value=50_000, service_min=200))
    others = [visit(f"v{i}", option(1, value=40_000, service_min=90)) for i in range(2)]
    problem = on_a_line([0, 10], [dear, *others], [crew()])
    result = OrToolsEngine().solve(problem, Iterations(5000))
    assert result.plan.served == {"v0", "v1"}
    assert result.status is Status.IMPROVED


def test_a_break_on_the_way_is_not_believed() -> None:
    # The visit is an hour away and begins at 09:15 sharp, the break at 08:30 sharp: it could
    # only be taken on the road, which the solver would do.
    rest = CrewBreak("rest", (8 * HOUR_S + 1800, 8 * HOUR_S + 1800), 900)
    sharp = visit("v", option(1, (9 * HOUR_S + 900, 9 * HOUR_S + 900)))
    problem = on_a_line([0, 60], [sharp], [crew(breaks=(rest,))])
    result = OrToolsEngine().solve(problem, Iterations(500))
    assert result.plan.itineraries == ()
    assert [left.reason for left in result.plan.left_out] == [Reason.NO_CREW_IN_TIME]


def test_a_locked_order_is_kept() -> None:
    # The crew passes n's door first; the lock wants it on the way back.
    near, far, third = (visit(name, option(at)) for name, at in [("n", 1), ("f", 2), ("t", 1)])
    problem = on_a_line([0, 10, 20], [near, far, third], [crew()])
    result = OrToolsEngine().solve(problem, Iterations(2000), locks=[Lock("n", "a", after="f")])
    (trip,) = result.plan.itineraries
    order = [stop.id for stop in trip.visits]
    assert order.index("f") < order.index("n")
    assert len(order) == 3


@pytest.mark.parametrize(("rows", "is_accepted"), [((1, 0), True), ((0, 1), False), ((0,), False)])
def test_the_model_knows_the_locked_order(rows: tuple[int, ...], is_accepted: bool) -> None:
    visits = [visit("later", option(1)), visit("earlier", option(1))]
    problem = on_a_line([0, 10], visits, [crew()])
    draft = Draft(apply_locks(problem, [Lock("later", "a", after="earlier")]))
    draft.put([Route(draft.table, 0, rows)])
    day = RoutingDay(draft)
    day.routing.CloseModel()
    assert (day.assignment_of(draft) is not None) is is_accepted


@pytest.mark.parametrize("question", [1, 50, 500])
def test_an_error_in_the_stop_rule_is_not_swallowed(question: int) -> None:
    questions = iter(range(10**6))

    def stop() -> float:
        if next(questions) == question:
            raise KeyboardInterrupt
        return 0.0

    with pytest.raises(KeyboardInterrupt):
        OrToolsEngine().solve(random_problem(3, visits=20, crews=3), stop)
