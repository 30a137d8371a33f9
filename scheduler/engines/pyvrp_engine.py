"""PyVRP's iterated local search."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scheduler.draft import Draft
from scheduler.engines.base import OnProgress, Result, StopRule
from scheduler.engines.outcome import outcome
from scheduler.engines.pyvrp_model import PyVrpDay
from scheduler.engines.support import asked_of_search, has_setups, refuse_unsupported
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem

if TYPE_CHECKING:
    import pyvrp


class PyVrpEngine:
    """Iterated local search by PyVRP, from nothing or from a plan to begin with.

    The solver's times and costs are never trusted: each better solution is driven again, what
    does not drive is taken out, and the rest counts by our own cost.
    """

    name = "pyvrp"
    begins_whole = False

    def supports(self, problem: Problem, locks: Sequence[Lock] = ()) -> list[str]:
        lacking = {
            "breaks": any(crew.breaks for crew in problem.crews),
            "prices of single crews": any(visit.crew_prices for visit in problem.visits),
            "setup times": has_setups(problem),
            "locks of an order": any(lock.after is not None for lock in locks),
        }
        named = [name for name, is_asked_for in lacking.items() if is_asked_for]
        return named + asked_of_search(problem)

    def solve(
        self,
        problem: Problem,
        stop: StopRule,
        *,
        seed: int = 0,
        warm_start: Plan | None = None,
        locks: Sequence[Lock] = (),
        on_progress: OnProgress | None = None,
    ) -> Result:
        """Return the better of `warm_start`, or no visits at all, and what is found.

        One iteration is one step of the local search. A warm start that misses a must-visit
        would hold it up: it then begins with nothing.
        """
        refuse_unsupported(self, problem, locks)
        locked = apply_locks(problem, locks)
        draft = Draft.of(locked, warm_start)
        began_with = draft.cost
        watch = Watch(stop, on_progress)
        if draft.routes and len(draft.table.visit):
            _search(draft, watch, seed)
        watch.finish(draft)
        return outcome(draft, began_with, self.name)


def _search(draft: Draft, watch: Watch, seed: int) -> None:
    import pyvrp
    from pyvrp.exceptions import PenaltyBoundWarning

    day = PyVrpDay(draft)
    start = day.solution_of(draft)
    ils = pyvrp.IteratedLocalSearchParams(callbacks=_listener(draft, day))
    if watch.is_over(draft):
        return
    with warnings.catch_warnings():  # where must-visits get in each other's way, the draft stands
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        found = pyvrp.solve(
            day.data,
            lambda _: watch.is_over(draft),
            seed=seed,
            collect_stats=False,
            params=pyvrp.SolveParams(ils=ils),
            initial_solution=start if start.routes() and start.is_feasible() else None,
        )
    _take(draft, day, found.best)


def _listener(draft: Draft, day: PyVrpDay) -> Any:
    """Return callbacks that take over each better solution at once."""
    from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks

    class Listener(IteratedLocalSearchCallbacks):
        def on_best(self, best: pyvrp.Solution) -> None:
            _take(draft, day, best)

    return Listener()


def _take(draft: Draft, day: PyVrpDay, solution: pyvrp.Solution) -> None:
    """Let `draft` be `solution`, as far as it can be driven and is no worse."""
    changed = [
        draft.fitted(route)
        for route in day.routes_of(solution)
        if route.rows != draft.routes[route.index].rows
    ]
    draft.attempt(changed)
