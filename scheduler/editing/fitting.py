"""Whether a crew may make a visit at all, whatever the hour: asked of the judge's own checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.check import Fault
from scheduler.check.doors import check_doors
from scheduler.check.facts import check_facts
from scheduler.check.fitness import check_fitness
from scheduler.check.meetings import Meeting, meetings
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
        new = replace(now, stops=(*now.stops, self._stop(crew)))
        stood = {(v.kind, v.id) for v in self._faults(crew, now)}
        found = [v for v in self._faults(crew, new) if (v.kind, v.id) not in stood]
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

    def _faults(self, crew: CrewShift, trip: Itinerary) -> Iterator[Violation]:
        yield from check_fitness(self._problem, crew, trip)
        here = Plan((trip,), ())
        yield from (v for v in check_doors(self._problem, here) if v.id == self._visit.id)
        if self._day is None or self._problem.day is None:
            return
        if len(trip.visits) <= 1:
            yield from self._roster_faults(self._problem.day, trip)
        met = [m for m in meetings(self._problem, self._day, here) if m.visit is self._visit]
        yield from self._facts(self._day, met)

    def _roster_faults(self, day: Day, trip: Itinerary) -> Iterator[Violation]:
        """Name those of a crew that had no visit who cannot be with it."""
        trips = {**self._trips, trip.crew_id: trip}
        plan = Plan(tuple(trips.values()), ())
        for fault in check_roster(self._problem, day, plan):
            if fault.kind != Fault.OUTSIDE_SHIFT:
                yield fault

    def _facts(self, day: Day, met: Sequence[Meeting]) -> Iterator[Violation]:
        if met:
            yield from check_facts(day, self._problem.rules, met)


def _others(trip: Itinerary, visit_id: str) -> tuple[Stop, ...]:
    return tuple(stop for stop in trip.stops if stop.id != visit_id)


def _day_of(day: Day, visit: Visit) -> Day:
    """Return the day as if the visit's borrower were all of its borrowers."""
    borrowers = {case.borrower_id for case in day.cases if case.id in visit.case_ids}
    return only(day, borrowers | {visit.id})
