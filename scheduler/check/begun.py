"""What has been begun stands in the plan as it was."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.check.faults import Fault
from scheduler.plan import Itinerary, Plan, StopKind, Violation
from scheduler.problem import CrewShift, Problem


def check_begun(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Name every crew whose itinerary does not begin with the stops that it has begun."""
    with_itinerary = {trip.crew_id for trip in plan.itineraries}
    for trip in plan.itineraries:
        crew = problem.crew_by_id.get(trip.crew_id)
        if crew is not None and begun_stops(crew, trip) < len(crew.begun):
            text = f"does not begin with the {len(crew.begun)} stops that crew {crew.id} has begun"
            yield Violation(Fault.BEGUN_CHANGED, crew.id, text)
    for crew in problem.crews:
        is_out = any(stop.kind is StopKind.VISIT for stop in crew.begun)
        if is_out and crew.id not in with_itinerary:
            yield Violation(Fault.BEGUN_CHANGED, crew.id, "has begun, and has no itinerary")


def begun_stops(crew: CrewShift, trip: Itinerary) -> int:
    """Return how many of the stops of `trip` are facts: all that have begun, or none."""
    count = len(crew.begun)
    return count if trip.stops[:count] == crew.begun else 0
