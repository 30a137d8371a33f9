"""One crew's way: leaving, driving, visits, breaks and the way home, second by second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from routing.travel import UNREACHABLE
from scheduler.check.begun import begun_stops
from scheduler.check.faults import Fault
from scheduler.check.lists import option_of
from scheduler.plan import Itinerary, Stop, StopKind, Violation
from scheduler.problem import CrewBreak, CrewShift, Problem, VisitOption
from scheduler.windows import holds


def check_trip(problem: Problem, crew: CrewShift, trip: Itinerary) -> Iterator[Violation]:
    """Name all that is wrong with an itinerary's times; one without stops has none."""
    if not trip.stops:
        return
    yield from _departure_faults(crew, trip)
    legs = list(_legs(problem, crew, trip))
    for leg in legs:
        yield from _leg_faults(problem, crew, leg)
    if trip.visits:
        yield from _travel_faults(problem, crew, legs)
        yield from _work_faults(crew, trip)
    yield from _break_counts(crew, trip)


class _Leg(NamedTuple):
    """The way to one stop, or home where `stop` is None.

    The crew is free at `free_s`, goes from location `here` to `there`; None where the plan names
    an unknown visit, whose place nobody knows. What has begun is a fact.
    """

    stop: Stop | None
    free_s: int
    here: int | None
    there: int | None
    arrival_s: int
    is_begun: bool = False


def _departure_faults(crew: CrewShift, trip: Itinerary) -> Iterator[Violation]:
    may_leave_later = crew.counts_working_time and not crew.begun
    if trip.start_s < crew.start_s or (trip.start_s > crew.start_s and not may_leave_later):
        text = f"leaves at {trip.start_s}, and its shift begins at {crew.start_s}"
        yield Violation(Fault.WRONG_DEPARTURE, crew.id, text)


def _legs(problem: Problem, crew: CrewShift, trip: Itinerary) -> Iterator[_Leg]:
    free_s = trip.start_s
    here: int | None = crew.start_location
    begun = begun_stops(crew, trip)
    for number, stop in enumerate(trip.stops, start=1):
        there = here
        if stop.kind is StopKind.VISIT:
            option = option_of(problem, stop.id, stop.option)
            there = option.location if option else None
        yield _Leg(stop, free_s, here, there, stop.arrival_s, number <= begun)
        free_s = max(stop.end_s, crew.free_s) if number == begun else stop.end_s
        here = there
    yield _Leg(None, free_s, here, crew.end_location, trip.end_s)


def _leg_faults(problem: Problem, crew: CrewShift, leg: _Leg) -> Iterator[Violation]:
    if leg.is_begun:
        return
    if leg.stop is None:
        yield from _return_faults(problem, crew, leg)
    elif leg.stop.kind is StopKind.BREAK:
        yield from _break_faults(crew, leg.stop, leg.free_s)
    else:
        yield from _way_faults(problem, crew, leg, leg.stop.id, Fault.WRONG_TRAVEL_TIME)
        yield from _visit_faults(problem, leg, leg.stop)


def _travel_faults(problem: Problem, crew: CrewShift, legs: Sequence[_Leg]) -> Iterator[Violation]:
    travel_s = sum(_travel_s(problem, crew, leg) for leg in legs)
    if crew.max_travel_s is not None and travel_s > crew.max_travel_s:
        text = f"travels {travel_s} s, and {crew.max_travel_s} s are the most"
        yield Violation(Fault.TRAVELS_TOO_LONG, crew.id, text)


def _travel_s(problem: Problem, crew: CrewShift, leg: _Leg) -> int:
    if leg.here is None or leg.there is None or (leg.stop and leg.stop.kind is StopKind.BREAK):
        return 0
    if leg.is_begun:
        return leg.arrival_s - leg.free_s
    return problem.arrival_s(crew, leg.here, leg.there, leg.free_s) - leg.free_s


def _work_faults(crew: CrewShift, trip: Itinerary) -> Iterator[Violation]:
    unpaid = {rest.id for rest in crew.breaks if not rest.is_paid}
    rests = [s for s in trip.stops if s.kind is StopKind.BREAK and s.id in unpaid]
    working_s = trip.end_s - trip.start_s - sum(rest.end_s - rest.start_s for rest in rests)
    if crew.max_working_s is not None and working_s > crew.max_working_s:
        text = f"works {working_s} s, and {crew.max_working_s} s are the most"
        yield Violation(Fault.WORKS_TOO_LONG, crew.id, text)


