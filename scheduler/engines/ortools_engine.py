"""OR-Tools' routing solver: guided local search from the greedy plan."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scheduler.draft import Draft
from scheduler.engines.base import OnProgress, Result, StopRule
from scheduler.engines.greedy import complete, fill
from scheduler.engines.ortools_model import RoutingDay
from scheduler.engines.outcome import outcome
from scheduler.engines.support import asked_of_search, has_setups, refuse_unsupported
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem
from scheduler.route import Route

LONGEST_S = 86_400  # the solver warns without a limit of its own; ours is the watch
RESTORING_S = 5


class OrToolsEngine:
    """Guided local search by OR-Tools; what it does not better is the greedy plan.

    The solver's times and costs are never trusted: each better solution is driven again, what
    does not drive is taken out, and the rest counts by our own cost. It draws nothing at random:
    `seed` changes nothing.
    """

    name = "ortools"
    begins_whole = False

    def supports(self, problem: Problem, locks: Sequence[Lock] = ()) -> list[str]:  # noqa: ARG002
        setups = ["setup times"] if has_setups(problem) else []
        return setups + asked_of_search(problem)

    def solve(
        self,
        problem: Problem,
        stop: StopRule,
        *,
        seed: int = 0,  # noqa: ARG002
        warm_start: Plan | None = None,
        locks: Sequence[Lock] = (),
        on_progress: OnProgress | None = None,
    ) -> Result:
        """Return the better of the greedy plan, begun from `warm_start`, and what is found."""
        refuse_unsupported(self, problem, locks)
        locked = apply_locks(problem, locks)
        draft = Draft.of(locked, warm_start)
        watch = Watch(stop, on_progress)
        is_complete = complete(draft, watch)
        began_with = draft.cost
        if is_complete and draft.routes and len(draft.table.visit):
            _search(draft, watch)
        watch.finish(draft)
        return outcome(draft, began_with, self.name)


def _search(draft: Draft, watch: Watch) -> None:
    """Better `draft` until the watch is over, and insert what then fits."""
    from ortools.constraint_solver import pywrapcp
    from ortools.constraint_solver.routing_enums_pb2 import LocalSearchMetaheuristic

    day = RoutingDay(draft)
    listener = _Listener(draft, day, watch)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.local_search_metaheuristic = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromSeconds(LONGEST_S)
    # Its 0.1 s is too short to restore a day with breaks: the search would end at once.
    parameters.lns_time_limit.FromSeconds(RESTORING_S)
    day.routing.AddSearchMonitor(day.routing.solver().CustomLimit(listener.is_over))
    day.routing.AddAtSolutionCallback(listener.take)
    day.routing.CloseModelWithParameters(parameters)
    if (start := day.assignment_of(draft)) is not None:
        day.routing.SolveFromAssignmentWithParameters(start, parameters)
    if listener.error is not None:
        raise listener.error
    fill(draft, range(len(draft.routes)))


class _Listener:
    """What the solver calls back. It swallows errors and Ctrl-C, so that we keep them for later."""

    def __init__(self, draft: Draft, day: RoutingDay, watch: Watch) -> None:
        self._draft = draft
        self._day = day
        self._watch = watch
        self._least = math.inf
        self.error: BaseException | None = None

    def is_over(self) -> bool:
        try:
            return self.error is not None or self._watch.is_over(self._draft)
        except BaseException as error:  # noqa: BLE001 raised again once the solver has ended
            self.error = error
            return True

    def take(self) -> None:
        """Take over a solution that is better than all before, as far as it can be driven."""
        try:
            objective = self._day.routing.CostVar().Value()
            if objective < self._least:
                self._least = objective
                self._draft.attempt(self._changed())
        except BaseException as error:  # noqa: BLE001 raised again once the solver has ended
            self.error = error

    def _changed(self) -> list[Route]:
        return [
            self._draft.fitted(Route(self._draft.table, crew, rows))
            for crew, rows in enumerate(self._day.rows_of_solution())
            if tuple(rows) != self._draft.routes[crew].rows
        ]
