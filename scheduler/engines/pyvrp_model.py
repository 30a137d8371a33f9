"""A day as PyVRP's problem data.

One client for each option and window, those of a visit in one group of which one is made; one
vehicle type for all crews that are alike. Who may not go is told by loads: each set of crews that
some visit is not for has a kind of load of its own, and no room for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from scheduler.draft import Draft
from scheduler.engines.support import pace_of
from scheduler.options import AMPLE, Ints, OptionTable
from scheduler.problem import Span
from scheduler.route import Bools, Route

if TYPE_CHECKING:
    import pyvrp


class _Way(NamedTuple):
    """A way to make a visit: a row of the option table, in one window."""

    row: int
    window: Span


class PyVrpDay:
    """The data of a draft's problem, and how its clients and vehicles stand for rows and crews."""

    def __init__(self, draft: Draft) -> None:
        self._table = draft.table
        self._crews = draft.table.problem.crews
        self._visit_load, self._crew_room = _loads(draft.table)
        self._crews_of_type = self._alike()
        self._paces = list(dict.fromkeys(map(pace_of, self._crews)))
        self._depots = sorted(
            {place for crew in self._crews for place in (crew.start_location, crew.end_location)}
        )
        self._ways = self._possible_ways()
        self.data = self._data(draft.is_required)

    def solution_of(self, draft: Draft) -> pyvrp.Solution:
        """Return the routes of `draft` as a solution."""
        import pyvrp

        starts = {stop.id: stop.start_s for trip in draft.itineraries() for stop in trip.visits}
        client_of = {(way.row, way.window): client for client, way in enumerate(self._ways)}
        routes = []
        for vehicle_type, crews in enumerate(self._crews_of_type):
            for route in (draft.routes[crew] for crew in crews):
                clients = [
                    client_of[row, _window_at(self._table, row, starts[call.visit.id])]
                    for row, call in zip(route.rows, route.calls, strict=True)
                ]
                if clients:
                    routes.append(pyvrp.Route(self.data, clients, vehicle_type))
        return pyvrp.Solution(self.data, routes)

    def routes_of(self, solution: pyvrp.Solution) -> list[Route]:
        """Return the days of all crews in `solution`, also the empty ones."""
        free = [list(crews) for crews in self._crews_of_type]
        rows: list[list[int]] = [[] for _ in self._crews]
        for route in solution.routes():
            crew = free[route.vehicle_type()].pop(0)
            rows[crew] = [self._ways[stop.idx].row for stop in route if stop.is_client()]
        return [Route(self._table, crew, ways) for crew, ways in enumerate(rows)]

    def _alike(self) -> list[list[int]]:
        """Return the crews of each vehicle type: all that a model knows of them is the same."""
        types: dict[tuple[object, ...], list[int]] = {}
        for k, crew in enumerate(self._crews):
            ends = (crew.start_location, crew.end_location, crew.start_s, crew.end_s)
            overtime = (crew.max_overtime_s, crew.overtime_price_per_s)
            travel = (pace_of(crew), crew.travel_price_per_s, crew.max_travel_s)
            key = (ends, overtime, travel, crew.max_visits, *self._crew_room[k].tolist())
            types.setdefault(key, []).append(k)
        return list(types.values())

    def _possible_ways(self) -> list[_Way]:
        """Return every way that some crew could go on an empty day.

        A must-visit that nobody can make would leave no feasible plan at all.
        """
        rows = np.arange(len(self._table.visit))
        can = np.zeros(len(rows), bool)
        for crew in range(len(self._crews)):
            can |= np.isfinite(Route(self._table, crew).added_prices(rows)[:, 0])
        return [
            _Way(int(row), span)
            for row in np.flatnonzero(can)
            for span in _windows(self._table, int(row))
        ]

    def _data(self, is_required: Bools) -> pyvrp.ProblemData:
        import pyvrp

        ways = {pace_of(crew): self._table.problem.ways(crew)[0] for crew in self._crews}
        seconds = [ways[pace].astype(np.int64) for pace in self._paces]
        clients, groups = self._clients(is_required)
        return pyvrp.ProblemData(
            locations=[pyvrp.Location(0, 0)] * len(seconds[0]),  # neighbours go by the matrices
            clients=clients,
            depots=[pyvrp.Depot(place) for place in self._depots],
            vehicle_types=[self._vehicle_type(crews) for crews in self._crews_of_type],
            distance_matrices=seconds,
            duration_matrices=seconds,
            groups=groups,
        )

    def _clients(self, is_required: Bools) -> tuple[list[pyvrp.Client], list[pyvrp.ClientGroup]]:
        import pyvrp

        visits = [int(self._table.visit[way.row]) for way in self._ways]
        several = [visit for visit, ways in Counter(visits).items() if ways > 1]
        group_of = {visit: number for number, visit in enumerate(several)}
        groups = [pyvrp.ClientGroup(required=bool(is_required[visit])) for visit in several]
        clients = []
        for number, (way, visit) in enumerate(zip(self._ways, visits, strict=True)):
            group = group_of.get(visit)
            if group is not None:
                groups[group].add_client(number)
            clients.append(self._client(way, visit, group, bool(is_required[visit])))
        return clients, groups

    def _client(self, way: _Way, visit: int, group: int | None, is_must: bool) -> pyvrp.Client:
        import pyvrp

        return pyvrp.Client(
            location=int(self._table.location[way.row]),
            delivery=self._visit_load[visit].tolist(),
            service_duration=int(self._table.service_s[way.row]),
            tw_early=way.window[0],
            tw_late=way.window[1],
            prize=int(self._table.value[way.row]),
            required=is_must and group is None,
            group=group,
        )

    def _vehicle_type(self, crews: Sequence[int]) -> pyvrp.VehicleType:
        import pyvrp

        crew = self._crews[crews[0]]
        limits: dict[str, Any] = {}
        if crew.max_travel_s is not None:
            limits["max_distance"] = crew.max_travel_s
        if crew.max_overtime_s:  # counts from the start, which must therefore not be put off
            limits["start_late"] = crew.start_s
            limits["shift_duration"] = crew.end_s - crew.start_s
            limits["max_overtime"] = crew.max_overtime_s
            limits["unit_overtime_cost"] = crew.overtime_price_per_s
        return pyvrp.VehicleType(
            num_available=len(crews),
            capacity=self._crew_room[crews[0]].tolist(),
            start_depot=self._depots.index(crew.start_location),
            end_depot=self._depots.index(crew.end_location),
            tw_early=crew.start_s,
            tw_late=crew.latest_end_s,
            unit_distance_cost=crew.travel_price_per_s,
            profile=self._paces.index(pace_of(crew)),
            **limits,
        )


def _loads(table: OptionTable) -> tuple[Ints, Ints]:
    """Return what visits load [visit, kind] and what crews have room for [crew, kind].

    First the kinds of the problem itself; then one in number, for the most visits; then one for
    each set of crews that some visit is not for.
    """
    visits, crews = table.fits.shape
    not_for_all = table.fits[~table.fits.all(axis=1)]
    sets = np.unique(not_for_all, axis=0) if len(not_for_all) else not_for_all
    most = [visits if crew.max_visits is None else crew.max_visits for crew in table.problem.crews]
    is_of_set = (table.fits[:, None, :] == sets[None]).all(axis=2)
    load = np.hstack([table.load, np.ones((visits, 1), np.int64), is_of_set])
    room = np.hstack([table.capacity, np.reshape(most, (crews, 1)), np.where(sets.T, visits, 0)])
    return load.astype(np.int64), np.minimum(room, AMPLE).astype(np.int64)


def _windows(table: OptionTable, row: int) -> tuple[Span, ...]:
    return table.call(row).starts


def _window_at(table: OptionTable, row: int, start_s: int) -> Span:
    return next(span for span in _windows(table, row) if span[0] <= start_s <= span[1])
