"""Every visit that a draft leaves out, tried in every crew's day as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.draft import Draft
from scheduler.engines.search.beginning import routes_of, state_of
from scheduler.engines.search.hours import told_route
from scheduler.engines.search.kernels.anneal import search
from scheduler.engines.search.kernels.tables import FAR, LOOK, TELL, State, Tables
from scheduler.engines.search.layout import tables_of
from scheduler.engines.search.tuning import STILL
from scheduler.route import Route

TRIALS = 64
"""Gaps of a crew's day that are driven exactly where a glance is not."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Way(NamedTuple):
    """The crews that would go, one or two who meet, with their days, and what is added to them."""

    routes: tuple[Route, ...]
    gaps: tuple[int, ...]


class Look:
    """What each unserved visit would cost: with a crew, or with two who meet.

    `price` [visit, crew] is what it adds to that crew's day, with what it is worth less there than
    at its best; `met_price` [visit, crew] what it adds to the days of the two that would best meet,
    at both of them. Infinite where that cannot be. `loss` [visit, crew] is what of it is no cost,
    but what the visit is worth less there.
    """

    def __init__(self, draft: Draft, laid: Tables | None = None) -> None:
        self._draft = draft
        self._laid = tables_of(draft) if laid is None else laid
        self._routes = routes_of(draft, self._laid)
        self._state = state_of(self._laid, self._routes, seed=0, trials=TRIALS)
        self._state.known.price = FAR
        search(self._laid, self._state, STILL, 0.0, 0, LOOK)
        visits = len(draft.is_served)
        known, twin = self._state.known.price, self._laid.visit.twin[:visits]
        price = np.where(known < FAR, known, np.inf)
        sending = self._laid.sending[self._laid.visit.group[:visits]]
        self.price: Floats = price[:visits] + sending
        self.met_price: Floats = np.where(twin[:, None] >= 0, price[twin], np.inf)
        loss = self._laid.place.loss[self._state.known.place]
        self.loss: Ints = np.where(price[:visits] < np.inf, loss[:visits], loss[twin])

    def in_empty_days(self) -> Look:
        """Return what each would cost in days without any visit, whatever it must follow."""
        visit = self._laid.visit.copy()
        visit.after = -1
        return Look(Draft(self._draft.locked), self._laid._replace(visit=visit))

    def ways(self, visit: int, most: int) -> list[Way]:
        """Return the `most` cheapest ways to make a visit, one for each crew, or two who meet."""
        met = np.flatnonzero(np.isfinite(self.met_price[visit])).tolist()
        options: list[tuple[float, tuple[int, ...]]] = [
            (price, (crew,)) for crew, price in enumerate(self.price[visit].tolist())
        ]
        options += [(float(self.met_price[visit, met[0]]), tuple(met))] if met else []
        cheapest = sorted(option for option in options if np.isfinite(option[0]))[:most]
        return [self._way(visit, crews) for _, crews in cheapest]

    def _way(self, visit: int, crews: Sequence[int]) -> Way:
        """Put the visit in, and see when all in those days are made then."""
        state = state_of(self._laid, self._routes, seed=0)
        twin = self._laid.visit[visit].twin
        halves = (visit,) if len(crews) == 1 else (visit, twin)
        gaps = tuple(
            self._put_in(state, crew, visit if len(crews) == 1 else twin, half)
            for crew, half in zip(crews, halves, strict=True)
        )
        search(self._laid, state, STILL, 0.0, 0, TELL)
        days = (told_route(self._draft, self._laid, state, crew) for crew in crews)
        return Way(tuple(days), gaps)

    def _put_in(self, state: State, crew: int, told: int, half: int) -> int:
        known = self._state.known[told, crew]
        place, gap, stops = int(known.place), int(known.gap), state.stop.place[crew]
        if half != self._laid.place[place].visit:
            first = self._laid.place[place].visit
            place += int(self._laid.visit[half].meets - self._laid.visit[first].meets)
        length = state.route[crew].length
        stops[gap + 2 : length + 2] = stops[gap + 1 : length + 1].copy()
        stops[gap + 1] = place
        state.route[crew].length = length + 1
        return gap
