"""How long a planner waits for a curve over headcounts, on two processors and on one."""

from __future__ import annotations

from collections.abc import Sequence
from os import cpu_count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.day import ON
from benchmarks.measure import Figures, NotHereError
from benchmarks.staffing_towns import town_desk

if TYPE_CHECKING:
    from web.headcount.simulating import Simulation

CASES, COLLECTORS, DRIVES = 600, 40, 200
HEADCOUNTS = tuple(range(5, 61, 5))
WHOLE_DAYS, SOME_DAYS = 14, 5
"""Of the calendar; of fourteen ten are worked. The two paces are compared over the few."""


def execution(seed: int) -> Figures:
    """Simulate twelve headcounts, one plan for each and day, driven two hundred times."""
    from data.towns.truth import Truth

    if (cpu_count() or 1) < 2:
        raise NotHereError("this machine has one processor")
    with town_desk(Truth(seed), CASES, COLLECTORS) as desk:

        def spent_s(days: int, processes: int) -> float:
            return _spent_s(_asked(desk.wired.home.path, desk.city.name, days), processes)

        whole_s, two_s, one_s = spent_s(WHOLE_DAYS, 2), spent_s(SOME_DAYS, 2), spent_s(SOME_DAYS, 1)
    plans = len(HEADCOUNTS) * WHOLE_DAYS * 5 / 7
    return {
        "minutes": whole_s / 60,
        "a plan and its drives": 2 * whole_s / plans,
        "two beside one": one_s / two_s,
    }


def _asked(home: Path, city: str, days: int) -> Simulation:
    from scheduler.headcount.scenario import Scenario, Target
    from web.headcount.simulating import Simulation

    scenario = Scenario(COLLECTORS, Target(within_days=days))
    return Simulation(home, city, ON, scenario, drives=DRIVES)


def _spent_s(asked: Simulation, processes: int, counts: Sequence[int] = HEADCOUNTS) -> float:
    from web.headcount.processes import side_by_side

    began = perf_counter()
    with side_by_side(asked, processes) as simulate:
        simulate(counts)
    return perf_counter() - began
