"""A process that inserts one visit into a day that was planned without it, and plans it anew.

python -m benchmarks.inserting PROBLEM.json ENGINE SECONDS SEED
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from timeit import Timer
from typing import TYPE_CHECKING

import typer

from benchmarks.contest import UNABLE, run
from benchmarks.instances import Instance
from benchmarks.measure import Figures

if TYPE_CHECKING:
    from scheduler.engines.base import Result
    from scheduler.plan import Plan
    from scheduler.problem import Problem

TIMES = 5
"""How often the insertion is made; the least time counts."""


def inserted(engine: str, instance: Instance, seconds: float, seed: int) -> Figures:
    """Let a process of its own insert a visit into a plan of `instance`."""
    with TemporaryDirectory(prefix="dayround-") as folder:
        words = [str(instance.write(Path(folder))), engine, f"{seconds:g}", str(seed)]
        ended = run([sys.executable, "-m", "benchmarks.inserting", *words], {})
    told: Figures = json.loads(ended.printed.splitlines()[-1])
    return told


def main(problem: Path, engine: str, seconds: float, seed: int) -> None:
    """Print what inserting one visit takes and gives, beside a search with it, as JSON."""
    from data.vroom.reading import read_file
    from scheduler.errors import DayroundError

    try:
        whole = read_file(problem).problem
        print(json.dumps(figures(whole, engine, seconds, seed)))
    except DayroundError as error:
        print(error)
        sys.exit(UNABLE)


def figures(whole: Problem, engine: str, seconds: float, seed: int) -> Figures:
    """Return seconds and objective of inserting a visit that the seed chooses, and of searching."""
    from scheduler.check import check_plan
    from scheduler.cost import cost

    late = Random(seed).choice(whole.visits)
    without = replace(whole, visits=tuple(visit for visit in whole.visits if visit != late))
    plan = searched(without, engine, seconds, seed).plan
    timer = Timer(lambda: insert(whole, plan, late.id), timer=process_time)
    now = insert(whole, plan, late.id)
    return {
        "insertion_s": min(timer.repeat(TIMES, number=1)),
        "objective": cost(whole, now).total,
        "violations": len(check_plan(whole, now)),
        "search_s": seconds,
        "objective of the search": searched(whole, engine, seconds, seed).cost.total,
    }


def searched(problem: Problem, engine: str, seconds: float, seed: int) -> Result:
    from scheduler.engines.registry import engine as engine_named
    from scheduler.engines.stop_rules import Elapsed

    return engine_named(engine).solve(problem, Elapsed(seconds, process_time), seed=seed)


def insert(problem: Problem, plan: Plan, visit_id: str) -> Plan:
    """Return `plan` with one more visit where that costs least, if it is worth it."""
    from scheduler.insertion import best_insertions
    from scheduler.plan import LeftOut, Reason

    for best in best_insertions(problem, plan, visit_id, most=1):
        if best.gain > 0:
            changed = (day for day in (best.itinerary, best.partner) if day)
            days = {day.crew_id: day for day in (*plan.itineraries, *changed)}
            return replace(plan, itineraries=tuple(days.values()))
    reason = LeftOut(visit_id, Reason.CREWS_FULL, "")
    return replace(plan, left_out=(*plan.left_out, reason))


if __name__ == "__main__":
    typer.run(main)
