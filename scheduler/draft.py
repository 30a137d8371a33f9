"""A plan while it is being built: one route for each crew, and what it costs so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from scheduler.call import Call
from scheduler.cost import moves_price
from scheduler.locks import Locked
from scheduler.options import OptionTable
from scheduler.plan import Cost, Itinerary, Plan, Stop
from scheduler.problem import CrewShift
from scheduler.route import Route


class Draft:
    """Routes that can be driven, by crew index; changed by `put` alone.

    `dropped` are the visits of the plan that it was made of which no longer fit there.
    """

    def __init__(self, locked: Locked) -> None:
        visits = locked.problem.visits
        self.locked = locked
        self.table = OptionTable.of(locked)
        self.routes = [Route(self.table, i) for i in range(len(locked.problem.crews))]
        self.is_required = np.array([visit.is_required for visit in visits], bool)
        self.is_served = np.zeros(len(visits), bool)
        self.dropped: tuple[str, ...] = ()
        self.has_begun = np.zeros(len(visits), bool)
        self._value = np.array([visit.value for visit in visits], np.int64)
        self._won = np.zeros(len(visits), np.int64)
        for crew in locked.problem.crews:
            for stop in crew.begun:
                if stop.id in self.table.index:
                    self._begin(self.table.index[stop.id], stop.option)

    @property
    def met(self) -> dict[int, int]:
        """The visits that two crews make, by index, and when they start them."""
        stops = (zip(route.visits, route.starts, strict=True) for route in self.routes)
        return {visit: s for route in stops for visit, s in route if s is not None}

    @staticmethod
    def of(locked: Locked, plan: Plan | None = None) -> Draft:
        """Return what can still be driven of `plan`; what no longer fits is taken out."""
        draft = Draft(locked)
        for itinerary in plan.itineraries if plan else ():
            if itinerary.crew_id in locked.problem.crew_by_id:
                draft._restore(itinerary)
        draft._part_lonely()
        draft.dropped = tuple(sorted(plan.served - draft.served)) if plan else ()
        return draft

    @staticmethod
    def exactly(locked: Locked, plan: Plan) -> Draft:
        """Return `plan` whole; ValueError where not all of it can be driven."""
        draft = Draft.of(locked, plan)
        if draft.dropped:
            names = ", ".join(draft.dropped)
            raise ValueError(f"the plan cannot be driven with visits {names}; check_plan names why")
        return draft

    @property
    def served(self) -> frozenset[str]:
        """The ids of the visits that are made."""
        visits = self.locked.problem.visits
        return frozenset(visits[i].id for i in np.flatnonzero(self.is_served))

    @property
    def cost(self) -> Cost:
        """What the plan costs so far; `scheduler.cost.cost` of the finished plan."""
        without_days = Cost(
            missed_must_visits=int((self.is_required & ~self.is_served).sum()),
            lost_value=int((self._value - self._won).sum()),
            travel=0,
            moves=moves_price(self.locked.problem, Plan(self.itineraries(), ())),
        )
        return sum((route.cost for route in self.routes), without_days)

    @property
    def key(self) -> tuple[int, int]:
        """Missed must-visits and total cost, by which plans compare."""
        return self.cost.key

    @property
    def visits(self) -> int:
        """How many are made so far."""
        return int(self.is_served.sum())

    def put(self, routes: Iterable[Route]) -> None:
        """Let `routes` be their crews' days, all at once: visits may change hands."""
        routes = tuple(routes)
        for route in routes:
            old = self.routes[route.index].visits
            self.is_served[old], self._won[old] = False, 0
        for route in routes:
            self.is_served[route.visits] = True
            self._won[route.visits] = self.table.value[list(route.rows)]
            self.routes[route.index] = route

    def worth(self, routes: Iterable[Route]) -> int:
        """Return what the visits of `routes` recover, each at the option taken, and once."""
        won = {v: r for route in routes for v, r in zip(route.visits, route.rows, strict=True)}
        return int(self.table.value[list(won.values())].sum())

    def attempt(self, routes: Sequence[Route], then: Callable[[], object] | None = None) -> None:
        """Put `routes`, do `then`, and take it all back where the plan became worse.

        What `then` changes must be `routes` alone.
        """
        before = self.key
        whole = [self.routes[route.index] for route in routes]
        self.put(routes)
        if then is not None:
            then()
        if self.key > before:
            self.put(whole)

    def fitted(self, route: Route) -> Route:
        """Return what may stand of `route`, the must-visits first where not all of it may."""
        if self._is_allowed(route):
            return route
        kept: list[int] = []
        must_first = sorted(
            range(len(route.rows)), key=lambda k: not self.is_required[route.visits[k]]
        )
        for k in must_first:
            positions = sorted([*kept, k])
            if self._is_allowed(route.only(positions)):
                kept = positions
        return route.only(kept)

    def itineraries(self) -> tuple[Itinerary, ...]:
        """Return the days of the crews that have a visit, or have begun."""
        days = (route.itinerary for route in self.routes)
        return tuple(day for day in days if day is not None and day.stops)

    def _begin(self, visit: int, option: int) -> None:
        self.has_begun[visit] = self.is_served[visit] = True
        self._won[visit] = self.table.value[self.table.row(visit, option)]

    def _restore(self, itinerary: Itinerary) -> None:
        crew = list(self.locked.problem.crew_by_id).index(itinerary.crew_id)
        stops = [place for stop in itinerary.visits for place in self._places_of(crew, stop)]
        rows, starts = [row for row, _ in stops], [start_s for _, start_s in stops]
        self.put([self.fitted(Route(self.table, crew, rows, starts))])

    def _places_of(self, crew: int, stop: Stop) -> list[tuple[int, int | None]]:
        """Return the row of a stop of an older plan, and its second where two meet there.

        Or nothing, where its visit is gone, or made already by who does not meet this crew.
        """
        problem, index = self.locked.problem, self.table.index.get(stop.id)
        if index is None or stop.option >= len(problem.visits[index].options):
            return []
        row = self.table.row(index, stop.option)
        is_met = problem.crews[crew].size < problem.visits[index].crew_size
        place = row, (stop.start_s if is_met else None)
        others = [other for other in self.routes if index in other.visits]
        is_free = not self.is_served[index] or (is_met and self._wait_there(others, place))
        return [place] if is_free else []

    @staticmethod
    def _wait_there(routes: Sequence[Route], place: tuple[int, int | None]) -> bool:
        """Whether one crew alone waits at `place` for another."""
        return [place in zip(one.rows, one.starts, strict=True) for one in routes] == [True]

    def _part_lonely(self) -> None:
        """Take out who is alone at a door where two should meet."""
        crews = Counter(visit for route in self.routes for visit in route.visits)
        for route in self.routes:
            stops = list(enumerate(zip(route.visits, route.starts, strict=True)))
            kept = [k for k, (visit, start) in stops if start is None or crews[visit] == 2]
            if len(kept) < len(stops):
                self.put([self.fitted(route.only(kept))])

    def _is_allowed(self, route: Route) -> bool:
        ids = [call.visit.id for call in route.calls]
        return (
            route.is_drivable
            and len(set(ids)) == len(ids)
            and bool(self.table.fits[route.visits, route.index].all())
            and all(_may_take(route.crew, call) for call in route.calls)
            and not route.is_overfull
            and bool((route.room >= 0).all())
            and self.locked.keeps_order(ids)
        )


def _may_take(crew: CrewShift, call: Call) -> bool:
    """Whether a crew that fits may take this option, and is enough or is met there."""
    is_hers = call.way.crews is None or crew.id in call.way.crews
    is_enough = crew.size >= call.visit.crew_size
    return is_hers and is_enough == (call.start_s is None)
