"""A plan that is searched in parts, by threads: the compiled search lets go of Python's lock.

What is found does not depend on who is faster: all wait for each other after each slice, slices
are counted in steps, and partings in slices.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from scheduler.engines.search.beginning import Routes
from scheduler.engines.search.kernels.anneal import search
from scheduler.engines.search.kernels.tables import FAR, GO, PLACES, Settings, State, Tables
from scheduler.engines.search.parts import Part, parted
from scheduler.engines.search.tuning import STILL, Tuning


class Team:
    """Goes on with the plan in `whole`, in a part of it for each of `threads` if there are several.

    While parts are searched, `whole` stands where it stood before; `gather` brings it up to date,
    and `tell` a copy of it.
    """

    def __init__(self, laid: Tables, whole: State, threads: int, seed: int) -> None:
        self._laid = laid
        self._whole = whole
        self._pool = ThreadPoolExecutor(threads, "search") if threads > 1 else None
        self._rng = np.random.default_rng(seed)
        self._parts: list[Part] = []
        self._slices = 0
        self._steps = 0

    @property
    def steps(self) -> int:
        """How many all have gone."""
        return int(self._whole.count.tick[0]) + self._steps

    @property
    def price(self) -> int:
        """The price of the best plan; `FAR` while there is none."""
        return min(int(self._whole.count.best[0]), self._price_of_parts())

    @property
    def visits(self) -> int:
        """How many the best plan makes."""
        if self._price_of_parts() < self._whole.count.best[0]:
            return sum(int(part.state.desk.best_length.sum()) for part in self._parts)
        return int(self._whole.desk.best_length.sum())

    def __enter__(self) -> Team:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def search(self, tuning: Tuning, temperature: float) -> None:
        """Go a slice further, in parts where `tuning` has several."""
        if tuning.parts > 1:
            if self._slices % tuning.slices == 0:
                self._part(tuning.parts)
            self._slices += 1
            self._steps += tuning.steps * len(self._parts)
            self._go(tuning.settings, temperature, tuning.steps)
        else:
            search(self._laid, self._whole, tuning.settings, temperature, tuning.steps, GO)

    def gather(self) -> None:
        """Let the whole stand where its parts stand; its best plan is theirs, if that is better."""
        self.tell(self._whole)
        self._parts = []

    def tell(self, whole: State) -> None:
        """Do that to `whole`, while the parts go on as they are."""
        is_better = self._price_of_parts() < whole.count.best[0]
        if is_better:
            whole.count.best = self._price_of_parts()
        for part in self._parts:
            most, crews = part.state.best.shape[2], len(part.crews)
            now = part.state.stop.place[:crews, 1 : most + 1]
            whole.stop.place[part.crews, 1 : most + 1] = now
            whole.route.length[part.crews] = part.state.route.length[:crews]
            if is_better:
                whole.best[PLACES, part.crews, :most] = part.state.best[PLACES]
                whole.desk.best_length[part.crews] = part.state.desk.best_length

    def _part(self, parts: int) -> None:
        self.gather()
        crews = len(self._laid.crew)
        now = Routes(self._whole.stop.place[:crews, 1:-1], self._whole.route.length[:crews])
        self._parts = parted(self._laid, now, parts, self._rng)
        self._go(STILL, 0.0, 0)
        for part in self._parts:
            part.state.count.blink = 0  # what was not passed over at first may be from now on

    def _price_of_parts(self) -> int:
        prices = [int(part.state.count.best[0]) for part in self._parts]
        return sum(prices) if prices else FAR

    def _go(self, settings: Settings, temperature: float, steps: int) -> None:
        """Go so many steps further in each part."""

        def go(part: Part) -> None:
            search(part.tables, part.state, settings, temperature, steps, GO)

        list(self._pool.map(go, self._parts) if self._pool else map(go, self._parts))
