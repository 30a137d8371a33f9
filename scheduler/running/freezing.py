"""What of a running day is too near to be changed."""

from __future__ import annotations

from dataclasses import replace

from scheduler.plan import StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.running.day import CrewNow, StopNow
from scheduler.running.limits import widened
from scheduler.timesheet import free_from_s

FREEZE_S = 1800
"""What a crew is to set off for within half an hour stays with it, if nobody says otherwise."""


def frozen(problem: Problem, now: CrewNow, until_s: int) -> CrewShift:
    """Return a crew for which all is begun that it is to set off for before `until_s`.

    What misses its hours is not kept, nor what comes after it. Who would wait at a door need not
    set off yet. A crew that stands idle, or whose next visit goes, hears of another one by
    `until_s`.
    """
    crew, count = now.crew, len(now.crew.begun)
    leave_s = free_from_s(crew) if crew.begun else crew.start_s
    for one in now.stops[count:]:
        waits_s = one.stop.start_s - one.stop.arrival_s
        if leave_s + waits_s >= until_s or not _holds(crew, one):
            break
        count, leave_s = count + 1, one.stop.end_s
    stops = now.trip.stops[:count]
    if not stops:
        return replace(crew, start_s=max(crew.start_s, until_s))
    if count > len(crew.begun):
        return widened(problem, replace(crew, begun=stops, free_s=0))
    return widened(problem, replace(crew, free_s=max(stops[-1].end_s, until_s)))


def _holds(crew: CrewShift, one: StopNow) -> bool:
    """Whether a stop that is expected then may be made then."""
    if one.stop.kind is StopKind.VISIT:
        return not one.state.is_lost
    rest = next((rest for rest in crew.breaks if rest.id == one.stop.id), None)
    return rest is not None and rest.starts[0] <= one.stop.start_s <= rest.starts[1]
