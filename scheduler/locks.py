"""A dispatcher's locks, as a narrower problem.

Crew and start become part of the visit: it is required, only that crew may go, and service may
start at that second alone. An order has no place in a visit: `Locked.after` keeps it, and whoever
builds a plan honours it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from scheduler.errors import DayroundError
from scheduler.problem import Lock, Problem, Visit, VisitOption


class LockError(DayroundError, ValueError):
    """Locks that name what is not there, or that no plan could keep together."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A problem narrowed by its locks; `after` says which visit must come before which."""

    problem: Problem
    after: Mapping[str, str]

    def keeps_order(self, visit_ids: Sequence[str]) -> bool:
        """Whether an itinerary of these visits has every visit after the one it is locked to."""
        seen: set[str] = set()
        for visit_id in visit_ids:
            if visit_id in self.after and self.after[visit_id] not in seen:
                return False
            seen.add(visit_id)
        return True


def apply_locks(problem: Problem, locks: Sequence[Lock]) -> Locked:
    """Return `problem` narrowed to plans that keep `locks`; twice is the same as once.

    A visit that another is locked to come after is locked to the same crew.

    Raises
    ------
    LockError
        Where a lock names a visit or crew that is not there, two locks of a visit differ, a crew
        is not allowed or a start not lawful, or visits wait for each other in a circle.
    """
    by_visit = _by_visit(problem, locks)
    after = {lock.visit_id: lock.after for lock in by_visit.values() if lock.after is not None}
    _refuse_circles(after)
    for later, earlier in after.items():
        crew_id = by_visit[later].crew_id
        if by_visit.setdefault(earlier, Lock(earlier, crew_id)).crew_id != crew_id:
            raise LockError(
                f"visit {later!r} is locked to crew {crew_id!r} after visit {earlier!r}, which is "
                f"locked to crew {by_visit[earlier].crew_id!r}; take one of the locks away"
            )
    narrowed = tuple(
        _narrowed(visit, by_visit[visit.id]) if visit.id in by_visit else visit
        for visit in problem.visits
    )
    return Locked(replace(problem, visits=narrowed), after)


def _by_visit(problem: Problem, locks: Sequence[Lock]) -> dict[str, Lock]:
    by_visit: dict[str, Lock] = {}
    for lock in locks:
        _refuse_unknown(problem, lock)
        if by_visit.setdefault(lock.visit_id, lock) != lock:
            raise LockError(f"visit {lock.visit_id!r} has two locks that differ; take one away")
    return by_visit


def _refuse_unknown(problem: Problem, lock: Lock) -> None:
    for visit_id in (lock.visit_id, lock.after):
        if visit_id is not None and visit_id not in problem.visit_by_id:
            raise LockError(
                f"lock of visit {lock.visit_id!r}: no visit {visit_id!r} can be planned today; "
                "take the lock away"
            )
    if lock.crew_id not in problem.crew_by_id:
        raise LockError(
            f"lock of visit {lock.visit_id!r}: no crew {lock.crew_id!r} is on shift; there are "
            f"{', '.join(problem.crew_by_id) or 'none'}"
        )


def _refuse_circles(after: Mapping[str, str]) -> None:
    sorter = TopologicalSorter({later: {earlier} for later, earlier in after.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " after ".join(repr(visit_id) for visit_id in reversed(error.args[1]))
        raise LockError(f"visits are locked in a circle: {circle}; take one away") from error


def _narrowed(visit: Visit, lock: Lock) -> Visit:
    if visit.allowed_crews is not None and lock.crew_id not in visit.allowed_crews:
        raise LockError(
            f"visit {visit.id!r} is locked to crew {lock.crew_id!r}, but only "
            f"{', '.join(sorted(visit.allowed_crews)) or 'none'} may go; lock it to one of these"
        )
    options = tuple(starting_at(option, lock.start_s) for option in visit.options)
    if visit.options and lock.start_s is not None and not any(o.starts for o in options):
        raise LockError(
            f"visit {visit.id!r} is locked to start at second {lock.start_s}, which is outside "
            "every window of its places; choose another time or take the lock away"
        )
    return replace(
        visit, options=options, is_required=True, allowed_crews=frozenset({lock.crew_id})
    )


def starting_at(option: VisitOption, start_s: int | None) -> VisitOption:
    """Return an option that starts at one second alone, never where that is not in its hours."""
    if start_s is None:
        return option
    is_inside = any(first <= start_s <= last for first, last in option.starts)
    return replace(option, starts=((start_s, start_s),) if is_inside else ())


@dataclass(frozen=True, slots=True)
class LooseLock:
    """A lock of an earlier version that cannot hold any more, and why."""

    lock: Lock
    why: str


def fitting(
    problem: Problem, locks: Sequence[Lock]
) -> tuple[tuple[Lock, ...], tuple[LooseLock, ...]]:
    """Part locks into those that some plan could keep by the facts of now, and the others."""
    kept: list[Lock] = []
    loose: list[LooseLock] = []
    for lock in locks:
        try:
            apply_locks(problem, [*kept, lock])
        except LockError as error:
            loose.append(LooseLock(lock, str(error)))
        else:
            kept.append(lock)
    return tuple(kept), tuple(loose)
