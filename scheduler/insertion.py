"""Where a visit would fit best into a plan, and what it would cost there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.draft import Draft
from scheduler.locks import apply_locks
from scheduler.plan import Itinerary, Plan
from scheduler.problem import Lock, Problem

if TYPE_CHECKING:
    from scheduler.engines.search.looking import Way


@dataclass(frozen=True, slots=True)
class Insertion:
    """A visit put into a crew's day before its `position`-th visit.

    `extra_cost` is what it adds to the cost of that day, in thousandths; `gain` is what the plan
    is better with it. `itinerary` is the day it makes, and `partner` that of the crew that comes
    too, where two meet.
    """

    crew_id: str
    position: int
    option: int
    extra_cost: int
    gain: int
    itinerary: Itinerary
    partner: Itinerary | None = None


def best_insertions(
    problem: Problem, plan: Plan, visit_id: str, *, most: int = 5, locks: Sequence[Lock] = ()
) -> list[Insertion]:
    """Return how crews could make an unserved visit as well, at most `most`, the best gain first.

    Nothing is searched: each crew's day stays in its order, the visit is tried in every gap, and
    the hours of the others may move.

    Raises
    ------
    ValueError
        Where no such visit is unserved, or the plan cannot be driven.
    """
    from scheduler.engines.search.looking import Look

    served = plan.served
    if visit_id in served or visit_id not in problem.visit_by_id:
        raise ValueError(f"visit {visit_id!r} is not one that the plan leaves out")
    hers = tuple(v for v in problem.visits if v.id in served or v.id == visit_id)
    held = [lock for lock in locks if {lock.visit_id, lock.after} <= {v.id for v in hers} | {None}]
    draft = Draft.exactly(apply_locks(replace(problem, visits=hers), held), plan)
    visit = draft.table.index[visit_id]
    found = [insertion_of(draft, visit, way) for way in Look(draft).ways(visit, most)]
    return sorted(found, key=lambda insertion: -insertion.gain)


def insertion_of(draft: Draft, visit: int, way: Way) -> Insertion:
    """Return a way that was found to make a visit, with what it costs and gains."""
    before, now = [draft.routes[new.index] for new in way.routes], way.routes
    days = [route.itinerary for route in now]
    assert all(days), "an insertion that is feasible can be driven"
    extra_cost = sum(route.price for route in now) - sum(route.price for route in before)
    worth = draft.worth(now) - draft.worth(before)
    row = now[0].rows[now[0].visits.index(visit)]
    return Insertion(
        now[0].crew.id,
        way.gaps[0],
        int(draft.table.number[row]),
        extra_cost,
        worth - extra_cost,
        *(day for day in days if day is not None),
    )
