"""Parts hold every crew and visit once, and are the plan that they were cut from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import typeof

from scheduler.draft import Draft
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.search.beginning import Routes, routes_of, state_of
from scheduler.engines.search.kernels.tables import Tables
from scheduler.engines.search.layout import tables_of
from scheduler.engines.search.neighbours import with_neighbours
from scheduler.engines.search.parts import Part, parted
from scheduler.engines.stop_rules import Iterations
from scheduler.locks import apply_locks
from scheduler.problem import Lock, Problem
from tests.problems import HOUR_S, crew, on_a_line, option, random_problem, visit

kind_of: Any = typeof


def laid_out(
    problem: Problem, rounds: int = 99, locks: tuple[Lock, ...] = ()
) -> tuple[Tables, Routes]:
    """Return the tables of a problem, and the routes after so many rounds of insertion."""
    plan = GreedyEngine(improves=False).solve(problem, Iterations(rounds), locks=locks).plan
    draft = Draft.of(apply_locks(problem, locks), plan)
    laid = with_neighbours(tables_of(draft))
    return laid, routes_of(draft, laid)


def parts_of(laid: Tables, routes: Routes, most: int, seed: int = 0) -> list[Part]:
    return parted(laid, routes, most, np.random.default_rng(seed))


@given(
    visits=st.integers(1, 30),
    crews=st.integers(1, 6),
    rounds=st.integers(1, 6),
    most=st.integers(1, 8),
    seed=st.integers(0, 99),
)
@settings(max_examples=60, deadline=None)
def test_each_crew_and_visit_is_in_one_part(
    visits: int, crews: int, rounds: int, most: int, seed: int
) -> None:
    laid, routes = laid_out(random_problem(seed, visits, crews), rounds)
    parts = parts_of(laid, routes, most, seed)
    assert len(parts) <= min(most, crews)
    assert sorted(np.concatenate([part.visits for part in parts])) == list(range(visits))
    shared = np.concatenate([part.crews for part in parts])
    assert len(set(shared)) == len(shared)
    assert set(np.flatnonzero(routes.length)) <= set(shared)


@pytest.mark.parametrize("seed", range(5))
def test_a_part_has_the_routes_of_its_crews_with_their_visits(seed: int) -> None:
    laid, routes = laid_out(random_problem(seed, visits=30, crews=5, setup=True, load=True))
    for part in parts_of(laid, routes, 2, seed):
        for mine, whole in enumerate(part.crews):
            length = routes.length[whole]
            assert part.state.route[mine].length == length
            places = part.state.stop.place[mine, 1 : length + 1]
            assert list(places) == list(routes.place[whole, :length])
            assert list(part.visits[part.tables.place.visit[places]]) == list(
                laid.place.visit[places]
            )


@pytest.mark.parametrize("seed", range(3))
def test_a_part_is_searched_by_what_was_compiled_for_the_whole(seed: int) -> None:
    # For arrays of another type numba would compile again, inside the time of the search.
    laid, routes = laid_out(random_problem(seed, visits=30, crews=5, setup=True, load=True))
    whole = kind_of(laid), kind_of(state_of(laid, routes, seed))
    for part in parts_of(laid, routes, 2, seed):
        assert (kind_of(part.tables), kind_of(part.state)) == whole


def test_neighbours_in_other_parts_are_passed_over() -> None:
    laid, routes = laid_out(random_problem(3, visits=30, crews=5))
    for part in parts_of(laid, routes, 2):
        for mine, whole in enumerate(part.visits):
            told, near = part.visits[part.tables.near[:, mine]], laid.near[:, whole]
            assert told.tolist() == np.where(np.isin(near, part.visits), near, whole).tolist()


def test_routes_that_lie_together_come_into_one_part() -> None:
    # Two crews live at either end of a road of an hour, each with a visit at the next door.
    ends = {"a": 0, "b": 0, "c": 1, "d": 1}
    crews = [crew(name, home=home) for name, home in ends.items()]
    visits = [visit(f"{c.id}'s", option(2 + c.start_location)) for c in crews]
    each = [replace(v, allowed_crews=frozenset({v.id[0]})) for v in visits]
    laid, routes = laid_out(on_a_line([0, 60, 1, 59], each, crews))
    for seed in range(5):
        parts = parts_of(laid, routes, 2, seed)
        assert sorted(list(part.crews) for part in parts) == [[0, 1], [2, 3]]


def test_a_visit_that_nobody_makes_is_with_who_may() -> None:
    # It lies at the door of a and b, who may not go, in a day without room for it.
    far = crew("c", home=1, max_visits=1)
    hers = visit("hers", option(0), allowed_crews=frozenset({"c"}))
    near = [visit(f"near {n}", option(0, value=90_000)) for n in range(2)]
    dearer = visit("dearer", option(1, value=900_000))
    problem = on_a_line([0, 60], [hers, *near, dearer], [crew("a"), crew("b"), far])
    laid, routes = laid_out(problem)
    for seed in range(5):
        (its,) = (part for part in parts_of(laid, routes, 3, seed) if 0 in part.visits)
        assert 2 in its.crews


@pytest.mark.parametrize("rounds", [1, 99])
def test_who_is_locked_after_another_is_in_the_others_part(rounds: int) -> None:
    problem = on_a_line(
        [0, 30, 60, 90],
        [visit(f"v{n}", option(1 + n % 3)) for n in range(9)],
        [crew("a"), crew("b", home=3), crew("c", home=2, end_s=20 * HOUR_S)],
    )
    locks = (Lock("v5", "c", after="v0"), Lock("v7", "c", after="v5"))
    laid, routes = laid_out(problem, rounds, locks)
    for part in parts_of(laid, routes, 3):
        told = {
            int(v): int(after)
            for v, after in zip(part.visits, part.tables.visit.after, strict=True)
        }
        follows = {v: int(part.visits[after]) for v, after in told.items() if after >= 0}
        assert follows == ({5: 0, 7: 5} if 5 in told else {})
