"""The compiled ways of travel by the hour say what the problem and `routing.slots` say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numba
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from routing import slots
from routing.travel import UNREACHABLE, Mode, TravelMatrix
from scheduler.draft import Draft
from scheduler.engines.search.kernels.ways import arrival_s, latest_leaving_s
from scheduler.engines.search.layout import tables_of
from scheduler.locks import apply_locks
from scheduler.problem import Problem
from tests.problems import ORIGIN, crew, random_problem

SPOTS = 3
LAST_S = 20_000

cell = st.one_of(st.integers(0, 9_000), st.sampled_from([0, 1, UNREACHABLE]))


class Ways(NamedTuple):
    """What kernels/ways.py reads of `Tables`."""

    travel: NDArray[np.int32]
    slot: NDArray[np.int32]
    slot_start: NDArray[np.int64]


@numba.njit
def arrives(p: Any, here: int, there: int, leave_s: int) -> Any:
    return arrival_s(p, 0, here, there, leave_s)


@numba.njit
def leaves(p: Any, here: int, there: int, by_s: int) -> Any:
    return latest_leaving_s(p, 0, here, there, by_s)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """One crew among three spots; ways that some slots lack, that take no time, or many slots."""
    lengths = draw(st.lists(st.integers(1, 3_000), min_size=1, max_size=4))
    starts = tuple(np.cumsum([0, *lengths]).tolist())
    count = len(starts) * SPOTS * SPOTS
    cells = draw(st.lists(cell, min_size=count, max_size=count))
    seconds = np.array(cells, np.int32).reshape(1, len(starts), SPOTS, SPOTS)
    seconds[..., range(SPOTS), range(SPOTS)] = 0
    one = crew("c", travel_percent=draw(st.sampled_from([80, 100, 137])))
    return Problem(ORIGIN, (), (one,), TravelMatrix((Mode.CAR,), seconds, seconds, starts))


def laid(problem: Problem) -> Ways:
    tables = tables_of(Draft(apply_locks(problem, ())))
    return Ways(tables.travel, tables.slot, tables.slot_start)


spot = st.integers(0, SPOTS - 1)


@given(problems(), spot, spot, st.integers(-1_000, LAST_S), st.integers(0, 1_000))
@settings(deadline=None, max_examples=60)
def test_an_arrival_is_the_same_and_never_before_that_of_who_left_earlier(
    problem: Problem, here: int, there: int, leave_s: int, later_s: int
) -> None:
    (one,), ways = problem.crews, laid(problem)
    found = problem.arrival_s(one, here, there, leave_s)
    told = arrives(ways, here, there, leave_s)
    assert told == found or min(told, found) >= UNREACHABLE
    assert found <= problem.arrival_s(one, here, there, leave_s + later_s)


@given(problems(), spot, spot, st.integers(0, LAST_S))
@settings(deadline=None, max_examples=60)
def test_the_latest_leaving_is_the_same_and_the_last_in_time(
    problem: Problem, here: int, there: int, by_s: int
) -> None:
    # Before midnight nobody is on shift; the search takes such seconds for "too late".
    (one,), ways = problem.crews, laid(problem)
    told = leaves(ways, here, there, by_s)
    paces = problem.ways(one)[:, here, there].tolist()
    if max(paces) >= UNREACHABLE:
        assert told <= by_s - UNREACHABLE
        return
    assert told == slots.latest_leaving_s(problem.travel.slot_starts_s, paces, by_s)
    assert problem.arrival_s(one, here, there, told) <= by_s
    assert problem.arrival_s(one, here, there, told + 1) > by_s


def test_a_way_that_one_slot_lacks_is_none_in_any() -> None:
    problem = random_problem(1, visits=6, crews=2, slots=True)
    seconds = problem.travel.seconds.copy()
    seconds[:, 1, 0, 1] = UNREACHABLE
    ways = laid(replace(problem, travel=replace(problem.travel, seconds=seconds)))
    assert (ways.slot[:, :, 0, 1] == UNREACHABLE).all()
    assert (ways.travel[:, 0, 1] == UNREACHABLE).all()
    assert (ways.slot[:, :, 1, 0] < UNREACHABLE).all()
