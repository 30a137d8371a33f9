"""Whether a crew may make a visit at all, whatever the hour: asked of the judge's own checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.check import Fault
from scheduler.check.doors import check_doors
from scheduler.check.facts import check_people, check_rulebook
from scheduler.check.fitness import check_fitness
from scheduler.check.meetings import Meeting, meetings
from scheduler.check.people import People
from scheduler.check.roster import check_roster
from scheduler.day import Day
from scheduler.editing.edits import Sheet
from scheduler.editing.facts_about import FactsAbout
from scheduler.editing.obstacles import Obstacle
from scheduler.editing.orders import crews_at
from scheduler.editing.telling import obstacle
from scheduler.plan import Itinerary, Plan, Stop, StopKind, Violation
from scheduler.problem import CrewShift, Problem, Visit

Stood = dict[str, set[tuple[str, str]]]
"""By crew what stands against its day as it is: of faults their kinds and ids."""


class Fitting:
    """One visit, and what stands between it and each crew.

    Who asks of several visits gives the same `about` and `stood` to all: they are worked out once.
    """

    def __init__(
        self,
        problem: Problem,
        sheet: Sheet,
        visit: Visit,
        about: FactsAbout | None = None,
        stood: Stood | None = None,
    ) -> None:
        self._problem, self._visit = problem, visit
        self._sources = crews_at(sheet, visit.id)
        self._stood: Stood = {} if stood is None else stood
        self._trips = {
            trip.crew_id: replace(trip, stops=_others(trip, visit.id))
            for trip in sheet.plan.itineraries
        }
        self._about = about or (FactsAbout(problem.day) if problem.day else None)
        self._noes: dict[tuple[object, ...], list[Violation]] = {}

    def obstacles(self, crew: CrewShift) -> list[Obstacle]:
        """Return what forbids to send `crew` there at any hour; that it is too small counts.

        What stands against its day already is not told again.
        """
        now = self._trips.get(crew.id) or Itinerary(crew.id, crew.start_s, crew.start_s, ())
        stop = self._stop(crew)
        new = replace(now, stops=(*now.stops, stop))
        stood = self._stood_before(crew, now)
        found = [v for v in self._of_the_day(crew, new) if (v.kind, v.id) not in stood]
        found += self._at_the_door(replace(now, stops=(stop,)))
        return [obstacle(self._problem, Plan((new,), ()), fault) for fault in found]

    def _stood_before(self, crew: CrewShift, now: Itinerary) -> set[tuple[str, str]]:
        """Return what stands against a day, kept where neither this visit nor others touch it."""
        is_its_own = crew.id not in self._sources and len(now.visits) > 1
        if is_its_own and crew.id in self._stood:
            return self._stood[crew.id]
        stood = {(v.kind, v.id) for v in self._of_the_day(crew, now)}
        if is_its_own:
            self._stood[crew.id] = stood
        return stood

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
        if self._about is not None:
            day = self._about.of(self._visit, trip.crew_id)
            met = list(meetings(self._problem, day, alone))
            yield from _not_of_hours(check_people(day, met))
            yield from self._by_the_rules(day, met)

    def _by_the_rules(self, day: Day, met: Sequence[Meeting]) -> list[Violation]:
        """Return what the rules say, asked once for all crews of whom as many are present."""
        present = People(day).present
        key = tuple((one.stop, *(len(present(crew)) for crew in one.crews)) for one in met)
        if key not in self._noes:
            self._noes[key] = list(check_rulebook(day, self._problem.rules, met))
        return self._noes[key]


def _not_of_hours(faults: Iterable[Violation]) -> Iterator[Violation]:
    """Yield what is no matter of when: the visit has no hour of its own yet."""
    return (fault for fault in faults if fault.kind != Fault.OUTSIDE_SHIFT)


def _others(trip: Itinerary, visit_id: str) -> tuple[Stop, ...]:
    return tuple(stop for stop in trip.stops if stop.id != visit_id)
