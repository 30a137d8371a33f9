"""A sheet after an edit: the touched days driven anew, all of it judged as any plan is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from scheduler.call import Call
from scheduler.check import Fault, check_plan, rule_kind
from scheduler.check.locks import check_locks
from scheduler.editing.choosing import moved
from scheduler.editing.edits import (
    Arrange,
    Edit,
    Hold,
    Move,
    Regroup,
    Release,
    Retake,
    Sheet,
    Step,
    Swap,
    TakeOff,
    Together,
    moves_of,
)
from scheduler.editing.locking import held, released
from scheduler.editing.obstacles import ForbiddenEditError, GoneError, Ground, Obstacle
from scheduler.editing.orders import Orders, calls_by_crew, crews_at, refuse_begun
from scheduler.editing.pressing import lost_road, pressed
from scheduler.editing.retiming import retimed
from scheduler.editing.swapping import swapped
from scheduler.editing.telling import told
from scheduler.errors import NotFoundError
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Violation
from scheduler.problem import CrewShift, Lock, Problem
from scheduler.rules import RuleSet

BY_HAND = "A person took it off by hand."


def applied(problem: Problem, sheet: Sheet, edit: Edit) -> Sheet:
    """Return `sheet` after `edit`, which passes `check_plan` with its locks.

    `problem` holds all candidates of the day and the crews of the sheet, for a Regroup the crews
    of the edit; for an Arrange it is what `arranged` makes. Only the days that the edit touches
    are driven anew, each the cheapest way there is with its visits in their order. What stood
    against the sheet before does not forbid an edit that adds nothing to it: else nobody could
    mend it.

    Raises
    ------
    ForbiddenEditError
        Where a law, a rule of the house, a lock or the day itself forbids it; all of them named.
    GoneError
        Where the edit speaks of a gap that is no more.
    NotFoundError
        Where nobody knows the visit or the crew.
    """
    after = _changed(problem, sheet, edit)
    moved_ids = frozenset(move.visit_id for move in moves_of(edit))
    judge(problem, sheet, after, is_anew=isinstance(edit, Regroup), moved_ids=moved_ids)
    return after


def _changed(problem: Problem, sheet: Sheet, edit: Edit) -> Sheet:
    match edit:
        case Regroup():
            return _regrouped(sheet, edit)
        case Retake():
            return replace(sheet, plan=edit.plan)
        case Together():
            return _step_by_step(problem, sheet, edit.steps)
        case Arrange():
            return _agreed(problem, sheet, edit)
        case _:
            return driven(problem, sheet, orders_of(problem, sheet, edit))


def _agreed(problem: Problem, sheet: Sheet, edit: Arrange) -> Sheet:
    """Return the sheet with the crew as was agreed, and the visit that was left out in its day."""
    if edit.move.visit_id in sheet.plan.served:
        raise GoneError(f"visit {edit.move.visit_id} is planned by now: it needs no help")
    crews = tuple(edit.crew if one.id == edit.crew.id else one for one in sheet.crews)
    sheet = replace(sheet, crews=crews)
    return driven(problem, sheet, orders_of(problem, sheet, edit.move))


def _step_by_step(problem: Problem, sheet: Sheet, steps: Iterable[Step]) -> Sheet:
    """Return the sheet after one step after another; only what stands in the end is judged.

    What an earlier step took off along with another visit is taken off already.
    """
    off: set[str] = set()
    for step in steps:
        if isinstance(step, TakeOff) and step.visit_id in off:
            continue
        orders = orders_of(problem, sheet, step)
        sheet = driven(problem, sheet, orders)
        off = (off | set(orders.taken_off)) - sheet.plan.served
    return sheet


def orders_of(problem: Problem, sheet: Sheet, edit: Step) -> Orders:
    """Return what the touched crews do after a step; raises as `applied` does."""
    match edit:
        case Move():
            _refuse_unknown(problem, edit.visit_id, [edit.crew_id])
            refuse_begun(problem, edit.visit_id)
            return moved(problem, sheet, edit)
        case TakeOff():
            return _taken_off(problem, sheet, edit.visit_id)
        case Hold():
            return held(problem, sheet, edit.locks)
        case Release():
            return released(problem, sheet, edit.visit_ids)
        case Swap():
            _refuse_unknown(problem, None, [edit.crew_id, edit.other_id])
            return swapped(problem, sheet, edit)


def _refuse_unknown(problem: Problem, visit_id: str | None, crew_ids: Sequence[str]) -> None:
    for crew_id in crew_ids:
        if crew_id not in problem.crew_by_id:
            raise NotFoundError(f"no crew {crew_id!r} is on the road today")
    if visit_id is None or visit_id in problem.visit_by_id:
        return
    for entry in problem.refused:
        if entry.visit_id == visit_id:
            raise ForbiddenEditError([kept_out(problem, entry)])
    raise NotFoundError(f"the day has no visit {visit_id!r}")


def kept_out(problem: Problem, entry: LeftOut) -> Obstacle:
    """Return why a visit is none of the problem's: a rule, or another fact of the day."""
    if not entry.rule:
        return Obstacle(entry.reason, entry.visit_id, entry.detail, Ground.DAY)
    ground = Ground.LAW if _is_law(problem.rules, entry.rule) else Ground.HOUSE
    return Obstacle(rule_kind(entry.rule), entry.visit_id, entry.detail, ground, entry.rule)


