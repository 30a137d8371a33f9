"""Inserting one visit into a plan, beside planning with it."""

from __future__ import annotations

import pytest

from benchmarks.inserting import figures, insert, inserted
from benchmarks.instances import Field
from data.vroom.reading import read
from scheduler.cost import cost
from scheduler.plan import Plan
from scheduler.problem import Problem

NOTHING = Plan((), ())


def road(*at_s: int, prize: int = 1_000) -> Problem:
    """Visits along a road from a collector's home, so many seconds away each."""
    rows = (0, *at_s)
    jobs = [{"id": n, "location_index": n, "prize": prize} for n in range(1, len(rows))]
    durations = [[abs(i - j) for j in rows] for i in rows]
    home = {"id": 1, "start_index": 0, "end_index": 0, "time_window": [0, 10_000]}
    matrices = {"car": {"durations": durations}}
    return read({"jobs": jobs, "vehicles": [home], "matrices": matrices}).problem


def test_a_visit_is_inserted_where_it_costs_least() -> None:
    problem, plan = road(10, 30, 20), NOTHING
    for visit_id in ("1", "2", "3"):
        plan = insert(problem, plan, visit_id)
    # 3 lies on the way to 2: to 30 and back is 60, without a way of its own.
    assert cost(problem, plan).total == 60
    assert plan.served == {"1", "2", "3"}


def test_a_visit_that_costs_more_than_it_is_worth_is_not_inserted() -> None:
    problem = road(30, prize=59)
    plan = insert(problem, NOTHING, "1")
    assert cost(problem, plan).total == 59  # lost, instead of 60 s of travel


def test_an_insertion_reaches_what_a_search_finds_where_there_is_one_best_plan() -> None:
    told = figures(road(10, 30, 20), "greedy", seconds=0.05, seed=1)
    assert (told["objective"], told["objective of the search"]) == (60, 60)
    assert told["violations"] == 0
    assert 0 < told["insertion_s"] < told["search_s"]


@pytest.mark.usefixtures("bench")
def test_an_insertion_is_made_in_a_process_of_its_own() -> None:
    told = inserted("greedy", Field(cases=30, collectors=4), seconds=0.1, seed=1)
    assert told["violations"] == 0
    assert told["search_s"] == 0.1
