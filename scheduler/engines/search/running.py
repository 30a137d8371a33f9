"""The compiled search beside the draft that its best plan is kept in."""

from __future__ import annotations

import numpy as np

from scheduler.draft import Draft
from scheduler.engines.search.beginning import state_of
from scheduler.engines.search.kernels.anneal import search
from scheduler.engines.search.kernels.driving import best_rows
from scheduler.engines.search.kernels.tables import Settings, State, Tables
from scheduler.engines.search.layout import tables_of
from scheduler.engines.search.neighbours import with_neighbours
from scheduler.engines.search.tuning import tuned
from scheduler.engines.watch import Watch
from scheduler.route import Route

FIRST = Settings(neighbours=30, removed=1.0, longest=1.0, unserved=0.0)
"""For a first plan: nothing is taken out yet."""


class Search:
    """One search, from a draft that it makes better.

    Making one compiles what it needs, or loads what was compiled before.
    """

    def __init__(self, draft: Draft, seed: int) -> None:
        self._draft = draft
        self._tables = with_neighbours(tables_of(draft))
        self._state = state_of(draft, self._tables, seed)
        compile_for(self._tables, self._state)
        self._best_rows(0)  # no stops yet: it is only compiled
        self._kept_at = 0

    @property
    def steps(self) -> int:
        return int(self._state.count.tick[0])

    @property
    def price(self) -> int:
        """The price of the best plan, a missed must-visit counting more than all else."""
        return int(self._state.count.best[0])

    def run(self, watch: Watch) -> None:
        """Search until `watch` is over; the draft is then the best plan found."""
        if watch.is_over(self._draft):
            return
        search(self._tables, self._state, FIRST, 0.0, 0, False)
        tuning = tuned(self._tables, self._state)
        while not watch.is_over(self._draft, self.keep_best):
            temperature = tuning.temperature(watch.share)
            search(self._tables, self._state, tuning.settings, temperature, tuning.steps, False)
        search(self._tables, self._state, tuning.settings, 0.0, 0, True)
        self.keep_best()

    def keep_best(self) -> None:
        """Let the draft be the best plan, unless it is better already."""
        if self._kept_at == self._state.count.best_tick[0]:
            return
        self._kept_at = int(self._state.count.best_tick[0])
        kept = [route.rows for route in self._draft.routes]
        best = [self._best_rows(crew) for crew in range(len(kept))]
        self._draft.attempt(
            [
                Route(self._draft.table, crew, rows)
                for crew, rows in enumerate(best)
                if rows != kept[crew]
            ]
        )

    def _best_rows(self, crew: int) -> tuple[int, ...]:
        rows = np.zeros(self._state.best_length[crew], np.int64)
        best_rows(self._tables, self._state, crew, rows)
        return tuple(rows.tolist())


def compile_for(laid: Tables, state: State) -> None:
    """Compile the search for problems like `laid`, by searching one without visits and crews."""
    empty_tables = laid._replace(visit=laid.visit[:0], crew=laid.crew[:0])
    empty_state = state._replace(
        route=state.route[:0],
        spot=state.spot[:0],
        count=state.count.copy(),
        chance=state.chance.copy(),
    )
    search(empty_tables, empty_state, FIRST, 0.0, 0, False)
