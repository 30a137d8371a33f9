"""The rest of a crew's day, timed anew from where it stands: what is late stays in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from routing.travel import UNREACHABLE
from scheduler.beginning import beginning_of
from scheduler.call import Call
from scheduler.drive import drive, earliest_start
from scheduler.labels import NEVER
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem, Span, Visit, VisitOption
from scheduler.windows import merge_spans


def timed(problem: Problem, crew: CrewShift, stops: Sequence[Stop]) -> Itinerary:
    """Return the day of `crew` that makes `stops` in their order after what it has begun.

    It is the day that `drive` finds, its breaks where they fit; where one visit cannot be made in
    time any more, each comes as early as it can all the same, at hours that are not its own.
    """
    calls = [_call(problem, crew, stop) for stop in stops if stop.kind is StopKind.VISIT]
    trip = drive(problem, crew, calls) or _late(problem, crew, stops)
    return replace(trip, stops=tuple(_with_option(problem, crew, stop) for stop in trip.stops))


def starts_at(visit: Visit, crew: CrewShift, place_id: str) -> tuple[Span, ...]:
    """Return when a visit may start at a place by any of its options there."""
    return merge_spans(
        span
        for option in visit.options
        if option.place_id == place_id and _is_for(option, crew)
        for span in option.starts
    )


def _is_for(option: VisitOption, crew: CrewShift) -> bool:
    return option.crews is None or crew.id in option.crews


def _call(problem: Problem, crew: CrewShift, stop: Stop) -> Call:
    """Return a stop as a call that any hour of its place will do for."""
    visit = problem.visit_by_id[stop.id]
    way = visit.options[stop.option]
    merged = replace(way, starts=starts_at(visit, crew, way.place_id) or way.starts)
    is_met = visit.may_meet and crew.size < visit.crew_size
    return Call(replace(visit, options=(merged,)), 0, stop.start_s if is_met else None)


def _late(problem: Problem, crew: CrewShift, stops: Sequence[Stop]) -> Itinerary:
    """Follow a crew through a day that does not hold: nothing is refused."""
    here, ready_s, *_ = beginning_of(problem, crew)
    made = list(crew.begun)
    rests = {rest.id: rest for rest in crew.breaks}
    for stop in stops:
        if stop.kind is StopKind.BREAK:
            if stop.id in rests:
                made.append(_rest(rests.pop(stop.id), ready_s))
                ready_s = made[-1].end_s
            continue
        call = _call(problem, crew, stop)
        arrival_s = _reached_s(problem, crew, here, call.way.location, ready_s)
        start_s = earliest_start(call, arrival_s)
        start_s = arrival_s if start_s >= NEVER else start_s
        end_s = start_s + call.way.lasts_s(here)
        made.append(replace(stop, arrival_s=arrival_s, start_s=start_s, end_s=end_s))
        here, ready_s = call.way.location, end_s
    home_s = _reached_s(problem, crew, here, crew.end_location, ready_s)
    return Itinerary(crew.id, crew.start_s, home_s, tuple(made))


def _rest(rest: CrewBreak, free_s: int) -> Stop:
    start_s = max(free_s, rest.starts[0])
    return Stop(StopKind.BREAK, rest.id, free_s, start_s, start_s + rest.duration_s)


def _reached_s(problem: Problem, crew: CrewShift, i: int, j: int, leave_s: int) -> int:
    """Return when a crew is there; where no road leads any more, at once."""
    arrival_s = problem.arrival_s(crew, i, j, leave_s)
    return leave_s if arrival_s >= UNREACHABLE else arrival_s


def _with_option(problem: Problem, crew: CrewShift, stop: Stop) -> Stop:
    """Return a stop with the option of its place that holds its start, else the one it had."""
    if stop.kind is StopKind.BREAK or stop in crew.begun:
        return stop
    for number, option in enumerate(problem.visit_by_id[stop.id].options):
        is_here = option.place_id == stop.place_id and _is_for(option, crew)
        if is_here and any(first <= stop.start_s <= last for first, last in option.starts):
            return replace(stop, option=number)
    return replace(stop, option=_first_at(problem, stop))


def _first_at(problem: Problem, stop: Stop) -> int:
    options = enumerate(problem.visit_by_id[stop.id].options)
    return next((number for number, one in options if one.place_id == stop.place_id), stop.option)
