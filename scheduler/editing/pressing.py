"""A day that cannot be driven in time, driven all the same: so that the judge can say by how much.

Limits are let go one after another, the crew's own first, then the hours of visits, then those of
breaks; what is broken then is all that had to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from routing.travel import UNREACHABLE
from scheduler.beginning import beginning_of
from scheduler.call import Call
from scheduler.drive import drive
from scheduler.editing.retiming import place_key
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem, Span, Visit
from scheduler.windows import holds, merge_spans

MORE_S = 2 * 86_400
"""More than any day is late."""


def pressed(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> Itinerary | None:
    """Return the day of `crew` with `calls`, late as it is; None where no road leads."""
    eager = _without_limits(crew)
    tries = (
        (eager, [_at_any_level(call) for call in calls]),
        (eager, [_at_any_hour(call) for call in calls]),
        (_with_late_breaks(eager), [_at_any_hour(call) for call in calls]),
    )
    for one, late in tries:
        trip = drive(problem, one, late)
        if trip is not None:
            return _told(problem, trip)
    return None


def lost_road(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> str | None:
    """Return the id of the first visit to which no road leads, the crew's where none leads home.

    None where there are roads all the way.
    """
    here = beginning_of(problem, crew).location
    for call in calls:
        if _is_cut(problem, crew, here, call.way.location):
            return call.visit.id
        here = call.way.location
    return crew.id if _is_cut(problem, crew, here, crew.end_location) else None


def _is_cut(problem: Problem, crew: CrewShift, here: int, there: int) -> bool:
    return int(problem.ways(crew)[:, here, there].max()) >= UNREACHABLE


def _without_limits(crew: CrewShift) -> CrewShift:
    """Return the crew with time enough, in haste to be back."""
    return replace(
        crew,
        max_overtime_s=crew.max_overtime_s + MORE_S,
        overtime_price_per_s=0,
        working_price_per_s=0,
        max_working_s=None,
        max_travel_s=None,
    )


def _with_late_breaks(crew: CrewShift) -> CrewShift:
    rests = (replace(rest, starts=_much_later(rest.starts)) for rest in crew.breaks)
    return replace(crew, breaks=tuple[CrewBreak, ...](rests))


def _much_later(span: Span) -> Span:
    return span[0], span[1] + MORE_S


def _at_any_level(call: Call) -> Call:
    return _opened(call, _spans(call))


def _at_any_hour(call: Call) -> Call:
    """Return the call with its last window open for good, and nobody to meet there."""
    spans = _spans(call) or ((0, 0),)
    return _opened(call, (*spans[:-1], _much_later(spans[-1])))._replace(start_s=None)


def _opened(call: Call, spans: tuple[Span, ...]) -> Call:
    options = list(call.visit.options)
    options[call.option] = replace(call.way, starts=spans)
    visit: Visit = replace(call.visit, options=tuple(options))
    return Call(visit, call.option, call.start_s)


def _spans(call: Call) -> tuple[Span, ...]:
    """Return when service may start at the door, at whatever level of the hour."""
    key = place_key(call.way)
    alike = [way.starts for way in call.visit.options if place_key(way) == key]
    return tuple(merge_spans(span for starts in alike for span in starts))


def _told(problem: Problem, trip: Itinerary) -> Itinerary:
    """Name at each stop the option of its hour, where one is."""
    return replace(trip, stops=tuple(_at_its_level(problem, stop) for stop in trip.stops))


def _at_its_level(problem: Problem, stop: Stop) -> Stop:
    if stop.kind is not StopKind.VISIT:
        return stop
    options = problem.visit_by_id[stop.id].options
    key = place_key(options[stop.option])
    for number in (stop.option, *range(len(options))):
        way = options[number]
        if place_key(way) == key and holds(way.starts, stop.start_s):
            return replace(stop, option=number, place_id=way.place_id)
    return stop
