"""A plan while it is being built: one route for each crew, and what it costs so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from scheduler.locks import Locked
from scheduler.options import OptionTable
from scheduler.plan import Cost, Itinerary, Plan, Stop
from scheduler.route import Route


class Draft:
    """Routes that can be driven, by crew index; changed by `put` alone."""

    def __init__(self, locked: Locked) -> None:
        visits = locked.problem.visits
        self.locked = locked
        self.table = OptionTable.of(locked)
        self.routes = [Route(self.table, i) for i in range(len(locked.problem.crews))]
        self.is_required = np.array([visit.is_required for visit in visits], bool)
        self.is_served = np.zeros(len(visits), bool)
        self._value = np.array([visit.value for visit in visits], np.int64)
        self._won = np.zeros(len(visits), np.int64)

    @staticmethod
    def of(locked: Locked, plan: Plan | None = None) -> Draft:
        """Return what can still be driven of `plan`; what no longer fits is taken out."""
        draft = Draft(locked)
        for itinerary in plan.itineraries if plan else ():
            if itinerary.crew_id in locked.problem.crew_by_id:
                draft._restore(itinerary)
        return draft

    @staticmethod
    def exactly(locked: Locked, plan: Plan) -> Draft:
        """Return `plan` whole; ValueError where not all of it can be driven."""
        draft = Draft.of(locked, plan)
        served = {locked.problem.visits[i].id for i in np.flatnonzero(draft.is_served)}
        if lost := sorted(plan.served - served):
            raise ValueError(
                f"the plan cannot be driven with visits {', '.join(lost)}; check_plan names why"
            )
        return draft

    @property
    def cost(self) -> Cost:
        """What the plan costs so far; `scheduler.cost.cost` of the finished plan."""
        return Cost(
            missed_must_visits=int((self.is_required & ~self.is_served).sum()),
            lost_value=int((self._value - self._won).sum()),
            travel=sum(route.travel_price for route in self.routes),
            overtime=sum(route.overtime_price for route in self.routes),
            owner_changes=sum(route.crew_prices for route in self.routes),
        )

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

    def attempt(self, routes: Sequence[Route], then: Callable[[], object] | None = None) -> None:
        """Put `routes`, do `then`, and take it all back where the plan became worse.

        What `then` changes must be `routes` alone.
        """
        before = self.cost.key
        whole = [self.routes[route.index] for route in routes]
        self.put(routes)
        if then is not None:
            then()
        if self.cost.key > before:
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
        """Return the days of the crews that have a visit."""
        driven = (route.drive() for route in self.routes if route.rows)
        return tuple(itinerary for itinerary in driven if itinerary is not None)

    def _restore(self, itinerary: Itinerary) -> None:
        crew = list(self.locked.problem.crew_by_id).index(itinerary.crew_id)
        rows = [row for stop in itinerary.visits for row in self._rows_of(stop)]
        self.put([self.fitted(Route(self.table, crew, rows))])

    def _rows_of(self, stop: Stop) -> list[int]:
        """Return the row of a stop of an older plan, or none where its visit is gone or made."""
        visit = self.table.index.get(stop.id)
        if visit is None or self.is_served[visit]:
            return []
        options = self.locked.problem.visits[visit].options
        return [self.table.row(visit, stop.option)] if stop.option < len(options) else []

    def _is_allowed(self, route: Route) -> bool:
        ids = [call.visit.id for call in route.calls]
        return (
            route.is_drivable
            and len(set(ids)) == len(ids)
            and bool(self.table.fits[route.visits, route.index].all())
            and (route.crew.max_visits is None or len(ids) <= route.crew.max_visits)
            and bool((route.room >= 0).all())
            and self.locked.keeps_order(ids)
        )
