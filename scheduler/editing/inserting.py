"""An urgent visit put into a plan: the best gap of all, and a short search around it.

The search moves few of the visits that people know, and weighs no other left-out one: what a
person took off stays off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.cost import cost, crews_of
from scheduler.editing.applying import applied
from scheduler.editing.edits import Move, Retake, Sheet
from scheduler.editing.obstacles import ForbiddenEditError, Ground, in_order
from scheduler.editing.quotes import Quote, quoter
from scheduler.engines.base import StopRule
from scheduler.engines.stop_rules import Iterations
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.replan import known_plan

ITERATIONS = 20
"""Slices of search around an insertion: a blink beside planning anew."""

MOST_MOVES = 5
"""Visits that may change hands for it."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A sheet with an urgent visit, and the edit that leads there.

    `price` is by how much the plan's cost changes, in thousandths; `moved` are the visits that
    other crews make now, `dropped` those that nobody makes any more.
    """

    edit: Move | Retake
    sheet: Sheet
    price: int
    moved: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def inserted(
    problem: Problem,
    sheet: Sheet,
    visit_id: str,
    *,
    most_moves: int = MOST_MOVES,
    stop: StopRule | None = None,
) -> Inserted:
    """Return the cheapest way found to make a visit that `sheet` leaves out, whatever its price.

    Other visits change hands, `most_moves` at most, or are dropped where no gap is left for it.
    `stop` ends the search around the best gap; without one it takes `ITERATIONS` slices.

    Raises
    ------
    ForbiddenEditError
        Where nobody can make it, even so; it says why.
    NotFoundError
        Where nobody knows the visit.
    """
    found = quoter(problem, sheet).quotes(visit_id)
    simple = _into_best_gap(problem, sheet, visit_id, found)
    if simple is None and not _may_be_asked(found):
        raise ForbiddenEditError(in_order(q.forbidden for q in found if q.forbidden))
    kept = sheet.plan.served if simple else frozenset[str]()
    asked = _asked(problem, sheet, visit_id, kept, most_moves)
    begin = simple.sheet if simple else sheet
    better = _around(problem, sheet, begin, visit_id, asked, stop or Iterations(ITERATIONS))
    ways = [way for way in (simple, better) if way is not None]
    if not ways:
        raise ForbiddenEditError(in_order(q.forbidden for q in found if q.forbidden))
    return min(ways, key=lambda way: cost(problem, way.sheet.plan).key)


def _into_best_gap(
    problem: Problem, sheet: Sheet, visit_id: str, found: Sequence[Quote]
) -> Inserted | None:
    best = min((q for q in found if q.is_allowed), key=lambda q: q.price, default=None)
    if best is None:
        return None
    edit = Move(visit_id, best.crew_id, best.before)
    return _told(problem, sheet, applied(problem, sheet, edit), edit)


def _may_be_asked(found: Sequence[Quote]) -> bool:
    """Whether room could be made: somebody fails by time alone, or has visits enough already."""
    made = (Ground.DAY, Ground.HERS, Ground.CREW)
    return any(q.forbidden and q.forbidden.ground in made for q in found)


def _around(
    problem: Problem, sheet: Sheet, begin: Sheet, visit_id: str, asked: Problem, stop: StopRule
) -> Inserted | None:
    """Search from `begin` with few moves; None where that finds no lawful place for the visit."""
    from scheduler.engines.search.engine import SearchEngine

    engine = SearchEngine()
    if engine.supports(asked, sheet.locks):
        return None
    result = engine.solve(asked, stop, warm_start=begin.plan, locks=sheet.locks)
    if visit_id not in result.plan.served:
        return None
    edit = Retake(_with_left_out(sheet.plan, result.plan))
    try:
        return _told(problem, sheet, applied(problem, sheet, edit), edit)
    except ForbiddenEditError:
        return None


def _asked(
    problem: Problem, sheet: Sheet, visit_id: str, kept: frozenset[str], most_moves: int
) -> Problem:
    """Return the problem of the visits that are made and of the one that must be; `kept` must too.

    So nobody is dropped where there is a gap.
    """
    known, musts = sheet.plan.served | {visit_id}, kept | {visit_id}
    visits = tuple(
        replace(one, is_required=True) if one.id in musts else one
        for one in problem.visits
        if one.id in known
    )
    reference = known_plan(sheet.plan, most_moves=most_moves)
    return replace(problem, visits=visits, refused=(), reference=reference)


def _with_left_out(before: Plan, found: Plan) -> Plan:
    """Return what was found with all who are left out, those that were so before as they were."""
    still = [entry for entry in before.left_out if entry.visit_id not in found.served]
    known = {entry.visit_id for entry in still}
    dropped = [entry for entry in found.left_out if entry.visit_id not in known]
    return Plan(found.itineraries, (*still, *dropped))


def _told(problem: Problem, before: Sheet, after: Sheet, edit: Move | Retake) -> Inserted:
    was, now = crews_of(before.plan), crews_of(after.plan)
    price = cost(problem, after.plan).total - cost(problem, before.plan).total
    moved = tuple(sorted(id_ for id_ in was if id_ in now and now[id_] != was[id_]))
    dropped = tuple(sorted(before.plan.served - after.plan.served))
    return Inserted(edit, after, price, moved, dropped)
