"""Whether a crew may make the visits it is sent to, by the numbers of the problem.

What has begun counts, and is not asked again; how many people come is asked at the door.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.check.begun import begun_stops
from scheduler.check.faults import Fault
from scheduler.check.lists import option_of
from scheduler.plan import Itinerary, Stop, StopKind, Violation
from scheduler.problem import CrewShift, Problem, Visit, VisitOption


def check_fitness(problem: Problem, crew: CrewShift, trip: Itinerary) -> Iterator[Violation]:
    """Name visits that are not for this crew, one visit too many, and too much to carry."""
    if crew.max_visits is not None and len(trip.visits) > crew.max_visits:
        text = f"has {len(trip.visits)} visits; {crew.max_visits} are the most"
        yield Violation(Fault.TOO_MANY_VISITS, crew.id, text)
    known = [problem.visit_by_id[s.id] for s in trip.visits if s.id in problem.visit_by_id]
    for kind, room in enumerate(crew.capacity):
        load = sum(visit.load[kind] for visit in known if kind < len(visit.load))
        if load > room:
            text = f"carries {load} of kind {kind}, and has room for {room}"
            yield Violation(Fault.OVERLOADED, crew.id, text)
    for stop in trip.stops[begun_stops(crew, trip) :]:
        if stop.kind is StopKind.VISIT and stop.id in problem.visit_by_id:
            yield from _misfits(crew, problem.visit_by_id[stop.id])
            yield from _option_faults(crew, stop, option_of(problem, stop.id, stop.option))


def _misfits(crew: CrewShift, visit: Visit) -> Iterator[Violation]:
    if visit.allowed_crews is not None and crew.id not in visit.allowed_crews:
        yield Violation(Fault.CREW_NOT_ALLOWED, visit.id, f"crew {crew.id} may not go there")
    yield from missing_skills(visit.id, visit.skills, crew.skills)


def _option_faults(crew: CrewShift, stop: Stop, option: VisitOption | None) -> Iterator[Violation]:
    if option is not None and option.crews is not None and crew.id not in option.crews:
        text = f"option {stop.option} is not for crew {crew.id}"
        yield Violation(Fault.OPTION_NOT_FOR_CREW, stop.id, text)


def missing_skills(
    visit_id: str, skills: frozenset[str], offered: frozenset[str]
) -> Iterator[Violation]:
    """Name what a crew with the skills `offered` lacks for a visit."""
    if missing := sorted(skills - offered):
        yield Violation(Fault.SKILL_MISSING, visit_id, f"nobody can {', '.join(missing)}")
