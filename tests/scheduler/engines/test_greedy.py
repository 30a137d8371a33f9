"""What only the greedy engine promises: a good first plan at once, and better ones with time."""

from __future__ import annotations

from scheduler.check import check_plan
from scheduler.engines.base import Status
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.stop_rules import Iterations
from tests.problems import crew, on_a_line, option, random_problem, visit
from tests.scheduler.simulation import best_key


def never() -> float:
    return 0.0


def test_it_finds_the_best_of_most_tiny_days() -> None:
    days = [random_problem(seed, 1 + seed % 4, 1 + seed % 2) for seed in range(40)]
    found = [GreedyEngine().solve(day, Iterations(60)).cost.key for day in days]
    best = [best_key(day) for day in days]
    # Ruin and recreate knows no worse step on the way, so that a few days stay short of it.
    assert sum(a == b for a, b in zip(found, best, strict=True)) >= 37


def test_without_improving_it_ends_by_itself_and_time_makes_it_better() -> None:
    problem = random_problem(1, visits=60, crews=6)
    first = GreedyEngine(improves=False).solve(problem, never)
    later = GreedyEngine().solve(problem, Iterations(200))
    assert first.status is later.status is Status.IMPROVED
    assert later.cost.key < first.cost.key


def test_other_seeds_search_elsewhere() -> None:
    problem = random_problem(1, visits=60, crews=6)
    plans = {GreedyEngine().solve(problem, Iterations(100), seed=seed).plan for seed in range(3)}
    assert len(plans) > 1


def test_a_full_sized_day_is_planned_at_once() -> None:
    problem = random_problem(1, visits=600, crews=40)
    result = GreedyEngine(improves=False).solve(problem, never)
    assert check_plan(problem, result.plan) == []
    assert len(result.plan.served) + len(result.plan.left_out) == 600


def test_it_takes_what_gains_most_and_leaves_what_costs_more_than_it_is_worth() -> None:
    # 20 minutes there and back cost 1.20, 40 minutes 2.40; the crew makes one visit.
    near, far = visit("near", option(1, value=3_000)), visit("far", option(2, value=4_000))
    poor = visit("poor", option(2, value=2_400))
    day = on_a_line([0, 10, 20], [near, far, poor], [crew(max_visits=1)])
    assert GreedyEngine().solve(day, Iterations(9)).plan.served == {"near"}
    alone = on_a_line([0, 10, 20], [poor], [crew()])
    assert GreedyEngine().solve(alone, Iterations(9)).plan.served == frozenset()


def test_a_new_must_visit_pushes_out_what_need_not_be_made_today() -> None:
    # The first crew is full of must-visits, the second of one that can wait.
    due = [visit(name, option(1), is_required=True) for name in ("due", "new")]
    waits = visit("waits", option(1, value=1_000_000))
    crews = [crew("a", max_visits=1), crew("b", max_visits=1)]
    before = on_a_line([0, 10], [due[0], waits], crews)
    engine = GreedyEngine(improves=False)
    start = engine.solve(before, never).plan
    result = engine.solve(on_a_line([0, 10], [*due, waits], crews), never, warm_start=start)
    assert result.plan.served == {"due", "new"}
