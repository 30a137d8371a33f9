"""Every gap of every crew's day for one visit, tried at once by the compiled search.

What it tells of a gap is exact: it is the day that `retiming.retimed` drives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from scheduler.beginning import beginning_of
from scheduler.cost import trip_cost
from scheduler.draft import Draft
from scheduler.editing.edits import Sheet
from scheduler.editing.obstacles import ForbiddenEditError, Obstacle
from scheduler.editing.orders import Calls, calls_in
from scheduler.engines.search.beginning import Routes, routes_of, state_of
from scheduler.engines.search.kernels.anneal import search
from scheduler.engines.search.kernels.offering import UNDRIVEN
from scheduler.engines.search.kernels.tables import FAR, OFFER_GAPS, Rows, State, Tables
from scheduler.engines.search.layout import tables_of
from scheduler.engines.search.tuning import STILL
from scheduler.locks import Locked, starting_at
from scheduler.plan import Itinerary
from scheduler.problem import CrewShift, Problem, Visit
from scheduler.route import Route
from scheduler.timesheet import travelled_s


class Tried(NamedTuple):
    """A gap in which a visit was tried, as `OFFER` of the search's tables tells it."""

    fails: int
    late_s: int
    tail: int
    road_s: int
    travel_s: int
    start_s: int
    end_s: int


@dataclass(frozen=True)
class Offers:
    """What the gaps of all crews offer a visit, without which `days` are driven.

    `first` is the number of its first place; `rows` are by crew, gap and place. `days` are what
    each crew's day costs without it, lost value included, None where it cannot be driven.
    """

    rows: Sequence[Sequence[Sequence[Tried]]]
    first: int
    days: Sequence[int | None]


