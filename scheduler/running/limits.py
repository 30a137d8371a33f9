"""How far a crew's limits are passed by what it has begun already: by no more than that asks."""

from __future__ import annotations

from dataclasses import replace

from routing.units import DAY_S
from scheduler.drive import drive
from scheduler.plan import StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.timesheet import free_from_s, travelled_s, worked_s


def widened(problem: Problem, crew: CrewShift) -> CrewShift:
    """Let a crew be home as late, drive and work as long, as what it has begun asks for already.

    Breaks whose hours are over go. Facts are no fault: a limit is passed by no more than they ask.
    """
    taken = {stop.id for stop in crew.begun}
    free_s = free_from_s(crew)
    left = tuple(one for one in crew.breaks if one.id in taken or one.starts[1] >= free_s)
    had = tuple(one for one in crew.breaks if one.id in taken)
    for breaks in (left, had):
        free = replace(crew, breaks=breaks, max_overtime_s=DAY_S, max_travel_s=None,
                       max_working_s=None)  # fmt: skip
        trip = drive(problem, free, ())
        if trip is not None:
            break
    else:
        return replace(crew, breaks=had)
    visits = sum(stop.kind is StopKind.VISIT for stop in crew.begun)
    return replace(
        crew,
        breaks=breaks,
        max_overtime_s=max(crew.max_overtime_s, trip.end_s - crew.end_s),
        max_travel_s=crew.max_travel_s and max(crew.max_travel_s, travelled_s(free, trip)),
        max_working_s=crew.max_working_s and max(crew.max_working_s, worked_s(free, trip)),
        max_visits=crew.max_visits and max(crew.max_visits, visits),
    )


def with_limits(crew: CrewShift, other: CrewShift) -> CrewShift:
    """Return `crew` with the breaks it still has, and the limits, of `other`."""
    return replace(
        crew,
        breaks=other.breaks,
        max_overtime_s=other.max_overtime_s,
        max_travel_s=other.max_travel_s,
        max_working_s=other.max_working_s,
        max_visits=other.max_visits,
    )
