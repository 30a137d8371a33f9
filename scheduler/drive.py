"""How a crew's day is driven: the one definition that plans are built and costed by.

A crew leaves `start_location` at `start_s`; where its working time counts, at the later second
that makes the day cheapest. From then on all happens as early as it can. Service begins at the
earliest second inside the option's `starts` that is not before the arrival, or at the one second
that a call fixes; the crew waits at the door until then. It lasts `service_s`, and `setup_s` more
where the last stop was at another location. A break is taken where the crew is, before the next
leg: at the start, after a visit, after the last one too; never inside a visit. It begins inside
`CrewBreak.starts`, and at which stop it is taken is chosen with the leaving. The crew is back at
`end_location` by `end_s + max_overtime_s`, having taken every break and kept `max_travel_s` and
`max_working_s`. A crew without visits stays at home: no travel, no breaks, and no itinerary in a
plan. One that has begun goes on from its last stop, and has left at `start_s`.

Of all such days the one is driven whose working time and overtime cost least; of equal ones the
one that ends first. Where travel differs by the hour the leaving is chosen before all else: the
latest that still reaches the first stop, or the first break at the start, at its earliest second.

Roads are first in, first out and waiting is free but for the work it is, so that of two ways to
reach a stop with the same breaks taken and the same leaving the earlier one is never worse. All
seconds of a day lie below `UNREACHABLE`.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.beginning import beginning_of
from scheduler.call import Call as Call
from scheduler.labels import NEVER as NEVER
from scheduler.labels import Label, Labels, Step
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem, VisitOption
from scheduler.timesheet import travelled_s


def drive(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> Itinerary | None:
    """Return the cheapest day of `crew` that makes `calls`, after what it has begun, in order.

    None where it misses a window, a break or the end of the shift, works or travels too long, or
    where no road leads. Who may go is not asked here: see `scheduler.options.fits`.
    """
    if not calls and not crew.begun:
        return Itinerary(crew.id, crew.start_s, crew.start_s, ())
    if not crew.breaks and not crew.counts_working_time:
        return _followed(problem, crew, crew.start_s, calls)
    cheapest = Labels(problem, crew).cheapest(calls)
    if cheapest is None:
        return None
    return _followed(problem, crew, _leaving_s(crew, cheapest), cheapest.steps())


def calls_of(problem: Problem, itinerary: Itinerary) -> tuple[Call, ...]:
    """Return what `drive` needs to drive `itinerary` again: its calls after the begun ones.

    A visit that its crew is too small to make alone keeps its start, for somebody meets it there.
    """
    crew = problem.crew_by_id[itinerary.crew_id]
    begun = {stop.id for stop in crew.begun}
    return tuple(_call_of(problem, crew, s) for s in itinerary.visits if s.id not in begun)


def _call_of(problem: Problem, crew: CrewShift, stop: Stop) -> Call:
    visit = problem.visit_by_id[stop.id]
    is_met = visit.may_meet and crew.size < visit.crew_size
    return Call(visit, stop.option, stop.start_s if is_met else None)


def driven_like(problem: Problem, trip: Itinerary) -> Itinerary | None:
    """Return a day with the stops of `trip`, breaks where it has them, leaving when it does.

    Its times are the problem's, each as early as can be. None as `drive` says.
    """
    crew = problem.crew_by_id[trip.crew_id]
    rests = {rest.id: rest for rest in crew.breaks}
    calls = iter(calls_of(problem, trip))
    ahead = trip.stops[len(crew.begun) :]
    steps = [rests[s.id] if s.kind is StopKind.BREAK else next(calls) for s in ahead]
    return _followed(problem, crew, trip.start_s, steps)


def location_of(call: Call) -> int:
    return call.way.location


def leaving_times(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> list[list[int]]:
    """Return when `crew` can leave each stop at the earliest, by the breaks it has taken.

    Row 0 is the start and row k the k-th call; column `taken` is a set of `crew.breaks`, bit by
    bit. `NEVER` or later where that cannot be.
    """
    rows = (fronts for _, fronts in Labels(problem, crew).rows(calls))
    return [[min((one.ready_s for one in front), default=NEVER) for front in row] for row in rows]


def keeps_breaks(problem: Problem, crew: CrewShift) -> bool:
    """Whether the shift has room for all breaks: where not at home before all, then nowhere."""
    return leaving_times(problem, crew, ())[0][-1] <= crew.latest_end_s


def earliest_start(way: VisitOption | Call, arrival_s: int) -> int:
    """Return when service begins for a crew that arrives at `arrival_s`, or `NEVER`."""
    for first_s, last_s in way.starts:
        if arrival_s <= last_s:
            return max(arrival_s, first_s)
    return NEVER


def _leaving_s(crew: CrewShift, day: Label) -> int:
    """Return when a crew leaves whose `day` ends at home with so much work."""
    if crew.begun or not crew.counts_working_time:
        return crew.start_s
    unpaid_s = sum(rest.duration_s for rest in crew.breaks if not rest.is_paid)
    return day.ready_s - day.working_s - unpaid_s


def _followed(
    problem: Problem, crew: CrewShift, leaving_s: int, steps: Sequence[Step]
) -> Itinerary | None:
    """Follow the crew through its day as early as can be; None where something is missed."""
    here, ready_s, *_ = beginning_of(problem, crew)
    ready_s = ready_s if crew.begun else leaving_s
    stops = list(crew.begun)
    for step in steps:
        there = step.way.location if isinstance(step, Call) else here
        stop = _stop(step, here, problem.arrival_s(crew, here, there, ready_s))
        if stop.start_s >= NEVER:
            return None
        stops.append(stop)
        here, ready_s = there, stop.end_s
    end_s = problem.arrival_s(crew, here, crew.end_location, ready_s)
    trip = Itinerary(crew.id, leaving_s, end_s, tuple(stops))
    return trip if _is_in_time(crew, trip) else None


def _stop(step: Step, here: int, arrival_s: int) -> Stop:
    if isinstance(step, CrewBreak):
        start_s = max(arrival_s, step.starts[0])
        return Stop(StopKind.BREAK, step.id, arrival_s, start_s, start_s + step.duration_s)
    start_s, way = earliest_start(step, arrival_s), step.way
    end_s = start_s + way.lasts_s(here)
    visit_id, number = step.visit.id, step.option
    return Stop(StopKind.VISIT, visit_id, arrival_s, start_s, end_s, number, way.place_id)


def _is_in_time(crew: CrewShift, trip: Itinerary) -> bool:
    if trip.end_s > crew.latest_end_s:
        return False
    return crew.max_travel_s is None or travelled_s(crew, trip) <= crew.max_travel_s