class Gaps:
    """A sheet laid out for trying visits in it; built once for each sheet."""

    def __init__(self, problem: Problem, sheet: Sheet) -> None:
        self.problem = problem
        self.sheet = sheet
        self.trips = {trip.crew_id: trip for trip in sheet.plan.itineraries}
        self.calls: dict[str, Calls] = {}
        self.broken: dict[str, tuple[Obstacle, ...]] = {}
        self._prices_now: dict[str, int] = {}
        self._travelled_s: dict[str, int] = {}
        self._visits_of = {crew_id: len(trip.visits) for crew_id, trip in self.trips.items()}
        for crew in problem.crews:
            self._read(crew.id)
        self.draft = self._drafted()
        self.laid = _with_room(tables_of(self.draft), self.draft)
        self._routes = routes_of(self.draft, self.laid)
        self._visits = len(problem.visits)

    def offers(self, visit_id: str) -> Offers:
        """Try a visit in every gap of every crew, as if it stood nowhere yet."""
        number = self.draft.table.index[visit_id]
        state = self._state(number)
        search(self.laid, state, STILL, 0.0, number, OFFER_GAPS)
        days = [self._price(state, k) for k in range(len(self.problem.crews))]
        return Offers(_plain(state.offer), int(self.laid.visit[number].first), days)

    def price(self, crew: int, tail: int, road_s: int) -> int:
        """Return what a day costs that is not empty, its crew's own prices apart.

        Those are what sending it costs, and so many visits.
        """
        shift = self.problem.crews[crew]
        before_s = beginning_of(self.problem, shift).travel_s if shift.begun else 0
        return shift.travel_price_per_s * (before_s + road_s) + tail

    def price_now(self, crew_id: str) -> int:
        """Return what a crew's day costs as it stands, in the terms of `price`; worked out once."""
        trip = self.trips.get(crew_id)
        if trip is None:
            return 0
        if crew_id not in self._prices_now:
            self._prices_now[crew_id] = self._price_of(trip)
        return self._prices_now[crew_id]

    def visits_of(self, crew_id: str) -> int:
        """Return how many visits a crew makes as it stands."""
        return self._visits_of.get(crew_id, 0)

    def travelled_s(self, crew: CrewShift) -> int:
        """Return how long a crew with a day travels as it stands; worked out once."""
        if crew.id not in self._travelled_s:
            self._travelled_s[crew.id] = travelled_s(crew, self.trips[crew.id])
        return self._travelled_s[crew.id]

    def _price_of(self, trip: Itinerary) -> int:
        cost = trip_cost(self.problem, trip)
        return cost.total - cost.owner_changes - cost.unfairness + self._losses(trip)

    def _losses(self, trip: Itinerary) -> int:
        """Return what the hours taken are worth less than the best; where two meet, once."""
        crew = self.draft.table.problem.crews.index(self.problem.crew_by_id[trip.crew_id])
        length = self._routes.length[crew]
        firsts = self.laid.place[self._routes.place[crew, :length]].visit < self._visits
        begun = len(trip.visits) - int(length)
        lost = 0
        for stop, is_first in zip(trip.visits[begun:], firsts.tolist(), strict=True):
            visit = self.problem.visit_by_id[stop.id]
            lost += (visit.value - visit.options[stop.option].value) * is_first
        return lost

    def _price(self, state: State, crew: int) -> int | None:
        route = state.route[crew]
        if route.tail >= FAR:
            return None
        if not route.length and not self.problem.crews[crew].begun:
            return 0
        return self.price(crew, int(route.tail), int(route.travel_s))

    def _read(self, crew_id: str) -> None:
        try:
            trip = self.trips.get(crew_id)
            self.calls[crew_id] = calls_in(self.problem, trip) if trip else ()
        except ForbiddenEditError as error:
            self.calls[crew_id], self.broken[crew_id] = (), error.violations

    def _drafted(self) -> Draft:
        locked = replace(self.problem, visits=tuple(self._held()), reference=None)
        draft = Draft(Locked(locked, {}))
        draft.put(self._route(draft, k) for k in range(len(self.problem.crews)))
        return draft

    def _held(self) -> Iterator[Visit]:
        """Yield the visits, with the starts that locks fix."""
        fixed: Mapping[str, int] = {
            lock.visit_id: lock.start_s for lock in self.sheet.locks if lock.start_s is not None
        }
        for visit in self.problem.visits:
            if visit.id in fixed:
                options = (starting_at(way, fixed[visit.id]) for way in visit.options)
                visit = replace(visit, options=tuple(options))
            yield visit

    def _route(self, draft: Draft, crew: int) -> Route:
        calls = self.calls[self.problem.crews[crew].id]
        rows = [draft.table.row(draft.table.index[c.visit.id], c.option) for c in calls]
        return Route(draft.table, crew, rows, [call.start_s for call in calls])

    def _state(self, number: int) -> State:
        """Return the routes without a visit, to try it in."""
        visit = self.laid.visit[number]
        routes = _without(self._routes, self.laid, {number, int(visit.twin)})
        state = state_of(self.laid, routes, seed=0, offers=int(visit.last - visit.first))
        state.offer.fails = UNDRIVEN
        return state


def _plain(offers: Rows) -> list[list[list[Tried]]]:
    """Return the rows as plain values: each is read several times, and slowly out of a table."""
    return [[[Tried._make(one) for one in gap] for gap in crew] for crew in offers.tolist()]


def _with_room(laid: Tables, draft: Draft) -> Tables:
    """Return the tables with room for one visit more in the longest day; limits are told apart."""
    crew = laid.crew.copy()
    crew.most = 1 + max((len(route.rows) for route in draft.routes), default=0)
    return laid._replace(crew=crew)


def _without(routes: Routes, laid: Tables, visits: set[int]) -> Routes:
    """Return routes without the stops of some visits."""
    place, length = routes.place.copy(), routes.length.copy()
    for crew in range(len(length)):
        stops = place[crew, : length[crew]]
        kept = stops[~np.isin(laid.place.visit[stops], list(visits))]
        place[crew, : len(kept)] = kept
        length[crew] = len(kept)
    return Routes(place, length)
