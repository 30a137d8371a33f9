"""Whether a crew may make the visits it is sent to, by the numbers of the problem."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.check.faults import Fault
from scheduler.plan import Itinerary, Violation
from scheduler.problem import CrewShift, Problem, Visit


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
    for visit in known:
        yield from _misfits(crew, visit)


def _misfits(crew: CrewShift, visit: Visit) -> Iterator[Violation]:
    if visit.allowed_crews is not None and crew.id not in visit.allowed_crews:
        yield Violation(Fault.CREW_NOT_ALLOWED, visit.id, f"crew {crew.id} may not go there")
    yield from who_comes(visit.id, visit.crew_size, visit.skills, crew.size, crew.skills)


def who_comes(
    visit_id: str, needed: int, skills: frozenset[str], size: int, offered: frozenset[str]
) -> Iterator[Violation]:
    """Name what a crew of `size` with the skills `offered` lacks for a visit."""
    if size < needed:
        yield Violation(Fault.CREW_TOO_SMALL, visit_id, f"needs {needed} people, {size} come")
    if missing := sorted(skills - offered):
        yield Violation(Fault.SKILL_MISSING, visit_id, f"nobody can {', '.join(missing)}")