def _way_faults(
    problem: Problem, crew: CrewShift, leg: _Leg, id_: str, fault: Fault
) -> Iterator[Violation]:
    """Name a leg that does not lead there, or whose arrival is not leaving plus travel."""
    if leg.here is None or leg.there is None:
        return
    arrival_s = problem.arrival_s(crew, leg.here, leg.there, leg.free_s)
    if arrival_s >= UNREACHABLE:
        yield Violation(Fault.NO_ROAD, id_, f"no road leads crew {crew.id} there")
    elif leg.arrival_s != arrival_s:
        way_s = arrival_s - leg.free_s
        text = f"arrives at {leg.arrival_s}: left at {leg.free_s}, the way takes {way_s}"
        yield Violation(fault, id_, text)


def _return_faults(problem: Problem, crew: CrewShift, leg: _Leg) -> Iterator[Violation]:
    yield from _way_faults(problem, crew, leg, crew.id, Fault.WRONG_RETURN)
    end_s = leg.arrival_s
    if leg.here is not None:
        end_s = max(end_s, problem.arrival_s(crew, leg.here, crew.end_location, leg.free_s))
    if end_s > crew.latest_end_s:
        text = f"is back at {end_s}, and {crew.latest_end_s} is the latest"
        yield Violation(Fault.OVERTIME, crew.id, text)


def _visit_faults(problem: Problem, leg: _Leg, stop: Stop) -> Iterator[Violation]:
    yield from _order_faults(stop, leg.free_s, Fault.OVERLAP)
    option = option_of(problem, stop.id, stop.option)
    if option is not None:
        setup_s = option.setup_s if leg.here != leg.there else 0
        yield from _option_faults(option, stop, option.service_s + setup_s)


def _option_faults(option: VisitOption, stop: Stop, lasts_s: int) -> Iterator[Violation]:
    if not holds(option.starts, stop.start_s):
        text = f"starts at {stop.start_s}, which is in none of {option.starts}"
        yield Violation(Fault.WINDOW_MISSED, stop.id, text)
    if stop.end_s != stop.start_s + lasts_s:
        text = f"lasts {stop.end_s - stop.start_s} s, and takes {lasts_s} s"
        yield Violation(Fault.WRONG_SERVICE_TIME, stop.id, text)
    if stop.place_id not in ("", option.place_id):
        text = f"is at place {stop.place_id}, and its option at {option.place_id}"
        yield Violation(Fault.WRONG_PLACE, stop.id, text)


def _break_faults(crew: CrewShift, stop: Stop, free_s: int) -> Iterator[Violation]:
    if stop.arrival_s != free_s:
        text = f"begins its wait at {stop.arrival_s}, and {crew.id} is free at {free_s}"
        yield Violation(Fault.WRONG_BREAK_ARRIVAL, stop.id, text)
    yield from _order_faults(stop, free_s, Fault.BREAK_IN_VISIT)
    for rest in crew.breaks:
        if rest.id == stop.id:
            yield from _rest_faults(rest, stop)


def _rest_faults(rest: CrewBreak, stop: Stop) -> Iterator[Violation]:
    if not holds([rest.starts], stop.start_s):
        text = f"begins at {stop.start_s}, outside {rest.starts}"
        yield Violation(Fault.BREAK_MOVED, stop.id, text)
    if stop.end_s != stop.start_s + rest.duration_s:
        text = f"lasts {stop.end_s - stop.start_s} s instead of {rest.duration_s} s"
        yield Violation(Fault.WRONG_BREAK_LENGTH, stop.id, text)


def _order_faults(stop: Stop, free_s: int, overlap: Fault) -> Iterator[Violation]:
    if stop.start_s < stop.arrival_s:
        text = f"starts at {stop.start_s}, before the arrival at {stop.arrival_s}"
        yield Violation(Fault.STARTS_BEFORE_ARRIVAL, stop.id, text)
    if stop.start_s < free_s:
        text = f"starts at {stop.start_s}, while the stop before lasts until {free_s}"
        yield Violation(overlap, stop.id, text)


def _break_counts(crew: CrewShift, trip: Itinerary) -> Iterator[Violation]:
    taken = Counter(stop.id for stop in trip.stops if stop.kind is StopKind.BREAK)
    for rest in crew.breaks:
        if trip.visits and not taken[rest.id]:
            yield Violation(Fault.BREAK_DROPPED, rest.id, f"crew {crew.id} has no rest")
        if taken[rest.id] > 1:
            yield Violation(Fault.BREAK_TWICE, rest.id, f"taken twice by crew {crew.id}")
