"""The state that a search begins with."""

from __future__ import annotations

import numpy as np

from scheduler.draft import Draft
from scheduler.engines.search.kernels import tables
from scheduler.engines.search.kernels.driving import LABELS
from scheduler.engines.search.kernels.inserting import TRIALS
from scheduler.engines.search.kernels.tables import FullTables, State, Tables
from scheduler.engines.search.records import blank

GOLDEN = 0x9E3779B97F4A7C15


def state_of(draft: Draft, laid: Tables, seed: int) -> State:
    """Return a state with the routes of `draft`, for chances that follow from `seed`."""
    visits, crews, kinds = len(laid.visit), len(laid.crew), laid.load.shape[1]
    most = int(min(visits, laid.crew.most.max(initial=0)))
    sets = 1 << max((len(crew.breaks) for crew in draft.table.problem.crews), default=0)
    timed = (crews, most + 2, sets) if isinstance(laid, FullTables) else (0, 0, 0)
    state = State(
        route=blank(tables.ROUTE, crews),
        stop=blank(tables.STOP, crews, most + 2),
        leave=np.zeros(timed, np.int32),
        latest=np.zeros((*timed, 2), np.int32),
        carried=np.zeros((crews, kinds), np.int64),
        old_route=blank(tables.ROUTE, crews),
        old_stop=blank(tables.STOP, crews, most + 2),
        old_leave=np.zeros(timed, np.int32),
        old_latest=np.zeros((*timed, 2), np.int32),
        old_carried=np.zeros((crews, kinds), np.int64),
        spot=blank(tables.SPOT, visits),
        touched=np.zeros(crews, np.int64),
        waiting=np.zeros(visits, np.int64),
        rank=np.zeros(visits),
        unserved=np.zeros(visits, np.int64),
        seen=np.zeros(crews, np.int64),
        seen_kind=np.zeros(crews, np.int64),
        empty=np.zeros(crews, np.int64),
        candidate=np.zeros(crews, np.int64),
        known=blank(tables.KNOWN, visits, crews),
        ready=np.zeros(sets, np.int64),
        trial=blank(tables.TRIAL, TRIALS),
        label=blank(tables.LABEL, most + 2, LABELS),
        labels=np.zeros(most + 2, np.int64),
        best=np.zeros((crews, most), np.int32),
        best_length=np.zeros(crews, np.int64),
        count=blank(tables.COUNT, 1),
        chance=np.array([GOLDEN * (seed % 2**63 + 1) % 2**64 or 1], np.uint64),
    )
    _put_routes(state, draft, laid)
    return state


def _put_routes(state: State, draft: Draft, laid: Tables) -> None:
    place_of = np.zeros(len(draft.table.visit), np.int64)
    place_of[laid.level.row] = np.repeat(
        np.arange(len(laid.place)), laid.place.last_level - laid.place.first_level
    )
    for route in draft.routes:
        state.route[route.index].length = len(route.rows)
        state.stop[route.index, 1 : len(route.rows) + 1].place = place_of[list(route.rows)]
    state.count.best = tables.FAR
