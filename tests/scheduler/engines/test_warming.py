"""What is compiled beforehand is all that any day asks for."""

from __future__ import annotations

from typing import Any

import numba

from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.warming import compile_all, hearing
from scheduler.engines.stop_rules import Iterations
from tests.problems import random_problem

PLAIN = {"breaks": False, "overtime": False, "places": False, "setup": False}
RARE = {"load": True, "max_travel": True, "setup": True, "shared_doors": True, "unreachable": True}


def test_no_day_has_anything_left_to_compile() -> None:
    compile_all(lambda _: None)
    heard: list[str] = []
    with hearing(heard.append):
        for features in ({}, PLAIN, RARE):
            SearchEngine().solve(random_problem(3, 12, 2, **features), Iterations(3))
    assert heard == []


def test_what_is_compiled_is_heard_once() -> None:
    def doubled(number: float) -> float:
        return 2 * number

    twice: Any = numba.njit(doubled)
    heard: list[str] = []
    with hearing(heard.append):
        assert twice(2) + twice(3) == 10
        assert heard == ["doubled"]
        twice(0.5)  # numba compiles for one type at a time
    assert heard == ["doubled", "doubled"]
    unheard: Any = numba.njit(doubled)
    unheard(2)  # nobody listens any longer
    assert len(heard) == 2
