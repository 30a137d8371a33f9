"""Where a visit would fit best into a plan, and what it would cost there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.draft import Draft
from scheduler.locks import apply_locks
from scheduler.plan import Itinerary, Plan
from scheduler.problem import Lock, Problem


@dataclass(frozen=True, slots=True)
class Insertion:
    """A visit put into a crew's day before its `position`-th visit.

    `extra_cost` is the travel, overtime and price of that crew that it adds, in thousandths;
    `gain` is what the option recovers beyond that. `itinerary` is the day it makes.
    """

    crew_id: str
    position: int
    option: int
    extra_cost: int
    gain: int
    itinerary: Itinerary


def best_insertions(
    problem: Problem, plan: Plan, visit_id: str, *, most: int = 5, locks: Sequence[Lock] = ()
) -> list[Insertion]:
    """Return the feasible insertions of an unserved visit into `plan`, the best gain first.

    Raises
    ------
    ValueError
        Where no such visit is unserved, or the plan cannot be driven.
    """
    draft = Draft.exactly(apply_locks(problem, locks), plan)
    visit = draft.table.index.get(visit_id)
    if visit is None or draft.is_served[visit]:
        raise ValueError(f"visit {visit_id!r} is not one that the plan leaves out")
    found = [one for crew in range(len(draft.routes)) for one in _of_crew(draft, crew, visit)]
    found.sort()
    return [_insertion(draft, crew, row, gap) for _, crew, row, gap in found[:most]]


def _of_crew(draft: Draft, crew: int, visit: int) -> list[tuple[float, int, int, int]]:
    """Return (loss, crew, row, gap) of every feasible insertion."""
    rows = draft.table.rows_of(np.arange(len(draft.is_served)) == visit)
    added = draft.routes[crew].added_prices(rows)
    loss = added - draft.table.value[rows][:, None]
    return [(loss[i, gap], crew, int(rows[i]), int(gap)) for i, gap in np.argwhere(added < np.inf)]


def _insertion(draft: Draft, crew: int, row: int, gap: int) -> Insertion:
    before, after = draft.routes[crew], draft.routes[crew].with_row(row, gap)
    itinerary = after.drive()
    assert itinerary is not None, "an insertion that is feasible can be driven"
    extra_cost = after.price - before.price
    gain = int(draft.table.value[row]) - extra_cost
    number = int(draft.table.number[row])
    return Insertion(before.crew.id, gap, number, extra_cost, gain, itinerary)
