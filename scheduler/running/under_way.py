"""A crew between two doors: when it comes to the next, and what it is to tell by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.field.overdue import Awaited
from scheduler.plan import Stop, StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.running.begun import Begun
from scheduler.running.told import Made, SaidLate
from scheduler.timesheet import free_from_s


def said_start_s(ahead: Sequence[Stop], said: SaidLate | None) -> int:
    """Return when a crew said that it begins its next visit, 0 where it said nothing.

    A phone shows when visits are planned to begin: that is what "later than planned" is said of. A
    break before the visit does not change it.
    """
    door = next((stop for stop in ahead if stop.kind is StopKind.VISIT), None)
    return door.start_s + said.late_s if said and door else 0


def delayed(problem: Problem, stands: Begun, ahead: Sequence[Stop], start_s: int) -> Begun:
    """Let a crew leave so late that it comes to what is next at a time; never before roads allow.

    One that has its break first leaves when that is over.
    """
    crew, there = stands.crew, _next_door(problem, ahead)
    if there is None:
        return stands
    leave_s = start_s - problem.travel_s(crew, _here(problem, crew), there)
    if crew.begun:
        return replace(stands, crew=replace(crew, free_s=max(free_from_s(crew), leave_s)))
    return replace(stands, crew=replace(crew, start_s=max(crew.start_s, leave_s)))


def come_now(problem: Problem, stands: Begun, ahead: Sequence[Stop], now_s: int) -> CrewShift:
    """Let a crew that is awaited at its next door be on its way there, and come now at best."""
    crew, there = stands.crew, _next_door(problem, ahead)
    if there is None or stands.is_at_door:
        return crew
    here = _here(problem, crew)
    if problem.arrival_s(crew, here, there, _free_s(crew)) >= now_s:
        return crew
    left_s = now_s - problem.travel_s(crew, here, there)
    if crew.begun:
        return replace(crew, free_s=max(crew.begun[-1].end_s, left_s))
    return replace(crew, start_s=max(crew.start_s, left_s))


def awaited(
    problem: Problem, stands: Begun, ahead: Sequence[Stop], made: Sequence[Made], said_s: int = 0
) -> tuple[Awaited, int] | None:
    """Return what a crew that has begun is to tell next, and by when; None where it goes home.

    At its next door nobody awaits it before `said_s`, when it said that it comes.
    """
    crew = stands.crew
    if stands.is_at_door:
        planned = made[-1].planned
        return Awaited.LEAVE, crew.begun[-1].start_s + planned.end_s - planned.start_s
    rests = [stop for stop in ahead if stop.kind is StopKind.BREAK]
    doors = [stop for stop in ahead if stop.kind is StopKind.VISIT]
    if not doors:
        return None
    leave_s = _free_s(crew)
    for rest in rests if ahead[0].kind is StopKind.BREAK else ():
        if rest.start_s <= doors[0].start_s:
            leave_s = max(leave_s, rest.start_s) + rest.end_s - rest.start_s
    due_s = problem.arrival_s(crew, _here(problem, crew), _door(problem, doors[0]), leave_s)
    due_s = due_s if crew.begun else max(due_s, doors[0].arrival_s)
    return Awaited.ARRIVE, max(due_s, said_s)


def _next_door(problem: Problem, ahead: Sequence[Stop]) -> int | None:
    """Return the location of the first visit ahead, None where a break or nothing comes first."""
    if not ahead or ahead[0].kind is StopKind.BREAK:
        return None
    return _door(problem, ahead[0])


def _door(problem: Problem, stop: Stop) -> int:
    return problem.visit_by_id[stop.id].options[stop.option].location


def _here(problem: Problem, crew: CrewShift) -> int:
    """Return where a crew was last."""
    for stop in reversed(crew.begun):
        if stop.kind is StopKind.VISIT:
            return problem.visit_by_id[stop.id].options[0].location
    return crew.start_location


def _free_s(crew: CrewShift) -> int:
    return free_from_s(crew) if crew.begun else crew.start_s
