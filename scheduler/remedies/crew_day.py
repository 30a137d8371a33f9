"""One crew's day as a problem of its own, in which a visit that is left out is tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.insertion import Insertion, best_insertions
from scheduler.plan import Itinerary, LeftOut, Plan, Reason
from scheduler.problem import CrewShift, Lock, Problem, Visit
from scheduler.remedies.changing import changed, remedied
from scheduler.remedies.remedy import Change, Remedy

OnTrial = Callable[[], object]
"""Called before each trial; what it raises ends the trying."""


@dataclass(frozen=True)
class CrewDay:
    """A crew, the visits that it makes and the one that is left out; nothing else of the day.

    What one change does is seen here as in the whole problem: days of other crews stay, and
    costs add up by crew and visit.
    """

    problem: Problem
    plan: Plan
    visit_id: str
    locks: tuple[Lock, ...] = ()
    on_trial: OnTrial | None = None

    @property
    def crew(self) -> CrewShift:
        return self.problem.crews[0]

    @property
    def visit(self) -> Visit:
        return self.problem.visits[-1]

    def best(self, change: Change) -> Insertion | None:
        """Return the insertion of the visit that gains most after `change`, None without one."""
        if self.on_trial:
            self.on_trial()
        problem = changed(self.problem, change)
        plan = Plan(tuple(_without(trip, change.given_up) for trip in self.plan.itineraries), ())
        try:
            found = best_insertions(problem, plan, self.visit_id, most=1, locks=self.locks)
        except ValueError:
            if not change.given_up:
                raise
            return None  # the only road led past what is given up
        return found[0] if found else None

    def remedy(self, change: Change) -> Remedy | None:
        """Try `change`: insert, drive and judge. None where it does not work."""
        way = self.best(change)
        if way is None:
            return None
        made = Remedy(change, way.itinerary, 0)
        problem, plan = changed(self.problem, change), remedied(self.plan, made)
        if check_plan(problem, plan, self.locks):
            return None
        before, after = cost(problem, self.plan), cost(problem, plan)
        earlier_s = max(0, self.crew.start_s - way.itinerary.start_s)
        longer = earlier_s * self.crew.overtime_price_per_s
        return replace(
            made,
            cost=after.total - before.total + longer,
            overtime=after.overtime - before.overtime + longer,
        )


def crew_days(
    problem: Problem,
    plan: Plan,
    visit: Visit,
    locks: Sequence[Lock],
    on_trial: OnTrial | None = None,
) -> Iterator[CrewDay]:
    """Yield the days in which `visit` may be tried: of all crews whose day is theirs alone.

    A crew that meets another at a door is bound to its hour; one that is not the locked one, or
    does not make the visit that it is locked to follow, may not go.
    """
    trips = {trip.crew_id: trip for trip in plan.itineraries}
    times = Counter(stop.id for trip in plan.itineraries for stop in trip.visits)
    for crew in problem.crews:
        trip = trips.get(crew.id)
        ids = [stop.id for stop in trip.visits] if trip else []
        if any(times[id_] > 1 for id_ in ids) or not _may_take(visit, crew, ids, locks):
            continue
        visits = (*(problem.visit_by_id[id_] for id_ in ids), visit)
        small = replace(problem, visits=visits, crews=(crew,), refused=())
        left_out = (LeftOut(visit.id, Reason.CREWS_FULL),)
        mine = tuple(lock for lock in locks if lock.visit_id in {*ids, visit.id})
        yield CrewDay(small, Plan((trip,) if trip else (), left_out), visit.id, mine, on_trial)


def made(tried: Iterable[Remedy | None]) -> list[Remedy]:
    """Return those that work."""
    return [remedy for remedy in tried if remedy is not None]


def _may_take(visit: Visit, crew: CrewShift, ids: Sequence[str], locks: Sequence[Lock]) -> bool:
    bound = all(
        lock.crew_id == crew.id for lock in locks if visit.id in (lock.visit_id, lock.after)
    )
    return bound and all(lock.after in (None, *ids) for lock in locks if lock.visit_id == visit.id)


def _without(trip: Itinerary, visit_ids: Sequence[str]) -> Itinerary:
    return replace(trip, stops=tuple(stop for stop in trip.stops if stop.id not in visit_ids))
