"""Every visit that a draft leaves out, tried in every crew's day as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.draft import Draft
from scheduler.engines.search.beginning import Routes, routes_of, state_of
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

    Prices are with what the visit is worth less there than at its best, and infinite where it
    cannot be made.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._laid = tables_of(draft)
        self._visits = np.arange(len(draft.is_served))
        self._twin = self._laid.visit.twin[self._visits]
        self._routes = routes_of(draft, self._laid)
        self._state = _looked(self._laid, self._routes)

    @cached_property
    def price(self) -> Floats:
        """What each visit adds to each crew's day [visit, crew]."""
        prices = self._prices(self._visits)
        prices += self._laid.sending[self._laid.visit.group[self._visits]]
        return prices

    @cached_property
    def met_price(self) -> Floats:
        """What it adds to the days of the two that would best meet, at both of them."""
        if not (self._twin >= 0).any():
            return np.broadcast_to(np.inf, self.price.shape)
        return np.where(self._twin[:, None] >= 0, self._prices(self._twin), np.inf)

    def loss(self, visit: int, crew: int) -> int:
        """Return what of the price is no cost, but what the visit is worth less there."""
        is_alone = np.isfinite(self.price[visit, crew])
        told = visit if is_alone else self._laid.visit[visit].twin
        return int(self._laid.place[self._state.known[told, crew].place].loss)

    def _prices(self, visits: Ints) -> Floats:
        """Return the prices that were looked up [visit, crew], infinite where there is none."""
        known = self._state.known.price[visits]
        prices: Floats = known.astype(np.float64)
        prices[known >= FAR] = np.inf
        return prices

    def fits_in_empty_days(self) -> NDArray[np.bool_]:
        """Return which crews could make each visit [visit, crew] without any other.

        Or as one of the two that would best meet there. A crew that may make no visit at all, or
        no more of them, is taken for one that may make this one: it has the time.
        """
        visit, crew = self._laid.visit.copy(), self._laid.crew.copy()
        visit.after = -1
        crew.most = np.maximum(crew.most, 1)
        nothing = replace(self._routes, length=np.zeros_like(self._routes.length))
        known = _looked(self._laid._replace(visit=visit, crew=crew), nothing).known.price
        fits: NDArray[np.bool_] = known[self._visits] < FAR
        met = self._twin >= 0
        fits[met] |= known[self._twin[met]] < FAR
        return fits

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


def _looked(laid: Tables, routes: Routes) -> State:
    """Return a state whose `known` tells the price of each visit that `routes` leave out."""
    state = state_of(laid, routes, seed=0, trials=TRIALS)
    state.known.price = FAR
    search(laid, state, STILL, 0.0, 0, LOOK)
    return state
