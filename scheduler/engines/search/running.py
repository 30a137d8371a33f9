"""The compiled search beside the draft that its best plan is kept in."""

from __future__ import annotations

from dataclasses import replace

from scheduler.draft import Draft
from scheduler.engines.search.beginning import routes_of, state_of
from scheduler.engines.search.hours import told_route
from scheduler.engines.search.kernels.anneal import search
from scheduler.engines.search.kernels.tables import FAR, GO, LAST, Settings, State, Tables
from scheduler.engines.search.layout import most_loss, tables_of
from scheduler.engines.search.neighbours import with_neighbours
from scheduler.engines.search.sliding import slide
from scheduler.engines.search.team import Team
from scheduler.engines.search.tuning import FIRST, WORK, tuned
from scheduler.engines.watch import Watch
from scheduler.plan import Itinerary


class Search:
    """One search, from a draft that it makes better.

    Making one compiles what it needs, or loads what was compiled before.
    """

    def __init__(self, draft: Draft, seed: int, threads: int = 1, work: int = WORK) -> None:
        self._draft = draft
        self._seed = seed
        self._threads = threads
        self._work = work
        self.steps = 0
        self._must = most_loss(draft.table.problem)
        self._begin(with_neighbours(tables_of(draft)))
        compile_for(self._tables, self._state)

    def _begin(self, laid: Tables) -> None:
        self._tables = laid
        self._state = state_of(self._tables, routes_of(self._draft, self._tables), self._seed)
        self._team = Team(self._tables, self._state, self._threads, self._seed)

    @property
    def price(self) -> int:
        """The price of the best plan, a missed must-visit counting more than all else."""
        return self._team.price

    @property
    def key(self) -> tuple[int, int]:
        """The missed must-visits and the total cost of the best plan."""
        return divmod(self.price, self._must) if self._has_begun else self._draft.key

    @property
    def visits(self) -> int:
        """How many the best plan makes."""
        return self._team.visits if self._has_begun else self._draft.visits

    def itineraries(self) -> tuple[Itinerary, ...]:
        """Return the days of the best plan so far; the search goes on as if nobody had asked."""
        if not self._has_begun:
            return self._draft.itineraries()
        aside = State(*(array.copy() for array in self._state))
        self._team.tell(aside)
        before = list(self._draft.routes)
        self._end(aside, self._limited(FIRST))
        days = self._draft.itineraries()
        self._draft.put(before)
        return days

    def run(self, watch: Watch) -> None:
        """Search until `watch` is over; the draft is then the best plan found."""
        if watch.is_over(self):
            return
        search(self._tables, self._state, self._limited(FIRST), 0.0, 0, GO)
        tuning = tuned(self._tables, self._state, self._threads, self._work)
        tuning = replace(tuning, settings=self._limited(tuning.settings))
        with self._team:
            while not watch.is_over(self):
                self._team.search(tuning, tuning.temperature(watch.share))
        self.steps = self._team.steps
        self._team.gather()
        self._end(self._state, tuning.settings)
        if slide(self._draft):
            self._begin(tables_of(self._draft)._replace(near=self._tables.near))
            self._end(self._state, tuning.settings)
            slide(self._draft)

    @property
    def _has_begun(self) -> bool:
        return self.price < FAR

    def _limited(self, settings: Settings) -> Settings:
        reference = self._draft.table.problem.reference
        if reference is None or reference.most_moves is None:
            return settings
        return settings._replace(most_moves=reference.most_moves)

    def _end(self, state: State, settings: Settings) -> None:
        """Put in whom any crew has room for; let the draft be the best plan, if that is better.

        A day that could not be driven would cost nothing in a draft: with one, none is taken over.
        """
        search(self._tables, state, settings, 0.0, 0, LAST)
        crews = range(len(self._draft.routes))
        best = [told_route(self._draft, self._tables, state, crew) for crew in crews]
        if all(route.is_drivable for route in best):
            kept = zip(best, self._draft.routes, strict=True)
            self._draft.attempt([new for new, old in kept if not new.is_like(old)])


def compile_for(laid: Tables, state: State) -> None:
    """Compile the search for problems like `laid`, by searching one without visits and crews."""
    empty_tables = laid._replace(visit=laid.visit[:0], crew=laid.crew[:0])
    empty_state = state._replace(
        route=state.route[:0],
        spot=state.spot[:0],
        desk=state.desk[:0],
        count=state.count.copy(),
    )
    search(empty_tables, empty_state, FIRST, 0.0, 0, GO)
