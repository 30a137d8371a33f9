"""What an edit does to a day, as people ask: what it costs, and whom else it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from scheduler.cost import cost, crews_of
from scheduler.editing.edits import Sheet
from scheduler.plan import Itinerary, Plan, Stop
from scheduler.problem import CrewShift, Problem
from scheduler.timesheet import travelled_s, worked_s

NOTICED_S = 300
"""A visit that begins so much earlier or later is another hour for who waits for it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A sheet with a visit beside the same without it.

    `price` is by how much the plan's cost changes, in thousandths, `driving_s` and `working_s` how
    much longer all crews drive and work together. `crew_ids` go to the visit and begin at
    `start_s`. `moved` are the visits that other crews make now, `dropped` those that nobody makes
    any more; `shifted` stay with their crew and begin at another hour, so many seconds later.
    `changed` are all crews whose day is another.
    """

    price: int
    driving_s: int
    working_s: int
    crew_ids: tuple[str, ...]
    start_s: int
    end_s: int
    place_id: str
    moved: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    shifted: tuple[tuple[str, int], ...] = ()
    changed: tuple[str, ...] = ()


def effect(problem: Problem, before: Sheet, after: Sheet, visit_id: str) -> Effect:
    """Return what it does to a day that a visit is made which was made by nobody.

    Only the days that differ are looked at: of the others the facts may know less by now.
    """
    old, new = _differing(before.plan, after.plan)
    was, now = crews_of(old), crews_of(new)
    moved = tuple(sorted(id for id in was if id in now and now[id] != was[id]))
    stop = next(stop for stop in _stops(new) if stop.id == visit_id)
    return Effect(
        price=_cost(problem, new, old) - _cost(problem, old, new),
        driving_s=_summed(travelled_s, problem, new) - _summed(travelled_s, problem, old),
        working_s=_summed(worked_s, problem, new) - _summed(worked_s, problem, old),
        crew_ids=tuple(sorted(now[visit_id])),
        start_s=stop.start_s,
        end_s=stop.end_s,
        place_id=stop.place_id,
        moved=moved,
        dropped=tuple(sorted(before.plan.served - after.plan.served)),
        shifted=tuple(_shifted(old, new, set(moved))),
        changed=tuple(sorted({trip.crew_id for plan in (old, new) for trip in plan.itineraries})),
    )


def _differing(before: Plan, after: Plan) -> tuple[Plan, Plan]:
    """Return two plans with those days alone in which they differ."""
    same = set(before.itineraries) & set(after.itineraries)
    old, new = (
        Plan(tuple(trip for trip in plan.itineraries if trip not in same and trip.stops), ())
        for plan in (before, after)
    )
    return old, new


def _cost(problem: Problem, plan: Plan, other: Plan) -> int:
    """Return what a plan costs by the visits that it or the other makes."""
    touched = plan.served | other.served
    visits = tuple(visit for visit in problem.visits if visit.id in touched)
    return cost(replace(problem, visits=visits), plan).total


def _shifted(before: Plan, after: Plan, moved: set[str]) -> Iterable[tuple[str, int]]:
    now = {stop.id: stop.start_s for stop in _stops(after)}
    for stop in _stops(before):
        later_s = now.get(stop.id, stop.start_s) - stop.start_s
        if stop.id not in moved and abs(later_s) >= NOTICED_S:
            yield stop.id, later_s


def _stops(plan: Plan) -> Iterable[Stop]:
    return (stop for trip in plan.itineraries for stop in trip.visits)


def _summed(told_s: Callable[[CrewShift, Itinerary], int], problem: Problem, plan: Plan) -> int:
    return sum(told_s(problem.crew_by_id[trip.crew_id], trip) for trip in plan.itineraries)
