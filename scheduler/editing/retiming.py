"""A crew's day timed anew: the same visits in an order, at the hours that make the day cheapest.

The places are kept, the hour levels of a place are chosen again, as the search does it; who meets
another crew keeps the second at which they start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.call import Call
from scheduler.cost import trip_cost
from scheduler.draft import Draft
from scheduler.drive import drive
from scheduler.locks import Locked, starting_at
from scheduler.plan import Itinerary, StopKind
from scheduler.problem import CrewShift, Lock, Problem, Visit, VisitOption
from scheduler.route import Route
from scheduler.windows import holds


def retimed(
    problem: Problem, crew: CrewShift, calls: Sequence[Call], locks: Sequence[Lock] = ()
) -> Itinerary | None:
    """Return the cheapest day of `crew` that makes `calls` in order, after what it has begun.

    What is lost by worse hours counts. The starts that `locks` fix are kept; who may go is not
    asked. None where it cannot be driven.
    """
    held = [_held(call, locks) for call in calls]
    if not all(held):
        return None
    return _cheapest(problem, crew, [call for call in held if call])


def day_price(problem: Problem, trip: Itinerary) -> int:
    """Return what a crew's day costs, less what its visits recover, in thousandths."""
    won = sum(problem.visit_by_id[stop.id].options[stop.option].value for stop in trip.visits)
    return trip_cost(problem, trip).total - won


def place_key(way: VisitOption) -> tuple[object, ...]:
    """Return what options at one door have in common that differ in hours and value alone."""
    return way.location, way.service_s, way.setup_s, way.crews


def _held(call: Call, locks: Sequence[Lock]) -> Call | None:
    """Return the call of a visit that is narrowed to its locks, at an hour level that is left."""
    visit = call.visit
    for lock in locks:
        if lock.visit_id == visit.id and lock.start_s is not None:
            options = tuple(starting_at(way, lock.start_s) for way in visit.options)
            visit = replace(visit, options=options)
    if call.start_s is not None:
        is_open = holds(visit.options[call.option].starts, call.start_s)
        return Call(visit, call.option, call.start_s) if is_open else None
    alike = [call.option, *range(len(visit.options))]
    key = place_key(call.way)
    for number in alike:
        if visit.options[number].starts and place_key(visit.options[number]) == key:
            return Call(visit, number)
    return None


def _cheapest(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> Itinerary | None:
    if not calls:
        return drive(problem, crew, ())
    numbers = _hours(problem, crew, calls) if _may_choose(calls) else [c.option for c in calls]
    if numbers is None:
        return None
    told = [
        call if call.start_s is not None else Call(call.visit, number)
        for call, number in zip(calls, numbers, strict=True)
    ]
    return drive(problem, crew, told)


def _may_choose(calls: Sequence[Call]) -> bool:
    """Whether a visit has more than one hour level at its place."""
    return any(
        call.start_s is None
        and sum(place_key(way) == place_key(call.way) for way in call.visit.options) > 1
        for call in calls
    )


def _hours(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> list[int] | None:
    """Return the option of each call in the cheapest day, by the compiled search."""
    from scheduler.engines.search.beginning import routes_of, state_of
    from scheduler.engines.search.hours import told_route
    from scheduler.engines.search.kernels.anneal import search
    from scheduler.engines.search.kernels.tables import FAR, TELL
    from scheduler.engines.search.layout import tables_of
    from scheduler.engines.search.tuning import STILL

    draft = _draft(problem, crew, calls)
    laid = tables_of(draft)
    state = state_of(laid, routes_of(draft, laid), seed=0)
    search(laid, state, STILL, 0.0, 0, TELL)
    if state.route[0].tail >= FAR:
        return None
    rows = told_route(draft, laid, state, 0).rows
    return [int(draft.table.number[row]) for row in rows]


def _draft(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> Draft:
    """Return a draft of this one crew with these calls and what it has begun."""
    begun = [s.id for s in crew.begun if s.kind is StopKind.VISIT]
    visits: list[Visit] = [*(problem.visit_by_id[id_] for id_ in begun), *(c.visit for c in calls)]
    alone = (replace(crew, max_visits=None),)  # how many they are is asked elsewhere
    small = replace(problem, visits=tuple(visits), crews=alone, refused=(), reference=None)
    draft = Draft(Locked(small, {}))
    rows = [draft.table.row(len(begun) + k, call.option) for k, call in enumerate(calls)]
    draft.put([Route(draft.table, 0, rows, [call.start_s for call in calls])])
    return draft
