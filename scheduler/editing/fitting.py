"""Whether a crew may make a visit at all, whatever the hour: asked of the judge's own checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.check import Fault
from scheduler.check.doors import check_doors
from scheduler.check.facts import check_facts
from scheduler.check.fitness import check_fitness
from scheduler.check.meetings import meetings
from scheduler.check.roster import check_roster
from scheduler.day import Day
from scheduler.editing.edits import Sheet
from scheduler.editing.obstacles import Obstacle
from scheduler.editing.telling import obstacle
from scheduler.kept import only
from scheduler.plan import Itinerary, Plan, Stop, StopKind, Violation
from scheduler.problem import CrewShift, Problem, Visit


class Fitting:
    """One visit, and what stands between it and each crew."""

    def __init__(self, problem: Problem, sheet: Sheet, visit: Visit) -> None:
        self._problem, self._visit = problem, visit
        self._trips = {
            trip.crew_id: replace(trip, stops=_others(trip, visit.id))
            for trip in sheet.plan.itineraries
        }
        self._day = problem.day and _day_of(problem.day, visit)

    def obstacles(self, crew: CrewShift) -> list[Obstacle]:
        """Return what forbids to send `crew` there at any hour; that it is too small counts.

        What stands against its day already is not told again.
        """
        now = self._trips.get(crew.id) or Itinerary(crew.id, crew.start_s, crew.start_s, ())
        stop = self._stop(crew)
        new = replace(now, stops=(*now.stops, stop))
        stood = {(v.kind, v.id) for v in self._of_the_day(crew, now)}
        found = [v for v in self._of_the_day(crew, new) if (v.kind, v.id) not in stood]
        found += self._at_the_door(replace(now, stops=(stop,)))
        return [obstacle(self._problem, Plan((new,), ()), fault) for fault in found]

    def _stop(self, crew: CrewShift) -> Stop:
        """Return the visit at an option that is for the crew, where one is, in its hours."""
        options = list(enumerate(self._visit.options))
        hers = [(n, way) for n, way in options if way.crews is None or crew.id in way.crews]
        open_ = [(n, way) for n, way in hers if way.starts]
        number, way = (open_ or hers or options)[0]
        start_s = way.starts[0][0] if way.starts else crew.start_s
        end_s = start_s + way.service_s
        return Stop(StopKind.VISIT, self._visit.id, start_s, start_s, end_s, number, way.place_id)

    def _of_the_day(self, crew: CrewShift, trip: Itinerary) -> Iterator[Violation]:
        """Yield what a crew's whole day has against it, its hours apart."""
        yield from check_fitness(self._problem, crew, trip)
        if self._problem.day is not None and len(trip.visits) <= 1:
            plan = Plan(tuple({**self._trips, crew.id: trip}.values()), ())
            yield from _not_of_hours(check_roster(self._problem, self._problem.day, plan))

    def _at_the_door(self, trip: Itinerary) -> Iterator[Violation]:
        """Yield what stands against this one visit of a crew."""
        alone = Plan((trip,), ())
        yield from check_doors(self._problem, alone)
        if self._day is not None:
            met = list(meetings(self._problem, self._day, alone))
            yield from _not_of_hours(check_facts(self._day, self._problem.rules, met))


def _not_of_hours(faults: Iterable[Violation]) -> Iterator[Violation]:
    """Yield what is no matter of when: the visit has no hour of its own yet."""
    return (fault for fault in faults if fault.kind != Fault.OUTSIDE_SHIFT)


def _others(trip: Itinerary, visit_id: str) -> tuple[Stop, ...]:
    return tuple(stop for stop in trip.stops if stop.id != visit_id)


def _day_of(day: Day, visit: Visit) -> Day:
    """Return the day as if the visit's borrower were all of its borrowers."""
    borrowers = {case.borrower_id for case in day.cases if case.id in visit.case_ids}
    return only(day, borrowers | {visit.id})
