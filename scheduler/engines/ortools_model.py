"""A day as a routing model of OR-Tools.

One node for each option, those of a visit in one disjunction whose penalty is the visit's value;
then a node for each crew's start, and one for each crew's end. Breaks may interrupt a leg here,
which `scheduler.drive` does not allow: a solution is to be driven again.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from scheduler.draft import Draft
from scheduler.drive import NEVER
from scheduler.engines.greedy import MUST
from scheduler.engines.support import pace_of
from scheduler.options import AMPLE, Ints
from scheduler.problem import CrewShift


class RoutingDay:
    """The model of a draft's problem; `routing` is closed by whoever searches it."""

    def __init__(self, draft: Draft) -> None:
        from ortools.constraint_solver import pywrapcp

        self._table = draft.table
        self._crews = draft.table.problem.crews
        rows, crews = len(self._table.visit), len(self._crews)
        starts = range(rows, rows + crews)
        ends = range(rows + crews, rows + 2 * crews)
        self._nodes = rows + 2 * crews
        self._manager = pywrapcp.RoutingIndexManager(self._nodes, crews, [*starts], [*ends])
        self.routing = pywrapcp.RoutingModel(self._manager)
        self._index = [self._manager.NodeToIndex(row) for row in range(rows)]
        by_pace = {pace_of(crew): crew for crew in self._crews}
        self._travel_s = {pace: self._travel_of(crew) for pace, crew in by_pace.items()}
        self._time = self._add_time()
        self._limit_shifts()
        self._limit_starts()
        self._add_breaks()
        self._price_arcs()
        self._limit_visits()
        self._limit_loads()
        self._limit_travel()
        self._choose_options(draft)
        self._keep_order()

    def assignment_of(self, draft: Draft) -> Any:
        """Return `draft` as an assignment; None where the model does not accept it."""
        routes = [[self._index[row] for row in route.rows] for route in draft.routes]
        return self.routing.ReadAssignmentFromRoutes(routes, True)

    def rows_of_solution(self) -> list[list[int]]:
        """Return the rows of each crew in the solution that the search stands at."""
        return [self._rows_of(crew) for crew in range(len(self._crews))]

    def _rows_of(self, crew: int) -> list[int]:
        rows = []
        index = self.routing.NextVar(self.routing.Start(crew)).Value()
        while not self.routing.IsEnd(index):
            rows.append(self._manager.IndexToNode(index))
            index = self.routing.NextVar(index).Value()
        return rows

    def _add_time(self) -> Any:
        """Add the seconds of the day: service and then the leg, from each node to each."""
        service_s = self._by_node(self._table.service_s)[:, None]
        evaluators = {
            pace: self.routing.RegisterTransitMatrix((service_s + travel_s).tolist())
            for pace, travel_s in self._travel_s.items()
        }
        latest_start_s = int(self._table.last_s.max(initial=0))
        horizon_s = max(latest_start_s, *(crew.latest_end_s for crew in self._crews))
        by_crew = [evaluators[pace_of(crew)] for crew in self._crews]
        self.routing.AddDimensionWithVehicleTransits(by_crew, horizon_s, horizon_s, False, "time")
        return self.routing.GetDimensionOrDie("time")

    def _limit_shifts(self) -> None:
        for k, crew in enumerate(self._crews):
            end = self.routing.End(k)
            self._time.CumulVar(self.routing.Start(k)).SetValue(crew.start_s)
            self._time.CumulVar(end).SetMax(crew.latest_end_s)
            if crew.max_overtime_s:
                price = crew.overtime_price_per_s
                self._time.SetCumulVarSoftUpperBound(end, crew.end_s, price)

    def _limit_starts(self) -> None:
        for row, index in enumerate(self._index):
            spans = self._table.call(row).starts
            if not spans:
                self.routing.ActiveVar(index).SetValue(0)
                continue
            start = self._time.CumulVar(index)
            start.SetRange(spans[0][0], spans[-1][1])
            for (_, last_s), (first_s, _) in pairwise(spans):
                start.RemoveInterval(last_s + 1, first_s - 1)

    def _add_breaks(self) -> None:
        solver = self.routing.solver()
        service_s = self._by_node(self._table.service_s)
        by_index = [
            int(service_s[self._manager.IndexToNode(i)]) for i in range(self.routing.Size())
        ]
        for k, crew in enumerate(self._crews):
            rests = [
                solver.FixedDurationIntervalVar(*rest.starts, rest.duration_s, False, rest.id)
                for rest in crew.breaks
            ]
            if rests:
                self._time.SetBreakIntervalsOfVehicle(rests, k, by_index)

    def _price_arcs(self) -> None:
        """Price each leg, the crew that is sent, and what its option is worth less than the best.

        By callback: a matrix for each crew would take a gigabyte where owners have their price.
        """
        whole = np.array([visit.value for visit in self._table.problem.visits], np.int64)
        loss = self._by_node(whole[self._table.visit] - self._table.value)[:, None]
        legs = {
            (pace, price): (price * self._travel_s[pace] + loss).tolist()
            for pace, price in {(pace_of(crew), crew.travel_price_per_s) for crew in self._crews}
        }
        for k, crew in enumerate(self._crews):
            prices = self._by_node(self._table.price[self._table.visit, k]).tolist()
            arc = self._arc_price(legs[pace_of(crew), crew.travel_price_per_s], prices)
            evaluator = self.routing.RegisterTransitCallback(arc)
            self.routing.SetArcCostEvaluatorOfVehicle(evaluator, k)

    def _arc_price(self, legs: list[list[int]], prices: list[int]) -> Callable[[int, int], int]:
        node: Callable[[int], int] = self._manager.IndexToNode

        def price(i: int, j: int) -> int:
            here = node(i)
            return legs[here][node(j)] + prices[here]

        return price

    def _limit_visits(self) -> None:
        most = [
            len(self._index) if crew.max_visits is None else crew.max_visits for crew in self._crews
        ]
        self._limit_sum(np.ones(len(self._index), np.int64), most, "visits")

    def _limit_loads(self) -> None:
        for kind, rooms in enumerate(self._table.capacity.T.tolist()):
            self._limit_sum(self._table.load[self._table.visit, kind], rooms, f"load {kind}")

    def _limit_sum(self, by_row: Ints, most: list[int], name: str) -> None:
        evaluator = self.routing.RegisterUnaryTransitVector(self._by_node(by_row).tolist())
        self.routing.AddDimensionWithVehicleCapacity(evaluator, 0, most, True, name)

    def _limit_travel(self) -> None:
        if all(crew.max_travel_s is None for crew in self._crews):
            return
        evaluators = {
            pace: self.routing.RegisterTransitMatrix(travel_s.tolist())
            for pace, travel_s in self._travel_s.items()
        }
        most = [AMPLE if c.max_travel_s is None else c.max_travel_s for c in self._crews]
        self.routing.AddDimensionWithVehicleTransitAndCapacity(
            [evaluators[pace_of(crew)] for crew in self._crews], 0, most, True, "travel"
        )

    def _choose_options(self, draft: Draft) -> None:
        for i, visit in enumerate(self._table.problem.visits):
            indices = [self._index[row] for row in np.flatnonzero(self._table.visit == i)]
            crews = np.flatnonzero(self._table.fits[i]).tolist()
            for index in indices:
                self.routing.VehicleVar(index).SetValues([-1, *crews])
            if indices:
                penalty = visit.value + int(MUST) * bool(draft.is_required[i])
                self.routing.AddDisjunction(indices, penalty)

    def _keep_order(self) -> None:
        """Let a visit be made only where the one it is locked to come after was made before."""
        solver = self.routing.solver()
        for later, earlier in self._table.after.items():
            before = [self._index[row] for row in np.flatnonzero(self._table.visit == earlier)]
            for row in np.flatnonzero(self._table.visit == later):
                index = self._index[row]
                active = self.routing.ActiveVar
                solver.Add(active(index) <= solver.Sum([active(i) for i in before]))
                for i in before:
                    slack = (2 - active(i) - active(index)) * NEVER
                    gap = self._time.CumulVar(index) - self._time.CumulVar(i)
                    solver.Add(gap + slack >= 0)

    def _travel_of(self, crew: CrewShift) -> Ints:
        """Return the seconds between nodes; a crew that has no visit stays at home."""
        places = [
            *self._table.location,
            *(crew.start_location for crew in self._crews),
            *(crew.end_location for crew in self._crews),
        ]
        seconds = self._table.problem.ways(crew)[0]
        travel_s: Ints = seconds[np.ix_(places, places)].astype(np.int64)
        travel_s[len(self._index) :, len(self._index) :] = 0
        return travel_s

    def _by_node(self, by_row: Ints) -> Ints:
        """Return `by_row` with a zero for each start and end."""
        return np.pad(by_row, (0, self._nodes - len(by_row)))
