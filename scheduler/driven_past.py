"""An itinerary whose crew drives past visits that are suspended: the others keep their times."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from scheduler.check import Fault, rule_kind
from scheduler.plan import Itinerary, LeftOut, Reason, Stop, StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.rules import RULES
from scheduler.suspending import Suspension

OF_THE_CREW = frozenset(
    {Fault.CREW_TOO_SMALL, Fault.SKILL_MISSING, Fault.OWNER_ABSENT, Fault.OUTSIDE_SHIFT}
)
OF_AGENCIES = frozenset({Fault.WRONG_AGENCY})
OF_HER_HOURS = frozenset({Fault.OUTSIDE_BORROWERS_HOURS})


def driven_past(trip: Itinerary, problem: Problem, gone: Collection[str]) -> Itinerary:
    """Return an itinerary without some visits.

    What is left begins when it did: the crew is there earlier, and waits. After its last visit it
    goes home. A crew that has no visit left stays where it is.
    """
    crew = problem.crew_by_id.get(trip.crew_id)
    left = [stop for stop in trip.stops if stop.kind is StopKind.BREAK or stop.id not in gone]
    if len(left) == len(trip.stops) or crew is None:
        return trip
    if all(stop.kind is StopKind.BREAK for stop in left):
        return replace(trip, end_s=trip.start_s, stops=())
    return _driven(trip, problem, crew, left)


def _driven(trip: Itinerary, problem: Problem, crew: CrewShift, left: list[Stop]) -> Itinerary:
    """Let the crew arrive as early as it does on the ways that are left."""
    free_s, here = trip.start_s, crew.start_location
    stops = []
    for stop in left:
        arrival_s, there = free_s, here
        if stop.kind is StopKind.VISIT:
            there = _location(problem, stop, here)
            arrival_s = problem.arrival_s(crew, here, there, free_s)
        stops.append(replace(stop, arrival_s=arrival_s))
        free_s, here = stop.end_s, there
    end_s = problem.arrival_s(crew, here, crew.end_location, free_s)
    return replace(trip, end_s=end_s, stops=tuple(stops))


def _location(problem: Problem, stop: Stop, otherwise: int) -> int:
    """Return where a visit is; one that the problem has no more is named by the check."""
    visit = problem.visit_by_id.get(stop.id)
    found = (o.location for o in (visit.options if visit else ()) if o.place_id == stop.place_id)
    return next(found, otherwise)


def left_out_by(suspension: Suspension) -> LeftOut:
    """Return a suspended visit as one that is left out, by its rule or by its cause."""
    rule = next((name for name in RULES if rule_kind(name) == suspension.why), "")
    return LeftOut(suspension.visit_id, _reason(suspension.why, rule), suspension.text, rule)


def _reason(why: str, rule: str) -> Reason:
    if rule:
        return Reason.RULE
    if why in OF_THE_CREW:
        return Reason.NO_CREW_FITTING
    if why in OF_AGENCIES:
        return Reason.OTHER_AGENCY
    if why in OF_HER_HOURS:
        return Reason.NO_LAWFUL_WINDOW
    return next((reason for reason in Reason if reason == why), Reason.NOT_PLACED)
