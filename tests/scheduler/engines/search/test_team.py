"""Two threads find what one could have: lawful, the same each time, and no worse than before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scheduler.check import check_plan
from scheduler.draft import Draft
from scheduler.engines.base import Progress, Status
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.layout import most_loss
from scheduler.engines.search.running import Search
from scheduler.engines.search.tuning import IN_PART, tuned
from scheduler.engines.stop_rules import Cancelled, Iterations
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.problem import Lock, Problem
from tests.problems import crew, on_a_line, option, random_problem, visit

PLAIN = {"breaks": False, "overtime": False}
MORE = {"load": True, "max_travel": True, "setup": True, "unreachable": True}


def a_day(seed: int, **features: bool) -> Problem:
    return random_problem(seed, visits=40, crews=6, **features)


@pytest.mark.parametrize("features", [PLAIN, MORE], ids=str)
@pytest.mark.parametrize("threads", [2, 3])
def test_the_same_seed_and_threads_find_the_same_plan(
    features: dict[str, bool], threads: int
) -> None:
    found = [
        SearchEngine(threads).solve(a_day(1, **features), Iterations(8), seed=4) for _ in range(3)
    ]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("slices", [1, 3])
def test_a_slice_takes_as_many_steps_as_its_work_is_for_a_hundred_visits(slices: int) -> None:
    asked = Iterations(slices + 1)  # the first plan is made before the first slice
    found = SearchEngine(work=5_000).solve(a_day(1, **MORE), asked, seed=4)
    assert found.iterations - 1 == 50 * slices


@pytest.mark.parametrize("features", [PLAIN, MORE], ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_its_price_is_the_cost_of_the_plan(features: dict[str, bool], seed: int) -> None:
    problem = a_day(seed, **features)
    draft = Draft(apply_locks(problem, ()))
    search = Search(draft, seed, threads=2)
    search.run(Watch(Iterations(10), None))
    must = most_loss(problem)
    assert search.price == draft.cost.total + must * draft.cost.missed_must_visits


@pytest.mark.parametrize("features", [PLAIN, MORE], ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_its_plan_is_lawful_and_no_worse_than_it_began(
    features: dict[str, bool], seed: int
) -> None:
    problem = a_day(seed, **features)
    start = GreedyEngine().solve(problem, Iterations(60), seed=seed)
    found = SearchEngine(2).solve(problem, Iterations(8), seed=seed, warm_start=start.plan)
    assert check_plan(problem, found.plan) == []
    assert found.cost.key <= start.cost.key


@pytest.mark.parametrize("threads", [2, 5, 40])
def test_there_may_be_more_threads_than_crews(threads: int) -> None:
    problem = random_problem(2, visits=12, crews=3)
    found = SearchEngine(threads).solve(problem, Iterations(5))
    assert check_plan(problem, found.plan) == []


def test_locks_are_kept_in_parts() -> None:
    crews = [crew("a"), crew("b", home=3), crew("c", home=2)]
    visits = [visit(f"v{n}", option(1 + n % 3)) for n in range(12)]
    problem = on_a_line([0, 30, 60, 90], visits, crews)
    locks = (Lock("v5", "c", after="v0"), Lock("v7", "b"))
    found = SearchEngine(2).solve(problem, Iterations(10), locks=locks)
    assert check_plan(problem, found.plan, locks) == []


def test_crews_who_can_go_nowhere_do_no_harm() -> None:
    # All visits are for the first two of five: a part may be left with crews alone.
    two = frozenset({"a", "b"})
    visits = [visit(f"v{n}", option(1 + n % 3), allowed_crews=two) for n in range(12)]
    crews = [crew(name, home=n % 4) for n, name in enumerate("abcde")]
    problem = on_a_line([0, 30, 60, 90], visits, crews)
    for seed in range(5):
        found = SearchEngine(3).solve(problem, Iterations(5), seed=seed)
        assert check_plan(problem, found.plan) == []
        assert {trip.crew_id for trip in found.plan.itineraries} <= two


def after(questions: int) -> Callable[[], bool]:
    """Return what is false so many times, and true from then on."""
    asked = iter(range(questions))
    return lambda: next(asked, None) is None


@pytest.mark.parametrize("questions", range(4))
def test_a_search_that_is_cancelled_keeps_what_it_has(questions: int) -> None:
    problem = a_day(3)
    told: list[Progress] = []
    stop = Cancelled(Iterations(1_000_000), after(questions))
    found = SearchEngine(2).solve(problem, stop, on_progress=told.append)
    assert check_plan(problem, found.plan) == []
    assert found.status is (Status.IMPROVED if questions else Status.STARTED_WITH)
    assert (told[-1].missed_must_visits, told[-1].cost) == found.cost.key


def test_what_is_told_on_the_way_only_becomes_better() -> None:
    told: list[Progress] = []
    found = SearchEngine(2).solve(a_day(1), Iterations(20), on_progress=told.append)
    keys = [(one.missed_must_visits, one.cost) for one in told]
    assert keys == sorted(keys, reverse=True)
    assert keys[0] > keys[1] >= keys[-1] == found.cost.key
    assert told[-1].visits == len(found.plan.served)


def test_no_thread_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="0 threads cannot search"):
        SearchEngine(0)


def parts(visits: int, crews: int, threads: int) -> int:
    """Return in how many parts a day is searched in which each crew makes as many visits."""
    problem = on_a_line(
        [0, 1],
        [visit(f"v{n}", option(1, service_min=0)) for n in range(visits)],
        [crew(f"c{n}") for n in range(crews)],
    )
    search = Search(Draft(apply_locks(problem, ())), 0)
    length = search._state.route.length
    length[:] = visits // crews
    return tuned(search._tables, search._state, threads).parts


def test_there_are_as_many_parts_as_threads_where_visits_and_routes_suffice() -> None:
    assert [parts(10, 2, threads) for threads in (1, 2, 3)] == [1, 2, 2]
    assert [parts(3 * IN_PART, 3, threads) for threads in (1, 3, 4)] == [1, 3, 3]
    assert parts(10, 1, 2) == 1
