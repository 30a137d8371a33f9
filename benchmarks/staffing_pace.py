"""How long a planner waits for a curve over headcounts, on two processors and on one."""

from __future__ import annotations

from collections.abc import Sequence
from os import cpu_count
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import fmean
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.day import ON
from benchmarks.measure import Figures, NotHereError
from benchmarks.staffing_towns import town_desk

if TYPE_CHECKING:
    from scheduler.headcount.feedback import Mode
    from scheduler.headcount.figures import TeamFigures
    from web.headcount.simulating import Simulation

CASES, COLLECTORS, DRIVES, REPLICATIONS = 600, 40, 200, 20
HEADCOUNTS = tuple(range(5, 61, 5))
SOME_HEADCOUNTS = (20, 40, 60)
WHOLE_DAYS, SOME_DAYS = 14, 5
"""Of the calendar; of fourteen ten are worked. The two paces are compared over the few."""

WORKED_DAYS = WHOLE_DAYS * 5 // 7


class Spent(NamedTuple):
    """How long it took, and how long of all processors, with what came of it."""

    real_s: float
    cpu_s: float
    teams: Sequence[TeamFigures]


def execution(seed: int) -> Figures:
    """Simulate twelve headcounts along some paths, each day's plan driven two hundred times."""
    from data.towns.truth import Truth
    from scheduler.headcount.feedback import Mode

    _two_processors()
    with town_desk(Truth(seed), CASES, COLLECTORS) as desk:

        def spent(days: int, processes: int) -> Spent:
            asked = _asked(desk.wired.home.path, desk.city.name, days, Mode.EXECUTION)
            return _spent(asked, processes, HEADCOUNTS)

        whole, two, one = spent(WHOLE_DAYS, 2), spent(SOME_DAYS, 2), spent(SOME_DAYS, 1)
    days = len(HEADCOUNTS) * WORKED_DAYS
    return {
        "minutes": whole.real_s / 60,
        "a headcount's day": whole.cpu_s / days,
        "a plan and its drives": whole.cpu_s / days / whole.teams[0].paths,
        "two beside one": one.real_s / two.real_s,
        "CPU of two beside one": two.cpu_s / one.cpu_s,
    }


def feedback(seed: int) -> Figures:
    """Simulate three headcounts in twenty replications, each with a book and plans of its own."""
    from data.towns.truth import Truth
    from scheduler.headcount.feedback import Mode

    _two_processors()
    with town_desk(Truth(seed), CASES, COLLECTORS) as desk:
        asked = _asked(desk.wired.home.path, desk.city.name, WHOLE_DAYS, Mode.FEEDBACK)
        spent = _spent(asked, 2, SOME_HEADCOUNTS)
    plans = len(SOME_HEADCOUNTS) * WORKED_DAYS * (1 + REPLICATIONS)
    far = {f"{one.employed}: coverage": 100 * one.how_far["coverage"].mean for one in spent.teams}
    sure = {
        f"{one.employed}: its half": 100 * one.how_far["coverage"].half_width for one in spent.teams
    }
    return {
        "minutes": spent.real_s / 60,
        "a plan and its drive": spent.cpu_s / plans,
        "apart": fmean(map(abs, far.values())),
        **far,
        **sure,
    }


def _two_processors() -> None:
    if (cpu_count() or 1) < 2:
        raise NotHereError("this machine has one processor")


def _asked(home: Path, city: str, days: int, mode: Mode) -> Simulation:
    from scheduler.headcount.scenario import Scenario, Target
    from web.headcount.simulating import Simulation

    scenario = Scenario(COLLECTORS, Target(within_days=days))
    return Simulation(home, city, ON, scenario, drives=DRIVES, mode=mode, replications=REPLICATIONS)


def _spent(asked: Simulation, processes: int, counts: Sequence[int]) -> Spent:
    from web.headcount.processes import side_by_side

    began_s, before_s = perf_counter(), _cpu_s()
    with side_by_side(asked, processes) as simulate:
        teams = simulate(counts)
    return Spent(perf_counter() - began_s, _cpu_s() - before_s, teams)


def _cpu_s() -> float:
    """Return the time of processors of this process and of those that have ended."""
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
