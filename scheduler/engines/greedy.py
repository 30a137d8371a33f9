"""Greedy insertion, and then ruin and recreate by the same insertion until time is up."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from scheduler.draft import Draft
from scheduler.engines.base import OnProgress, Result, StopRule
from scheduler.engines.outcome import outcome
from scheduler.engines.support import asked_of_search, refuse_unsupported
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem
from scheduler.route import Route

MUST = 1e12
"""Thousandths of currency that a must-visit counts for: more than any day is worth."""

LONGEST_STRING = 5  # visits in a row taken out of a route; 3 did worse on 600 cases
MOST_ROUTES = 2  # ruined together; 1 did far worse, 3 no better


class GreedyEngine:
    """Insertion of the visit that gains most, again and again, each insertion priced exactly.

    Parameters
    ----------
    improves
        Whether to go on after the first plan: a few visits in a row leave one or two routes near
        each other, whose room is filled again, and the plan stays unless it became worse.
    """

    name = "greedy"
    begins_whole = False

    def __init__(self, *, improves: bool = True) -> None:
        self._improves = improves

    def supports(self, problem: Problem, locks: Sequence[Lock] = ()) -> list[str]:  # noqa: ARG002
        return asked_of_search(problem)

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
        """Return a plan; the same for the same seed where `stop` goes by iterations.

        One iteration is a round of as many insertions as there are crews, or one ruin.
        """
        refuse_unsupported(self, problem, locks)
        locked = apply_locks(problem, locks)
        draft = Draft.of(locked, warm_start)
        began_with = draft.cost
        watch = Watch(stop, on_progress)
        if complete(draft, watch) and self._improves:
            _improve(draft, Random(seed), watch)
        watch.finish(draft)
        return outcome(draft, began_with, self.name)


def complete(draft: Draft, watch: Watch) -> bool:
    """Insert all that fits and pays; return whether it came to its end before the watch."""
    is_complete = fill(draft, range(len(draft.routes)), watch)
    if is_complete:
        _make_room(draft)
    return is_complete


def fill(draft: Draft, crews: Sequence[int], watch: Watch | None = None) -> bool:
    """Insert what gains most into the routes of `crews` until nothing gains, must-visits first.

    Return whether it came to its end before the watch was over.
    """
    offers = _Offers(draft, crews)
    while watch is None or not watch.is_over(draft):
        if not all(offers.take_best() for _ in range(max(1, len(crews)))):
            return True
    return False


class _Offers:
    """The best gain of each unserved option in each of some routes, and its gap there."""

    def __init__(self, draft: Draft, crews: Sequence[int]) -> None:
        self._draft = draft
        self._crews = crews
        table = draft.table
        self._rows = table.rows_of(~draft.is_served)
        self._visit = table.visit[self._rows]
        self._worth = table.value[self._rows] + MUST * draft.is_required[self._visit]
        self._gains = np.full((len(crews), len(self._rows)), -np.inf)
        self._gaps = np.zeros((len(crews), len(self._rows)), np.int64)
        for k in range(len(crews)):
            self._look(k)

    def take_best(self) -> bool:
        """Insert what gains most; False where nothing gains."""
        if self._gains.size == 0:
            return False
        k, i = divmod(int(self._gains.argmax()), len(self._rows))
        if self._gains[k, i] <= 0:
            return False
        route = self._draft.routes[self._crews[k]]
        self._draft.put([route.with_row(int(self._rows[i]), int(self._gaps[k, i]))])
        self._gains[:, self._visit == self._visit[i]] = -np.inf
        self._look(k)
        return True

    def _look(self, k: int) -> None:
        """Look again at the `k`-th crew, whose route has changed."""
        is_open = ~self._draft.is_served[self._visit]
        added = self._draft.routes[self._crews[k]].added_prices(self._rows[is_open])
        self._gaps[k, is_open] = added.argmin(axis=1)
        self._gains[k, is_open] = self._worth[is_open] - added.min(axis=1)


def _make_room(draft: Draft) -> None:
    """Let a must-visit that found no room have that of visits which need not be made today."""
    for visit in np.flatnonzero(draft.is_required & ~draft.is_served):
        rows = draft.table.rows_of(np.arange(len(draft.is_served)) == visit)
        for route in draft.routes:
            bare = route.only(k for k, v in enumerate(route.visits) if draft.is_required[v])
            if bare.is_drivable and np.isfinite(bare.added_prices(rows)).any():
                _refill(draft, [bare])
                break


def _improve(draft: Draft, rng: Random, watch: Watch) -> None:
    if not len(draft.table.location) or not draft.routes:
        return
    fixed = {*draft.table.after, *draft.table.after.values()}
    while not watch.is_over(draft):
        _refill(draft, _ruined(draft, rng, fixed))


def _refill(draft: Draft, ruined: Sequence[Route]) -> None:
    """Fill the room that `ruined` have, and keep it unless the plan became worse."""
    draft.attempt(ruined, lambda: fill(draft, [route.index for route in ruined]))


def _ruined(draft: Draft, rng: Random, fixed: set[int]) -> list[Route]:
    """Return routes near a place without some of their visits; those in `fixed` stay."""
    location = int(draft.table.location[rng.randrange(len(draft.table.location))])
    by_distance = sorted(
        draft.routes, key=lambda route: route.distance_s(location) * rng.uniform(0.7, 1.3)
    )
    shorter = [_without_string(route, rng, fixed) for route in by_distance[:MOST_ROUTES]]
    return [route for route in shorter if route.is_drivable]


def _without_string(route: Route, rng: Random, fixed: set[int]) -> Route:
    length = rng.randint(0, min(LONGEST_STRING, len(route.rows)))
    first = rng.randint(0, len(route.rows) - length)
    kept = (k for k, v in enumerate(route.visits) if not first <= k < first + length or v in fixed)
    return route.only(kept)
