"""The state that a search begins with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.draft import Draft
from scheduler.engines.search.kernels import tables
from scheduler.engines.search.kernels.ahead import AHEADS
from scheduler.engines.search.kernels.driving import LABELS
from scheduler.engines.search.kernels.tables import Array, State, Tables
from scheduler.engines.search.records import blank

GOLDEN = 0x9E3779B97F4A7C15

TRIALS = 4
"""Gaps of a route that are driven exactly, the ones that promise most, where a glance is not."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The places that each crew goes to: `place` is int[crew, position], `length` int[crew]."""

    place: Array
    length: Array

    @property
    def stops(self) -> tuple[Array, Array]:
        """Return the crew and the place of every stop, by crew."""
        is_used = np.arange(self.place.shape[1]) < self.length[:, None]
        return np.nonzero(is_used)[0], self.place[is_used]


def routes_of(draft: Draft, laid: Tables) -> Routes:
    """Return the routes of `draft` by their places; the second of two who meet at the twin's."""
    place_of = _places_by_row(laid)
    is_met = set[int]()
    length = np.array([len(route.rows) for route in draft.routes], np.int64)
    place = np.zeros((len(length), most_stops(laid)), np.int32)
    for route in draft.routes:
        for at, stop in enumerate(zip(route.rows, route.starts, strict=True)):
            place[route.index, at] = place_of[stop]
            first = int(laid.place[place_of[stop]].visit)
            if stop[1] is not None and first in is_met:
                twin = laid.visit[laid.visit[first].twin]
                place[route.index, at] += twin.meets - laid.visit[first].meets
            is_met.add(first)
    return Routes(place, length)


def _places_by_row(laid: Tables) -> dict[tuple[int, int | None], int]:
    """Return the place of each row of the option table, and of each second that two meet there."""
    found: dict[tuple[int, int | None], int] = {}
    meets = laid.visit.meets[laid.place.visit]
    of_level = np.repeat(np.arange(len(laid.place)), laid.place.last_level - laid.place.first_level)
    for place, row, open_s in zip(
        of_level[::-1].tolist(),
        laid.level.row[::-1].tolist(),
        laid.level.open_s[::-1].tolist(),
        strict=True,
    ):
        found[row, open_s if place >= meets[place] else None] = place
    return found


def most_stops(laid: Tables) -> int:
    """Return the most visits that any crew can make."""
    return int(min(len(laid.visit), laid.crew.most.max(initial=0)))


def state_of(
    laid: Tables, routes: Routes, seed: int, trials: int = TRIALS, offers: int = 0
) -> State:
    """Return a state with `routes`, for chances that follow from `seed`.

    `offers` is how many places the visit has that every gap is offered.
    """
    visits, crews, kinds = len(laid.visit), len(laid.crew), laid.load.shape[1]
    most = most_stops(laid)
    sets = 1 << int((laid.crew.last_rest - laid.crew.first_rest).max(initial=0))
    meetings = int((laid.visit.last - laid.visit.meets).max(initial=0))
    driven = crews if laid.is_full else 0
    state = State(
        route=blank(tables.ROUTE, 2 * crews),
        stop=blank(tables.STOP, 2 * crews, most + 2),
        time=np.zeros((2 * driven, most + 2, sets, 3), np.int32),
        carried=np.zeros((2 * crews, kinds), np.int64),
        spot=blank(tables.SPOT, visits),
        queue=blank(tables.QUEUE, visits),
        desk=blank(tables.DESK, crews),
        known=blank(tables.KNOWN, visits, crews),
        ready=np.zeros(sets, np.int64),
        trial=blank(tables.TRIAL, trials),
        label=blank(tables.LABEL, driven + 1, most + 2, LABELS + 1),
        labels=np.zeros((driven + 1, most + 2), np.int64),
        ahead=blank(tables.AHEAD, driven + 1, most + 2, AHEADS + 1),
        aheads=np.zeros((driven + 1, most + 2), np.int64),
        meeting=blank(tables.MEETING, meetings, 2),
        offer=blank(tables.OFFER, crews, most + 1, offers),
        best=np.zeros((2, crews, most), np.int32),
        count=blank(tables.COUNT, 1),
    )
    kept = min(most, routes.place.shape[1])
    state.stop.place[:crews, 1 : kept + 1] = routes.place[:, :kept]
    state.route.length[:crews] = routes.length
    state.count.chance = GOLDEN * (seed % 2**63 + 1) % 2**64 or 1
    state.count.best = tables.FAR
    return state
