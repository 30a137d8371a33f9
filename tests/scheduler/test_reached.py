"""What a re-plan goes on with once its search was cut off, and the day has gone on meanwhile."""

from __future__ import annotations

from dataclasses import replace

from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.stop_rules import Iterations
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem
from scheduler.reached import better_of
from scheduler.replan import known_plan
from tests.problems import HOUR_S, crew, on_a_line, option, visit


def a_road(most_moves: int | None = None) -> Problem:
    """Return a road of an hour with a crew at each end, of which people know `as_it_runs`."""
    visits = [visit("near", option(1)), visit("far", option(2)), visit("new", option(1))]
    problem = on_a_line([0, 5, 60], visits, [crew("a", 0), crew("b", 2)])
    return replace(problem, reference=known_plan(as_it_runs(problem), most_moves=most_moves))


def as_it_runs(problem: Problem) -> Plan:
    """Return the day as it was published: "b" goes all the way to "near", and nobody to "new"."""
    known = tuple(one for one in problem.visits if one.id != "new")
    bare = replace(problem, visits=known, reference=None)
    held = [Lock("near", "b"), Lock("far", "b")]
    return GreedyEngine().solve(bare, Iterations(1), locks=held).plan


def reached(problem: Problem) -> Plan:
    """Return what a search finds: "a" goes to both who live beside it."""
    found = GreedyEngine().solve(replace(problem, reference=None), Iterations(5)).plan
    assert found.served == {"near", "far", "new"}
    return found


def test_it_goes_on_from_what_was_reached() -> None:
    problem = a_road()
    plan = better_of(problem, (), as_it_runs(problem), reached(problem))
    assert plan.itineraries == reached(problem).itineraries


def test_nothing_reached_is_the_day_as_it_runs() -> None:
    problem = a_road()
    assert better_of(problem, (), as_it_runs(problem), None) == as_it_runs(problem)
    assert better_of(problem, (), reached(problem), as_it_runs(problem)) == reached(problem)


def test_what_would_move_too_much_by_now_is_not_gone_on_with() -> None:
    """The visit "near" changes hands, which is one move; "new" is known to nobody, and is none."""
    for most, is_kept in ((0, False), (1, True)):
        problem = a_road(most)
        plan = better_of(problem, (), as_it_runs(problem), reached(problem))
        assert ("new" in plan.served) is is_kept


def test_what_was_locked_stays() -> None:
    problem = a_road()
    held = [Lock("near", "b")]
    plan = better_of(problem, held, as_it_runs(problem), reached(problem))
    assert plan == as_it_runs(problem)


def test_what_does_not_fit_any_more_is_taken_out_of_it() -> None:
    """By a quarter to twelve "a" has no time for two visits of 20 minutes, but for one."""
    problem = a_road()
    best = reached(problem)
    late = replace(problem.crews[0], start_s=11 * HOUR_S + 15 * 60)
    later = replace(problem, crews=(late, problem.crews[1]))
    plan = better_of(later, (), Plan((), ()), best)
    assert "far" in plan.served
    assert len(plan.served) == 2
