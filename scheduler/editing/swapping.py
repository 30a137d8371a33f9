"""Two crews change places: each drives what the other had, but for what is begun or locked."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.call import Call
from scheduler.editing.edits import Sheet, Swap
from scheduler.editing.orders import Calls, Orders, calls_by_crew
from scheduler.problem import Problem


def swapped(problem: Problem, sheet: Sheet, edit: Swap) -> Orders:
    """Return what two crews do once they have changed places.

    What is locked stays with its crew, at its place in time. So does a door where they meet each
    other.
    """
    calls = calls_by_crew(problem, sheet, (edit.crew_id, edit.other_id))
    one, other = calls[edit.crew_id], calls[edit.other_id]
    both = {call.visit.id for call in one} & {call.visit.id for call in other}
    bound = both | {lock.visit_id for lock in sheet.locks} | {lock.after for lock in sheet.locks}
    trips = sheet.plan.itineraries
    starts = {(trip.crew_id, stop.id): stop.start_s for trip in trips for stop in trip.visits}

    def changed(crew_id: str, mine: Sequence[Call], giver_id: str, given: Sequence[Call]) -> Calls:
        kept = [(starts[crew_id, c.visit.id], c) for c in mine if c.visit.id in bound]
        new = [(starts[giver_id, c.visit.id], c) for c in given if c.visit.id not in bound]
        return tuple(call for _, call in sorted([*kept, *new], key=lambda told: told[0]))

    orders = {
        edit.crew_id: changed(edit.crew_id, one, edit.other_id, other),
        edit.other_id: changed(edit.other_id, other, edit.crew_id, one),
    }
    return Orders(orders, sheet.locks)
