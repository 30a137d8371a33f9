"""The flat arrays that the compiled search works on.

A *visit* can be made at one of its *places*; a place has *spans* in which service may start, and a
*crew* drives a *route* of *stops*. All times are whole seconds, all money whole mills. Stop 0 of a
route is where the crew starts, and the one after the last visit where it ends.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NEVER = 1 << 30
"""A second that does not come; two of them still fit 32 bits."""

FAR = 1 << 60
"""A price that nothing is worth; four of them still fit 64 bits."""

AMPLE = 1 << 62
"""More than there is of anything: what has no limit."""

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

VISIT = _table(
    first=_L, meets=_L, last=_L, worth=_L, group=_L, after=_L, depth=_L, twin=_L, is_known=_L
)  # fmt: skip
"""Its places, those from `meets` on for two who meet; what is lost without it; who may go; the
visit it must follow, and how many are before it in that way. Where two may meet, `twin` is the
other half: a visit of its own that is made, by another crew, when and where the first half is.
Whom people know to be visited moves where nobody goes."""

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
    group=_L,
)
"""Its spans and levels; `loss` is the least that it is worth less than the visit's best place; and
who may go to this one."""

SPAN = _table(open_s=_L, close_s=_L)

LEVEL = _table(open_s=_L, close_s=_L, loss=_L, row=_L)
"""A time of the place in which it is worth so much; `row` is that of the option table."""

CREW = _table(
    start=_L, end=_L, start_s=_L, end_s=_L, most=_L, mode=_L, price_per_s=_L, most_travel_s=_L,
    due_s=_L, late_price_per_s=_L, fair=_L, unfair_price=_L, work_price_per_s=_L, most_work_s=_L,
    worked_s=_L, is_out=_L, first_rest=_L, last_rest=_L, kind=_L,
)  # fmt: skip
"""Crews of one kind can do each other's days. From `due_s` on being back later costs more, and
beyond `fair` visits each costs more than the last. Who `is_out` has begun, and worked `worked_s`:
she comes home also without another visit. `most_work_s` is AMPLE where nobody counts."""

REST = _table(first_s=_L, last_s=_L, duration_s=_L, paid_s=_L)

ROUTE = _table(length=_L, travel_s=_L, tail=_L, price=_L, mark=_L, changed=_L, driven=_L)
"""`tail` is what it costs beyond travel and crew: lost value, working time, being late. Its labels
are those of the route as it is where it is `driven`."""

STOP = _table(place=_S, location=_S, leave_s=_S, latest_s=_S, leg_s=_S)
"""Left at the earliest, reached at the latest, and the leg to the next one."""

SPOT = _table(crew=_S, at=_S, is_waiting=_S, listed=_S, moves=_S)
"""Where a visit is (crew -1: nowhere), its number in the list of the unserved, from 1, and how many
moves it was, of the plan that was accepted last."""

QUEUE = _table(waiting=_L, rank=np.float64, unserved=_L)
"""Lists of visits: to insert, in which order, the first `n_waiting`; the first `n_unserved`."""

DESK = _table(touched=_L, candidate=_L, empty=_L, seen=_L, seen_kind=_L, best_length=_L)
"""Lists of crews: the first `n_touched`; to look at, the first `n_candidates`; one empty route of
each kind, the first `n_empty`. And notes on each: when it, or its kind, was listed last."""

KNOWN = _table(state=_L, price=_L, gap=_S, place=_S)
"""The best way into a route that is in that state."""

LABEL = _table(ready_s=_L, late_s=_L, work_s=_L, slow_s=_L, price=_L, taken=_L, parent=_L, level=_L)
"""A way to have come to a stop: ready to leave, or so late without working longer; worked so far,
travelled longer than in the fastest slot, and lost; rests taken."""

AHEAD = _table(latest_s=_L, due_s=_L, price=_L, slow_s=_L, taken=_L)
"""A way to go on from a stop, for who reaches it by `latest_s` with such rests taken: what is lost
from there on, reached by `due_s`; how much longer it travels than in the fastest slot."""

TRIAL = _table(price=_L, gap=_L, place=_L)
"""A gap that promises much; its price is no more than the true one."""

MEETING = _table(price=_L, crew=_L, gap=_L)
"""The best way of a crew to come to one place of those who meet."""

OFFER = _table(
    fails=_L, late_s=_L, tail=_L, road_s=_L, travel_s=_L, start_s=_L, end_s=_L
)  # fmt: skip
"""A gap that is tried: at which stop it fails and by how much, or the tail of the route with
it and its travel, by road as in `ROUTE` and in truth; when the visit would start and the crew be
back."""

COUNT = _table(
    chance=np.uint64, tick=_L, n_touched=_L, n_waiting=_L, n_unserved=_L, n_candidates=_L,
    n_empty=_L, price=_L, best=_L, best_tick=_L, stamp=_L, blink=_L, moves=_L, slack=_L,
)  # fmt: skip

ROAD, HOUR = 0, 1
"""Of nearness: by road; by road and hour."""

LEAVE, REACH = 0, 1
"""Of the times of a stop: left at the earliest; reached at the latest from the same door, and from
elsewhere at REACH + 1."""

PLACES, ROWS = 0, 1
"""Of the best plan: its places, and the rows of the option table that they are taken at."""

GO, LAST, LOOK, TELL, OFFER_GAPS = 0, 1, 2, 3, 4
"""What a search is for: to go on; to end with the best plan; to try every visit everywhere; to tell
when all are made in the plan that it begins with; to offer one visit every gap."""


class Tables(NamedTuple):
    """What a search does not change."""

    travel: Array  # int32[mode, here, there], in the slot that is fastest
    back: Array  # int32[mode, there, here]: the same, so that all ways to a spot lie in a row
    slot: Array  # int32[mode, slot, from, to]: where travel differs by the hour
    slot_start: Array  # int64[slot]
    visit: Rows  # VISIT[visit]
    place: Rows  # PLACE[place], those of a visit side by side
    span: Rows  # SPAN[span], those of a place side by side, disjoint, ascending
    level: Rows  # LEVEL[level], those of a place side by side
    crew: Rows  # CREW[crew]
    rest: Rows  # REST[rest], those of a crew side by side
    sending: Array  # int64[group, crew]: the price of sending it, FAR where it may not go
    moves: Array  # int8[group, crew]: whether that is a move; no rows where moves have no limit
    load: Array  # int64[visit, kind]
    capacity: Array  # int64[crew, kind]
    near: Array  # int32[ROAD or HOUR, visit, k]: the nearest visits, itself first
    is_full: bool  # whether it asks for more than insertions that are exact at a glance
    has_meetings: bool  # whether crews may meet at a door, or a place is not for all who may come


class State(NamedTuple):
    """What a search changes.

    Of `route`, `stop`, `time` and `carried` there are twice as many as crews: the second half are
    copies of the routes touched in this iteration, as they were before.
    """

    route: Rows  # ROUTE[crew]
    stop: Rows  # STOP[crew, position]
    time: Array  # int32[crew, position, rests taken, LEAVE or REACH]: full problems alone
    carried: Array  # int64[crew, kind]
    spot: Rows  # SPOT[visit]
    queue: Rows  # QUEUE[visit]
    desk: Rows  # DESK[crew]
    known: Rows  # KNOWN[visit, crew]
    ready: Array  # int64[rests taken]: full problems alone
    trial: Rows  # TRIAL[trial]
    label: Rows  # LABEL[crew, position, LABELS + 1]: full problems alone; one more crew to try on
    labels: Array  # int64[crew, position]: how many there are
    ahead: Rows  # AHEAD[crew, position, AHEADS + 1]: full problems alone; one more to work on
    aheads: Array  # int64[crew, position]: how many there are
    meeting: Rows  # MEETING[place of those who meet, best or next best crew]
    offer: Rows  # OFFER[crew, gap, place of the visit that is offered]
    best: Array  # int32[PLACES or ROWS, crew, position]
    count: Rows  # COUNT[1]


class Settings(NamedTuple):
    """How strongly a search ruins and how far it looks."""

    neighbours: int  # looked at for each insertion
    removed: float  # visits taken out in an iteration, on average
    string: float  # the longest taken out of routes that are not longer themselves
    longest: float  # taken out of long routes
    unserved: float  # that are tried again in an iteration, at most; 0 where all must be served
    tails: float  # the share of iterations in which two routes exchange tails, and nothing else
    whole: float = 0.0  # the share of the other iterations that take out a whole route, if short
    slack: int = FAR  # labels are dropped that make a day so much dearer than it is
    most_moves: int = AMPLE  # of the plan that people know