def _is_law(rules: RuleSet | None, rule: str) -> bool:
    """Whether a rule stands in a law; one that nobody knows counts as such."""
    facts = rules.facts.get(rule, ()) if rules else ()
    return not facts or any(fact.is_law for fact in facts)


def _taken_off(problem: Problem, sheet: Sheet, visit_id: str) -> Orders:
    """Return what crews do without a visit, and without others of theirs that nobody may make."""
    crews = crews_at(sheet, visit_id)
    if not crews:
        raise GoneError(f"visit {visit_id} stands in no itinerary: it is left out already")
    refuse_begun(problem, visit_id)
    trips = [trip for trip in sheet.plan.itineraries if trip.crew_id in crews]
    gone = [stop.id for trip in trips for stop in trip.visits if not problem.knows(stop)]
    off = tuple(dict.fromkeys([visit_id, *gone]))
    calls = calls_by_crew(problem, _without_stops(sheet, off), crews)
    return Orders(calls, sheet.locks, off)


def _without_stops(sheet: Sheet, visit_ids: Sequence[str]) -> Sheet:
    """Return the sheet without some visits; its times are not true yet."""
    trips = (
        replace(trip, stops=tuple(stop for stop in trip.stops if stop.id not in visit_ids))
        for trip in sheet.plan.itineraries
    )
    return replace(sheet, plan=replace(sheet.plan, itineraries=tuple(trips)))


def driven(problem: Problem, sheet: Sheet, orders: Orders) -> Sheet:
    """Return the sheet with the days of the touched crews driven anew.

    A day that cannot be kept is driven all the same: the judge then says by how much it fails.

    Raises
    ------
    ForbiddenEditError
        Where no road leads.
    """
    trips = {
        crew_id: _day(problem, problem.crew_by_id[crew_id], calls, orders.locks)
        for crew_id, calls in orders.calls.items()
    }
    itineraries = tuple(_put(sheet.plan.itineraries, trips))
    left_out = tuple(_left_out(problem, sheet.plan, itineraries, orders.taken_off))
    return Sheet(Plan(itineraries, left_out), sheet.crews, orders.locks)


def _day(
    problem: Problem, crew: CrewShift, calls: Sequence[Call], locks: Sequence[Lock]
) -> Itinerary:
    trip = retimed(problem, crew, calls, locks) or pressed(problem, crew, calls)
    if trip is not None:
        return trip
    where = lost_road(problem, crew, calls) or crew.id
    text = f"no road leads crew {crew.id} there"
    raise ForbiddenEditError([Obstacle(Fault.NO_ROAD, where, text, Ground.DAY)])


def _put(before: Sequence[Itinerary], trips: Mapping[str, Itinerary]) -> Iterable[Itinerary]:
    """Yield the itineraries in their old order, those of crews that had none last."""
    known = {trip.crew_id for trip in before}
    new = (trip for crew_id, trip in trips.items() if crew_id not in known)
    for trip in (*(trips.get(trip.crew_id, trip) for trip in before), *new):
        if trip.stops:
            yield trip


def _left_out(
    problem: Problem, before: Plan, itineraries: Sequence[Itinerary], taken_off: Sequence[str]
) -> Iterable[LeftOut]:
    served = {stop.id for trip in itineraries for stop in trip.visits}
    gone = set(taken_off) - served
    yield from (
        one for one in before.left_out if one.visit_id not in served and one.visit_id not in gone
    )
    refused = {entry.visit_id: entry for entry in problem.refused}
    for visit_id in taken_off:
        if visit_id in problem.visit_by_id:
            cases = problem.visit_by_id[visit_id].case_ids
            yield LeftOut(visit_id, Reason.TAKEN_OFF, BY_HAND, case_ids=cases)
        elif visit_id in refused:
            yield refused[visit_id]


def _regrouped(sheet: Sheet, edit: Regroup) -> Sheet:
    """Return the sheet with other crews; what was locked to one that is changed is free."""
    same = {crew.id for crew in sheet.crews if crew in edit.crews}
    locks = (lock for lock in sheet.locks if lock.crew_id in same or _is_kept(edit.plan, lock))
    return Sheet(edit.plan, edit.crews, tuple(locks))


def _is_kept(plan: Plan, lock: Lock) -> bool:
    return not list(check_locks(plan, [lock]))


def judge(
    problem: Problem,
    before: Sheet,
    after: Sheet,
    *,
    is_anew: bool = False,
    moved_ids: Collection[str] = (),
) -> None:
    """Raise ForbiddenEditError where something stands against `after` that stood not before.

    Of visits that are moved all counts: they need not go where they may not.
    """
    found = check_plan(problem, after.plan, after.locks)
    if found and not is_anew:
        stood = {_at(one) for one in check_plan(problem, before.plan, before.locks)}
        found = [one for one in found if one.id in moved_ids or _at(one) not in stood]
    if found:
        raise ForbiddenEditError(told(problem, after.plan, found))


def _at(violation: Violation) -> tuple[str, str]:
    return violation.kind, violation.id
