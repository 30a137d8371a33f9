"""What of one replication's day another replication's same day can begin with.

The same team plans the same date of nearly the same book: most visits are there again, and most
crews. Yesterday's plan would hold other visits altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.model import Crew
from scheduler.plan import Itinerary, Plan, Stop
from scheduler.problem import Problem, Visit


@dataclass(frozen=True)
class Known:
    """A plan of a date, and the crews for which it was made."""

    plan: Plan
    crews: tuple[Crew, ...]

    def held_by(self, problem: Problem) -> Plan:
        """Return what `problem`, one of the same date, still has of this plan.

        A crew's day goes to the crew of the same id, else to one that has no day and most of the
        people, else to nobody. A visit goes to the same place, and to that part of its hours in
        which it began. Whether all that can be driven is not asked: a search takes out what
        cannot (`Draft.of`).
        """
        heirs = self._heirs(problem.day.crews if problem.day else ())
        trips = (
            replace(trip, crew_id=heirs[trip.crew_id], stops=tuple(_stops(trip, problem)))
            for trip in self.plan.itineraries
            if trip.crew_id in heirs
        )
        return Plan(tuple(trip for trip in trips if trip.stops), ())

    def _heirs(self, present: Sequence[Crew]) -> dict[str, str]:
        """Return by planned crew whose day hers becomes."""
        planned = [trip.crew_id for trip in self.plan.itineraries]
        free = {crew.id: crew for crew in present}
        heirs = {id_: id_ for id_ in planned if free.pop(id_, None) is not None}
        before = {crew.id: frozenset(crew.members) for crew in self.crews}
        for id_ in planned:
            if id_ not in heirs and (heir := _most_of(before[id_], free.values())) is not None:
                heirs[id_] = heir
                del free[heir]
        return heirs


def _most_of(people: frozenset[str], crews: Iterable[Crew]) -> str | None:
    """Return the crew that has most of these people, of equals the first; None where none has."""
    shared = [(-len(people & frozenset(crew.members)), crew.id) for crew in crews]
    most, id_ = min(shared, default=(0, ""))
    return id_ if most else None


def _stops(trip: Itinerary, problem: Problem) -> Iterator[Stop]:
    for stop in trip.visits:
        visit = problem.visit_by_id.get(stop.id)
        option = None if visit is None else _option(visit, stop)
        if option is not None:
            yield replace(stop, option=option)


def _option(visit: Visit, stop: Stop) -> int | None:
    """Return which way of a visit is the one that a stop took; None where that place is shut."""
    there = [at for at, way in enumerate(visit.options) if way.place_id == stop.place_id]
    then = (
        at
        for at in there
        if any(first <= stop.start_s <= last for first, last in visit.options[at].starts)
    )
    return next(then, next(iter(there), None))
