"""A plan that was searched with reserve, told at the times that are usual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.cost import cost
from scheduler.drive import calls_of, drive, driven_like
from scheduler.engines.base import Result
from scheduler.insertion import Insertion, best_insertions
from scheduler.left_out import why_left_out
from scheduler.locks import apply_locks
from scheduler.plan import Itinerary, LeftOut, Plan, Reason
from scheduler.problem import Lock, Problem

KEPT_FREE = "It would fit at usual times: that time is kept free as the plan's reserve."


def as_usual(problem: Problem, found: Result, locks: Sequence[Lock] = ()) -> Result:
    """Return what a search of `with_reserve(problem, …)` has found, driven at usual times.

    Crews make the same visits in the same order and leave when they did; no visit begins later
    than it did with reserve, and so what is gained lies before its hours end. A must-visit that
    needs the reserve and finds room in it takes it. Who is left out says why at usual times:
    `Reason.RESERVE` where the reserve alone keeps her out. The cost is that of usual times.
    """
    plan = days_as_usual(problem, found.plan, locks)
    plan = replace(plan, left_out=tuple(_left_out(problem, plan, found.plan, locks)))
    return replace(found, plan=plan, cost=cost(problem, plan))


def days_as_usual(problem: Problem, found: Plan, locks: Sequence[Lock] = ()) -> Plan:
    """Return the days of `as_usual`; who is left out keeps the reason that the search gave.

    A simulation asks nobody's reason: to establish each at usual times would cost it a search more.
    """
    held = apply_locks(problem, locks).problem
    trips = tuple(_driven(held, trip) for trip in found.itineraries)
    plan = _with_musts(held, Plan(trips, ()), locks)
    left_out = tuple(one for one in found.left_out if one.visit_id not in plan.served)
    return replace(plan, left_out=left_out)


def _driven(problem: Problem, trip: Itinerary) -> Itinerary:
    """Return the cheapest day that begins nothing later than `trip` does, else its own order."""
    crew = problem.crew_by_id[trip.crew_id]
    usual = drive(problem, crew, calls_of(problem, trip))
    if usual is None or not _is_as_early(usual, trip):
        usual = driven_like(problem, trip)
    assert usual is not None, "what can be driven with reserve can be driven without"
    return usual


def _is_as_early(usual: Itinerary, trip: Itinerary) -> bool:
    """Whether a day leaves when `trip` does, not later to wait less, and begins nothing later."""
    latest_s = {stop.id: stop.start_s for stop in trip.visits}
    is_early = all(stop.start_s <= latest_s[stop.id] for stop in usual.visits)
    return usual.start_s == trip.start_s and is_early


def _with_musts(problem: Problem, plan: Plan, locks: Sequence[Lock]) -> Plan:
    """Return the plan with the must-visits that fit at usual times: they come before a reserve."""
    for visit in problem.visits:
        if visit.is_required and visit.id not in plan.served:
            for way in best_insertions(problem, plan, visit.id, most=1, locks=locks):
                plan = _put(plan, way)
    return plan


def _put(plan: Plan, way: Insertion) -> Plan:
    days = {day.crew_id: day for day in (way.itinerary, way.partner) if day is not None}
    before = {trip.crew_id for trip in plan.itineraries}
    kept = tuple(days.get(trip.crew_id, trip) for trip in plan.itineraries)
    return replace(plan, itineraries=kept + tuple(d for id, d in days.items() if id not in before))


def _left_out(
    problem: Problem, plan: Plan, found: Plan, locks: Sequence[Lock]
) -> Iterator[LeftOut]:
    with_reserve = {entry.visit_id: entry.reason for entry in found.left_out}
    for entry in why_left_out(problem, plan, locks):
        had_room = with_reserve.get(entry.visit_id) is Reason.NOT_CHOSEN
        if entry.reason is Reason.NOT_CHOSEN and not had_room:
            yield replace(entry, reason=Reason.RESERVE, detail=KEPT_FREE)
        else:
            yield entry
