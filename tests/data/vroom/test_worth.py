"""What jobs are worth keeps VROOM's order of aims: priorities, jobs, then prizes and travel."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.vroom.reading import read
from data.vroom.worth import Wish, worths
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.stop_rules import Iterations
from tests.data.vroom.little import plain_problem

wishes = st.builds(Wish, st.integers(0, 100), st.none() | st.integers(0, 50))


@given(st.lists(wishes, min_size=1, max_size=4), st.integers(0, 99))
def test_no_travel_and_no_lower_aim_outweighs_a_higher_one(told: list[Wish], most_s: int) -> None:
    worth = worths(told, most_s)
    aims = {}
    for made in product((False, True), repeat=len(told)):
        ours = [wish for wish, is_made in zip(told, made, strict=True) if is_made]
        total = sum(w for w, is_made in zip(worth, made, strict=True) if is_made)
        plain = sum(wish.prize is None for wish in ours)
        aims[made] = (sum(w.priority for w in ours), plain), total
    for (high, more), (low, less) in product(aims.values(), repeat=2):
        if high > low:
            assert more - less > most_s  # worth any detour that the day has


def test_alike_jobs_are_worth_no_more_than_they_must_be() -> None:
    # A second more than all travel, whatever the priority that all of them have.
    assert worths([Wish(50), Wish(50)], 700) == worths([Wish(), Wish()], 700) == [701, 701]


@pytest.mark.parametrize(("first", "second", "served"), [(1, 0, {"1"}), (0, 1, {"2"})])
def test_priority_comes_before_travel(first: int, second: int, served: set[str]) -> None:
    near = {"location_index": 1, "priority": first}
    far = {"location_index": 2, "priority": second}
    problem = read(plain_problem(near, far, max_tasks=1)).problem
    assert GreedyEngine().solve(problem, Iterations(20)).plan.served == served


def test_a_prize_is_weighed_against_travel() -> None:
    # 200 s there and back to the near place, and 200 s more to the far one.
    near, far = {"location_index": 1, "prize": 201}, {"location_index": 2, "prize": 199}
    problem = read(plain_problem(near, far)).problem
    assert GreedyEngine().solve(problem, Iterations(20)).plan.served == {"1"}
