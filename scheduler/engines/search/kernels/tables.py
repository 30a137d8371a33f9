"""The flat arrays that the compiled search works on.

A *visit* can be made at one of its *places*; a place has *spans* in which service may start, and a
*crew* drives a *route* of *stops*. All times are whole seconds, all money whole mills. Stop 0 of a
route is where the crew starts, and the one after the last visit where it ends.

`PlainTables` and `FullTables` have the same fields. numba compiles the search once for each type,
and `is_full` tells them apart while it compiles: what a problem does not ask for costs nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NEVER = 1 << 30
"""A second that does not come; two of them still fit 32 bits."""

FAR = 1 << 60
"""A price that nothing is worth; four of them still fit 64 bits."""


Array = NDArray[Any]

Rows = Any
"""A record array: NumPy's types do not know its fields."""

Int = Any
"""A whole number of 64 bits, NumPy's or Python's: compiled, they are the same."""

Way = tuple[Int, Int, Int]
"""What it adds to the price, after which stop, and at which place."""


def _table(**fields: type) -> np.dtype[Any]:
    return np.dtype(list(fields.items()), align=True)


_L, _S = np.int64, np.int32

VISIT = _table(first=_L, last=_L, worth=_L, group=_L, after=_L, depth=_L)
"""Its places; what is lost without it; who may go and at what price; the visit it must follow,
and how many are before it in that way."""

PLACE = _table(
    visit=_L,
    location=_L,
    first=_L,
    last=_L,
    service_s=_L,
    setup_s=_L,
    loss=_L,
    first_level=_L,
    last_level=_L,
)
"""Its spans and levels; `loss` is the least that it is worth less than the visit's best place."""

SPAN = _table(open_s=_L, close_s=_L)

LEVEL = _table(open_s=_L, close_s=_L, loss=_L, row=_L)
"""A time of the place in which it is worth so much; `row` is that of the option table."""

CREW = _table(
    start=_L, end=_L, start_s=_L, end_s=_L, most=_L, mode=_L, price_per_s=_L, most_travel_s=_L,
    due_s=_L, late_price_per_s=_L, first_rest=_L, last_rest=_L, kind=_L,
)  # fmt: skip
"""Crews of one kind can do each other's days; from `due_s` on, being back later costs more."""

REST = _table(first_s=_L, last_s=_L, duration_s=_L)

ROUTE = _table(length=_L, travel_s=_L, tail=_L, price=_L, mark=_L, changed=_L)
"""`tail` is what it costs beyond travel and crew: lost value, and being back late."""

STOP = _table(place=_S, location=_S, leave_s=_S, latest_s=_S, leg_s=_S)
"""Left at the earliest, reached at the latest, and the leg to the next one."""

SPOT = _table(crew=_S, at=_S, is_waiting=_S, listed=_S)
"""Where a visit is (crew -1: nowhere), and its number in the list of the unserved, from 1."""

KNOWN = _table(state=_L, price=_L, gap=_S, place=_S)
"""The best way into a route that is in that state."""

LABEL = _table(ready_s=_L, price=_L, taken=_L, parent=_L, level=_L)
"""A way to have come to a stop: ready to leave, lost so far, rests taken."""

TRIAL = _table(price=_L, gap=_L, place=_L)
"""A gap that promises much; its price is no more than the true one."""

COUNT = _table(
    tick=_L, n_touched=_L, n_waiting=_L, n_unserved=_L, n_candidates=_L, n_empty=_L,
    price=_L, best=_L, best_tick=_L, stamp=_L, blink=_L,
)  # fmt: skip


class PlainTables(NamedTuple):
    """What a search does not change, of a problem whose insertions are exact at a glance."""

    travel: Array  # int32[mode, from, to]
    travel_back: Array  # int32[mode, to, from]: so that both directions lie in one row
    visit: Rows  # VISIT[visit]
    place: Rows  # PLACE[place], those of a visit side by side
    span: Rows  # SPAN[span], those of a place side by side, disjoint, ascending
    level: Rows  # LEVEL[level], those of a place side by side
    crew: Rows  # CREW[crew]
    rest: Rows  # REST[rest], those of a crew side by side
    may_go: Array  # bool[group, crew]
    crew_price: Array  # int64[group, crew]
    load: Array  # int64[visit, kind]
    capacity: Array  # int64[crew, kind]
    near: Array  # int32[visit, k]: the nearest visits, itself first
    suiting: Array  # int32[visit, k]: those that could come just before or after it


class FullTables(NamedTuple):
    """The same of a problem with rests, setups, orders, overtime or value that differs by hour."""

    travel: Array
    travel_back: Array
    visit: Rows
    place: Rows
    span: Rows
    level: Rows
    crew: Rows
    rest: Rows
    may_go: Array
    crew_price: Array
    load: Array
    capacity: Array
    near: Array
    suiting: Array


Tables = PlainTables | FullTables


class State(NamedTuple):
    """What a search changes."""

    route: Rows  # ROUTE[crew]
    stop: Rows  # STOP[crew, position]
    leave: Array  # int32[crew, position, rests taken]: full problems alone
    latest: Array  # int32[crew, position, rests taken, from elsewhere]: full problems alone
    carried: Array  # int64[crew, kind]
    old_route: Rows  # as they were before this iteration, of the crews touched in it
    old_stop: Rows
    old_leave: Array
    old_latest: Array
    old_carried: Array
    spot: Rows  # SPOT[visit]
    touched: Array  # int64[crew]: the first `n_touched`
    waiting: Array  # int64[visit]: to insert, the first `n_waiting`
    rank: Array  # float64[visit]: in which order
    unserved: Array  # int64[visit]: the first `n_unserved`
    seen: Array  # int64[crew]: looked at for this insertion
    seen_kind: Array  # int64[kind]
    empty: Array  # int64[crew]: one empty route of each kind, the first `n_empty`
    candidate: Array  # int64[crew]: to look at, the first `n_candidates`
    known: Rows  # KNOWN[visit, crew]
    ready: Array  # int64[rests taken]: full problems alone
    trial: Rows  # TRIAL[TRIALS]
    label: Rows  # LABEL[position, LABELS]
    labels: Array  # int64[position]: how many there are
    best: Array  # int32[crew, position]: places of the best plan
    best_length: Array  # int64[crew]
    count: Rows  # COUNT[1]
    chance: Array  # uint64[1]


class Settings(NamedTuple):
    """How strongly a search ruins and how far it looks."""

    neighbours: int  # looked at for each insertion
    removed: float  # visits taken out in an iteration, on average
    longest: float  # string taken out
    unserved: float  # that are tried again in an iteration, at most; 0 where all must be served
