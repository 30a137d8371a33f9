"""Where and when what is still to be planned of a crew's day begins."""

from __future__ import annotations

from typing import NamedTuple

from scheduler.plan import StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.timesheet import free_from_s, under_way_s, unpaid_s


class Beginning(NamedTuple):
    """The start of a crew's shift, or how it stands after the stops that it has begun.

    `taken` are the breaks it has had, bit by bit of `CrewShift.breaks`; `working_s` and
    `travel_s` what it has worked and travelled.
    """

    location: int
    ready_s: int
    working_s: int = 0
    travel_s: int = 0
    taken: int = 0


def beginning_of(problem: Problem, crew: CrewShift) -> Beginning:
    """Return where `crew` begins; who has begun has left at `CrewShift.start_s`."""
    if not crew.begun:
        return Beginning(crew.start_location, crew.start_s)
    rests = {stop.id for stop in crew.begun if stop.kind is StopKind.BREAK}
    ready_s = free_from_s(crew)
    return Beginning(
        _last_location(problem, crew),
        ready_s,
        ready_s - crew.start_s - unpaid_s(crew, crew.begun),
        under_way_s(crew.start_s, crew.begun),
        sum(1 << bit for bit, rest in enumerate(crew.breaks) if rest.id in rests),
    )


def _last_location(problem: Problem, crew: CrewShift) -> int:
    for stop in reversed(crew.begun):
        if stop.kind is StopKind.VISIT:
            return problem.visit_by_id[stop.id].options[stop.option].location
    return crew.start_location
