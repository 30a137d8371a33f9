"""The people behind the crews: on shift, certified, in one crew only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from scheduler.check.begun import begun_stops
from scheduler.check.faults import Fault
from scheduler.check.meetings import Meeting
from scheduler.check.people import People
from scheduler.day import Day
from scheduler.model import Crew, Shift
from scheduler.plan import Itinerary, Plan, Violation
from scheduler.problem import Problem
from scheduler.windows import instant, later


def check_roster(problem: Problem, day: Day, plan: Plan) -> Iterator[Violation]:
    """Name every member of a crew with visits who cannot be with it, and why.

    A crew that has made all of its visits is asked nothing any more.
    """
    crews = {crew.id: crew for crew in day.crews}
    trips = [t for t in plan.itineraries if t.visits and not _is_made(problem, t)]
    for trip in trips:
        if trip.crew_id not in crews:
            yield Violation(Fault.UNKNOWN_CREW, trip.crew_id, "the day has no such crew")
    out = [(trip, crews[trip.crew_id]) for trip in trips if trip.crew_id in crews]
    yield from _in_two_crews(out)
    people = People(day)
    for trip, crew in out:
        for member in crew.members:
            yield from people.faults(member)
            yield from _shift_faults(problem, people, member, trip)


def _is_made(problem: Problem, trip: Itinerary) -> bool:
    crew = problem.crew_by_id.get(trip.crew_id)
    return crew is not None and bool(crew.begun) and begun_stops(crew, trip) == len(trip.stops)


def check_presence(day: Day, met: Iterable[Meeting]) -> Iterator[Violation]:
    """Name every planned visit at whose hour a member of its crew does not work.

    One who has no shift at all does not come: what that means is the matter of crew and rules.
    """
    people = People(day)
    for meeting in met:
        for member in dict.fromkeys(who for crew in meeting.crews for who in people.present(crew)):
            shifts = people.shifts(member)
            if not any(_is_within(shift, meeting.start, meeting.end) for shift in shifts):
                text = f"{member} does not work {meeting.start:%H:%M}-{meeting.end:%H:%M}"
                yield Violation(Fault.OUTSIDE_SHIFT, meeting.visit.id, text)


def _in_two_crews(out: Sequence[tuple[Itinerary, Crew]]) -> Iterator[Violation]:
    """Name who goes with several crews at a time; one after the other she may."""
    trips = defaultdict[str, list[Itinerary]](list)
    for trip, crew in out:
        for member in crew.members:
            trips[member].append(trip)
    for member, hers in trips.items():
        days = sorted(hers, key=lambda trip: trip.start_s)
        if any(after.start_s < before.end_s for before, after in pairwise(days)):
            yield Violation(Fault.MEMBER_IN_TWO_CREWS, member, f"goes with {len(days)} crews")


def _shift_faults(
    problem: Problem, people: People, member: str, trip: Itinerary
) -> Iterator[Violation]:
    shifts = people.shifts(member)
    start, end = problem.at(trip.start_s), problem.at(trip.end_s)
    if shifts and not any(_is_within(shift, start, end) for shift in shifts):
        text = f"works {start:%H:%M:%S}-{end:%H:%M:%S} with {trip.crew_id}, outside her shift"
        yield Violation(Fault.OUTSIDE_SHIFT, member, text)


def _is_within(shift: Shift, start: datetime, end: datetime) -> bool:
    latest = later(shift.window.end, shift.max_overtime)
    return instant(shift.window.start) <= instant(start) and instant(end) <= instant(latest)
