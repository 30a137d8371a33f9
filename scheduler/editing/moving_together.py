"""Several visits given to one crew: each into the best gap that is left after those before."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.editing.applying import applied
from scheduler.editing.edits import Move, Sheet, Together
from scheduler.editing.obstacles import ForbiddenEditError, in_order
from scheduler.editing.quotes import quotes
from scheduler.problem import Problem


def moved_together(
    problem: Problem, sheet: Sheet, visit_ids: Sequence[str], crew_id: str
) -> Together:
    """Return the edit that lets a crew make some visits, whoever makes them now.

    Raises
    ------
    ForbiddenEditError
        Where one of them finds no place; it says why.
    NotFoundError
        Where nobody knows one of them.
    """
    steps: list[Move] = []
    for visit_id in _by_hour(sheet, visit_ids):
        step = _best(problem, sheet, visit_id, crew_id)
        sheet = applied(problem, sheet, step)
        steps.append(step)
    return Together(tuple(steps))


def _by_hour(sheet: Sheet, visit_ids: Sequence[str]) -> list[str]:
    """Return visits in the order of their hours, those that nobody makes last."""
    starts = {stop.id: stop.start_s for trip in sheet.plan.itineraries for stop in trip.visits}
    return sorted(dict.fromkeys(visit_ids), key=lambda id_: (id_ not in starts, starts.get(id_, 0)))


def _best(problem: Problem, sheet: Sheet, visit_id: str, crew_id: str) -> Move:
    found = [one for one in quotes(problem, sheet, visit_id) if one.crew_id == crew_id]
    free = [one for one in found if one.is_allowed]
    if not free:
        raise ForbiddenEditError(in_order(one.forbidden for one in found if one.forbidden))
    best = min(free, key=lambda one: one.price)
    return Move(visit_id, crew_id, best.before, best.place_id)
