"""Locks put on by hand and taken away; the days that they are about follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.editing.edits import Sheet
from scheduler.editing.obstacles import ForbiddenEditError, Ground, Obstacle
from scheduler.editing.orders import Orders, calls_by_crew, crews_at
from scheduler.locks import LockError, apply_locks
from scheduler.problem import Lock, Problem


def held(problem: Problem, sheet: Sheet, locks: Sequence[Lock]) -> Orders:
    """Return what crews do once `locks` hold, each instead of the one that its visit had."""
    anew = {lock.visit_id for lock in locks}
    kept = tuple(lock for lock in sheet.locks if lock.visit_id not in anew)
    return _with_locks(problem, sheet, (*kept, *locks), [lock.visit_id for lock in locks])


def released(problem: Problem, sheet: Sheet, visit_ids: Sequence[str]) -> Orders:
    """Return what crews do once some visits are free to move."""
    kept = tuple(lock for lock in sheet.locks if lock.visit_id not in visit_ids)
    return _with_locks(problem, sheet, kept, visit_ids)


def _with_locks(
    problem: Problem, sheet: Sheet, locks: tuple[Lock, ...], visit_ids: Iterable[str]
) -> Orders:
    _refuse_impossible(problem, locks)
    crews = dict.fromkeys(crew for id_ in visit_ids for crew in crews_at(sheet, id_))
    return Orders(calls_by_crew(problem, sheet, crews), locks)


def _refuse_impossible(problem: Problem, locks: Sequence[Lock]) -> None:
    try:
        apply_locks(problem, locks)
    except LockError as error:
        raise ForbiddenEditError([Obstacle("lock", "", str(error), Ground.LOCK)]) from error
