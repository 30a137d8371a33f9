"""An urgent visit put into a planned day, beside planning that day anew with it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random
from time import process_time
from timeit import Timer
from typing import TYPE_CHECKING

from benchmarks.day import ON, Size
from benchmarks.inserting import searched
from benchmarks.measure import Figures
from benchmarks.planned import planned

if TYPE_CHECKING:
    from scheduler.editing.edits import Sheet
    from scheduler.problem import Problem

TIMES = 3
"""How often the insertion is made; the least time counts."""


@cache
def problem_of(size: Size) -> Problem:
    """Return the problem of a made-up town's day, made once for all runs."""
    from scheduler.drafts.opened import open_draft

    with planned(size) as home:
        return open_draft(home.desk.wired.ports, home.desk.city.name, ON).problem


def urgent(size: Size, seconds: float, seed: int, times: int = TIMES) -> Figures:
    """Return CPU seconds and objective of both; the seed chooses the visit, and is the search's."""
    from scheduler.check import check_plan
    from scheduler.cost import cost
    from scheduler.editing.inserting import inserted

    whole, sheet, late = before(problem_of(size), seconds, seed)
    now = inserted(whole, sheet, late).sheet.plan  # compiles what is compiled once
    timer = Timer(lambda: inserted(whole, sheet, late), timer=process_time)
    insertion_s = min(timer.repeat(times, number=1))
    began = process_time()
    anew = searched(whole, "search", seconds, seed)
    return {
        "insertion": insertion_s,
        "solve": process_time() - began,
        "objective": cost(whole, now).total,
        "objective of the solve": anew.cost.total,
        "price": 100 * (cost(whole, now).total - cost(whole, sheet.plan).total) / anew.cost.total,
        "not made": int(late not in now.served) + cost(whole, now).missed_must_visits,
        "violations": len(check_plan(whole, now)),
    }


def before(problem: Problem, seconds: float, seed: int) -> tuple[Problem, Sheet, str]:
    """Return a day whose urgent visit has to be made, its plan without it, and that visit."""
    from scheduler.editing.edits import Sheet
    from scheduler.plan import LeftOut, Reason

    late = Random(seed).choice(problem.visits)
    others = tuple(visit for visit in problem.visits if visit != late)
    plan = searched(replace(problem, visits=others), "search", seconds, seed).plan
    plan = replace(plan, left_out=(*plan.left_out, LeftOut(late.id, Reason.NEW)))
    must = (*others, replace(late, is_required=True))
    crews = tuple(problem.day.crews) if problem.day else ()
    return replace(problem, visits=must), Sheet(plan, crews, ()), late.id
