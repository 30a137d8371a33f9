"""A crew's day as far as it is made: its stops with their true times, and where it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.plan import Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem
from scheduler.running.told import Made


@dataclass(frozen=True, slots=True)
class Begun:
    """A crew as it stands: `crew.begun` are facts. `missed` are breaks it can take no more."""

    crew: CrewShift
    missed: tuple[str, ...] = ()
    is_at_door: bool = False


def begun(
    problem: Problem, crew: CrewShift, made: Sequence[Made], left_s: int, now_s: int
) -> Begun:
    """Return a crew that left home at `left_s` and has made these visits, in their order.

    A visit that lasts still is taken to last as planned, and till now at least. A break counts as
    taken where there was time for it between two doors inside its hours.
    """
    stops = _with_breaks(problem, crew, _visits(made, left_s, now_s), left_s)
    start_s = left_s if stops else max(crew.start_s, left_s)
    free_s = stops[-1].end_s if stops else start_s
    taken = {stop.id for stop in stops if stop.kind is StopKind.BREAK}
    missed = tuple(
        rest.id for rest in crew.breaks if rest.id not in taken and rest.starts[1] < free_s
    )
    kept = tuple(rest for rest in crew.breaks if rest.id not in missed)
    on_duty = replace(crew, start_s=start_s, begun=stops, breaks=kept)
    is_at_door = bool(made) and made[-1].left_s is None
    return Begun(on_duty, missed, is_at_door)


def _visits(made: Sequence[Made], left_s: int, now_s: int) -> list[Stop]:
    found: list[Stop] = []
    for number, one in enumerate(made, start=1):
        arrival_s = max(one.arrived_s, found[-1].end_s if found else left_s)
        start_s, end_s = _served_s(one, arrival_s), one.left_s
        if end_s is None:
            usual_s = start_s + one.planned.end_s - one.planned.start_s
            is_last = number == len(made)
            end_s = max(usual_s, now_s) if is_last else min(usual_s, made[number].arrived_s)
        times = arrival_s, min(start_s, max(end_s, arrival_s)), max(end_s, arrival_s)
        found.append(Stop(StopKind.VISIT, one.visit_id, *times, 0, one.planned.place_id))
    return found


def _served_s(one: Made, arrival_s: int) -> int:
    """Return when service began: who was planned to wait for an hour at that door has waited."""
    waits = one.planned.start_s > one.planned.arrival_s
    is_gone = one.left_s is not None and one.left_s <= one.planned.start_s
    return max(arrival_s, one.planned.start_s) if waits and not is_gone else arrival_s


def _with_breaks(
    problem: Problem, crew: CrewShift, visits: Sequence[Stop], left_s: int
) -> tuple[Stop, ...]:
    """Put each break into the first gap between doors that was long enough for it."""
    waiting = sorted(crew.breaks, key=lambda rest: rest.starts)
    stops: list[Stop] = []
    free_s, here = left_s, crew.start_location
    for visit in visits:
        there = problem.visit_by_id[visit.id].options[0].location
        for rest in tuple(waiting):
            stop = _taken(rest, free_s)
            if stop and problem.arrival_s(crew, here, there, stop.end_s) <= visit.arrival_s:
                stops.append(stop)
                waiting.remove(rest)
                free_s = stop.end_s
        stops.append(visit)
        free_s, here = visit.end_s, there
    return tuple(stops)


def _taken(rest: CrewBreak, free_s: int) -> Stop | None:
    start_s = max(free_s, rest.starts[0])
    if start_s > rest.starts[1]:
        return None
    return Stop(StopKind.BREAK, rest.id, free_s, start_s, start_s + rest.duration_s)
