"""The most of a reserve that leaves room for what people have decided already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from scheduler.check.locks import check_locks
from scheduler.draft import Draft
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Begun
from scheduler.forecast.spreads import Spreads
from scheduler.locks import apply_locks
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem
from scheduler.reserve.asked import NO_RESERVE, RESERVES
from scheduler.reserve.reserved import with_reserve

Holds = Callable[[Problem], bool]
"""Whether a problem with reserve leaves room for something."""


def most_reserve(
    problem: Problem, percent: int, spreads: Spreads, holds: Holds
) -> tuple[int, Problem]:
    """Return `percent`, or the next lower reserve for which `holds`, and the problem with it.

    Raises
    ------
    ReserveError
        Where `percent` cannot be asked for.
    """
    lower = sorted((one for one in RESERVES if NO_RESERVE < one < percent), reverse=True)
    for one in (percent, *lower):
        slower = with_reserve(problem, one, spreads)
        if one == NO_RESERVE or holds(slower):
            return one, slower
    return NO_RESERVE, problem


def keeps_locks(locks: Sequence[Lock]) -> Holds:
    """Return what says whether all visits that are locked can be made, were there no others."""
    ids = {id for lock in locks for id in (lock.visit_id, lock.after) if id is not None}

    def holds(problem: Problem) -> bool:
        if not locks:
            return True
        alone = replace(problem, visits=tuple(one for one in problem.visits if one.id in ids))
        first = SearchEngine().solve(alone, Begun(_at_once), locks=locks)
        return not list(check_locks(first.plan, locks))

    return holds


def keeps_visits(plan: Plan, locks: Sequence[Lock]) -> Holds:
    """Return what says whether all visits of `plan` can be made where they stand."""
    return lambda problem: not Draft.of(apply_locks(problem, locks), plan).dropped


def _at_once() -> float:
    return 1.0
