"""A visit that is moved: which of its places suits best in the gap that a person chose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from scheduler.call import Call
from scheduler.editing.edits import Move, Sheet
from scheduler.editing.orders import Calls, Orders, calls_by_crew, crews_at, position, without
from scheduler.editing.pressing import pressed
from scheduler.editing.retiming import day_price, place_key, retimed
from scheduler.editing.telling import late_start_s
from scheduler.errors import NotFoundError
from scheduler.plan import Itinerary
from scheduler.problem import CrewShift, Problem, Visit


def moved(problem: Problem, sheet: Sheet, edit: Move) -> Orders:
    """Return what the touched crews do once a visit is moved, to the place that suits best."""
    sources = crews_at(sheet, edit.visit_id)
    calls = calls_by_crew(problem, sheet, {*sources, edit.crew_id})
    orders = {crew: without(calls[crew], edit.visit_id) for crew in sources}
    mine = orders.get(edit.crew_id, calls[edit.crew_id])
    at = position(problem, edit.crew_id, mine, _following(calls[edit.crew_id], edit))
    crew = problem.crew_by_id[edit.crew_id]
    if met := _met(problem, sheet, edit, crew, at):
        return Orders({**orders, **met}, sheet.locks)
    ways = [(*mine[:at], call, *mine[at:]) for call in calls_at_places(problem, edit, crew)]
    best = min(ways, key=lambda way: _badness(problem, sheet, crew, way))
    return Orders({**orders, edit.crew_id: best}, sheet.locks)


def _met(
    problem: Problem, sheet: Sheet, edit: Move, crew: CrewShift, gap: int
) -> dict[str, Calls] | None:
    """Return what two crews do that meet for a visit, if the crew is too small for it alone."""
    visit = problem.visit_by_id[edit.visit_id]
    if not visit.may_meet or crew.size >= visit.crew_size:
        return None
    from scheduler.editing.meeting import meeting_orders

    if edit.place_id:
        visit = at_place(visit, edit.place_id)
        visits = (visit if one.id == visit.id else one for one in problem.visits)
        problem = replace(problem, visits=tuple(visits))
    return meeting_orders(problem, sheet, visit, crew.id, gap, edit.partner_id)


def _following(calls: Calls, edit: Move) -> str | None:
    """Return before whom the visit goes; who is to come before herself stays where she is."""
    if edit.before != edit.visit_id:
        return edit.before
    ids = [call.visit.id for call in calls]
    after = ids[ids.index(edit.visit_id) + 1 :] if edit.visit_id in ids else [edit.visit_id]
    return after[0] if after else None


def calls_at_places(problem: Problem, edit: Move, crew: CrewShift) -> list[Call]:
    """Return one call for each door at which the visit could be made, best for who may go there.

    Raises
    ------
    NotFoundError
        Where the visit has no such place today.
    """
    visit = problem.visit_by_id[edit.visit_id]
    if edit.place_id:
        visit = at_place(visit, edit.place_id)
    doors = list(doors_of(visit, edit.place_id))
    if not doors:
        where = f"at {edit.place_id!r}" if edit.place_id else "anywhere"
        raise NotFoundError(f"visit {visit.id!r} cannot be made {where} today")
    hers = [n for n in doors if visit.options[n].crews is None or crew.id in _crews(visit, n)]
    return [Call(visit, number) for number in hers or doors]


def doors_of(visit: Visit, place_id: str = "") -> Iterator[int]:
    """Yield one option for each door of a visit: those that differ in hours and value are one."""
    seen = set[object]()
    for number, way in enumerate(visit.options):
        key = place_key(way)
        if key not in seen and place_id in ("", way.place_id):
            seen.add(key)
            yield number


def _crews(visit: Visit, number: int) -> frozenset[str]:
    return visit.options[number].crews or frozenset()


def at_place(visit: Visit, place_id: str) -> Visit:
    """Return the visit as if only one of its places had hours."""
    options = (
        way if way.place_id == place_id else replace(way, starts=()) for way in visit.options
    )
    return replace(visit, options=tuple(options))


def _badness(
    problem: Problem, sheet: Sheet, crew: CrewShift, calls: Sequence[Call]
) -> tuple[float, float]:
    """Order ways to drive: those in time by what they cost, the others by how late they are."""
    trip = retimed(problem, crew, calls, sheet.locks)
    if trip is not None:
        return 0, day_price(problem, trip)
    late = pressed(problem, crew, calls)
    return inf if late is None else 1, 0 if late is None else _late_s(problem, crew, late)


def _late_s(problem: Problem, crew: CrewShift, trip: Itinerary) -> int:
    late = (late_start_s(problem, stop.id, stop.option, stop.start_s) for stop in trip.visits)
    return sum(late) + max(0, trip.end_s - crew.latest_end_s)
