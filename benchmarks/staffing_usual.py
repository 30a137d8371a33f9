"""The usual way to plan a day of visits, without a search: what the daily plan is held against.

From the highest days past due down each case goes to the crew that reaches it soonest within lawful
hours, until the shift is full; then each crew drives nearest first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.drive import NEVER, Call, drive, earliest_start
from scheduler.plan import Itinerary, LeftOut, Plan, Reason
from scheduler.problem import CrewShift, Problem, Visit, VisitOption


@dataclass
class _Round:
    """A crew as it is given cases: where it would be, and from when, after those it has."""

    crew: CrewShift
    here: int
    ready_s: int
    visits: list[Visit] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        most = self.crew.max_visits
        return most is not None and len(self.visits) >= most

    @property
    def rests_s(self) -> int:
        return sum(rest.duration_s for rest in self.crew.breaks)


def usual_plan(problem: Problem) -> Plan:
    """Return the plan that the usual way makes of a problem whose crews have begun nothing."""
    rounds = [_Round(crew, crew.start_location, crew.start_s) for crew in problem.crews]
    for visit in sorted(problem.visits, key=lambda one: (-_days_past_due(problem, one), one.id)):
        ways = [(_soonest(problem, round_, visit), n) for n, round_ in enumerate(rounds)]
        (start_s, option), number = min(ways)
        if start_s < NEVER:
            _append(rounds[number], visit, option, start_s)
    trips = [trip for trip in (_driven(problem, round_) for round_ in rounds) if trip.stops]
    made = {stop.id for trip in trips for stop in trip.visits}
    left_out = (
        LeftOut(visit.id, Reason.NOT_CHOSEN, "the shifts were full", case_ids=visit.case_ids)
        for visit in problem.visits
        if visit.id not in made
    )
    return Plan(tuple(trips), tuple(left_out))


def _days_past_due(problem: Problem, visit: Visit) -> int:
    days = {one.id: one.days_past_due for one in problem.day.cases} if problem.day else {}
    return max((days.get(case, 0) for case in visit.case_ids), default=0)


def _soonest(problem: Problem, round_: _Round, visit: Visit) -> tuple[int, int]:
    """Return when a crew could begin a visit at the end of its round, and by which option."""
    crew = round_.crew
    if round_.is_full or not _may(crew, visit):
        return NEVER, 0
    found = [
        (_start_s(problem, crew, round_.here, round_.ready_s, way), number)
        for number, way in enumerate(visit.options)
        if way.crews is None or crew.id in way.crews
    ]
    in_time = (
        (start_s, number)
        for start_s, number in found
        if _home_s(problem, crew, visit.options[number], start_s) + round_.rests_s <= crew.end_s
    )
    return min(in_time, default=(NEVER, 0))


def _may(crew: CrewShift, visit: Visit) -> bool:
    is_allowed = visit.allowed_crews is None or crew.id in visit.allowed_crews
    return is_allowed and crew.size >= visit.crew_size and visit.skills <= crew.skills


def _start_s(problem: Problem, crew: CrewShift, here: int, ready_s: int, way: VisitOption) -> int:
    return earliest_start(way, problem.arrival_s(crew, here, way.location, ready_s))


def _home_s(problem: Problem, crew: CrewShift, way: VisitOption, start_s: int) -> int:
    if start_s >= NEVER:
        return NEVER
    end_s = start_s + way.setup_s + way.service_s
    return problem.arrival_s(crew, way.location, crew.end_location, end_s)


def _append(round_: _Round, visit: Visit, option: int, start_s: int) -> None:
    way = visit.options[option]
    round_.here, round_.ready_s = way.location, start_s + way.setup_s + way.service_s
    round_.visits.append(visit)


def _driven(problem: Problem, round_: _Round) -> Itinerary:
    """Drive what a crew was given nearest first; what no longer fits is left undone."""
    crew, left, calls = round_.crew, list(round_.visits), list[Call]()
    trip = Itinerary(crew.id, crew.start_s, crew.start_s, ())
    here, ready_s = crew.start_location, crew.start_s
    while left:
        call = _nearest(problem, crew, here, ready_s, left)
        left.remove(call.visit)
        longer = drive(problem, crew, [*calls, call])
        if longer is not None:
            calls.append(call)
            trip = longer
            here, ready_s = call.way.location, longer.visits[-1].end_s
    return trip


def _nearest(problem: Problem, crew: CrewShift, here: int, ready_s: int, left: list[Visit]) -> Call:
    """Return the nearest call that is open on arrival; where none is, the one that opens first."""
    ways = []
    for visit in left:
        for number, way in enumerate(visit.options):
            if way.crews is None or crew.id in way.crews:
                arrival_s = problem.arrival_s(crew, here, way.location, ready_s)
                waits_s = earliest_start(way, arrival_s) - arrival_s
                ways.append((waits_s, arrival_s, visit.id, number, visit))
    *_, number, visit = min(ways, key=lambda one: one[:4])
    return Call(visit, number)
