"""When a crew with rests, or places with setups, is where: one time for each set of rests taken.

The plain search keeps one earliest leaving and one latest arrival for each stop; here there is one
for each set, bit by bit, so that the test of an insertion stays exact. As in `scheduler.route`.
"""

from __future__ import annotations

import numpy as np

from scheduler.engines.search.kernels.compiling import part
from scheduler.engines.search.kernels.tables import NEVER, Array, Int, State, Tables
from scheduler.engines.search.kernels.windows import latest_arrival, service_start


@part
def sets_of_rests(p: Tables, v: Int) -> Int:
    return 1 << (p.crew[v].last_rest - p.crew[v].first_rest)


@part
def lasts_s(p: Tables, place: Int, location: Int) -> Int:
    """Return how long a visit takes a crew that comes from `location`."""
    if p.place[place].location == location:
        return p.place[place].service_s
    return p.place[place].service_s + p.place[place].setup_s


@part
def take_rests(p: Tables, v: Int, ready: Array) -> None:
    """Let rests be taken at a stop, in any order; `ready` is by the rests taken."""
    first = p.crew[v].first_rest
    for taken in range(sets_of_rests(p, v)):
        for bit in range(p.crew[v].last_rest - first):
            rest = first + bit
            if taken >> bit & 1 or ready[taken] > p.rest[rest].last_s:
                continue
            end_s = max(ready[taken], p.rest[rest].first_s) + p.rest[rest].duration_s
            ready[taken | 1 << bit] = min(ready[taken | 1 << bit], end_s)


@part
def serve(
    p: Tables, s: State, v: Int, leaving: Array, from_location: Int, place: Int, leg_s: Int
) -> None:
    """Fill when `place` can be left, for a crew that leaves the stop before at `leaving`."""
    takes_s = lasts_s(p, place, from_location)
    for taken in range(sets_of_rests(p, v)):
        start_s = service_start(p, place, np.int64(leaving[taken]) + leg_s)
        s.ready[taken] = min(start_s + takes_s, NEVER)
    take_rests(p, v, s.ready)


@part
def set_off(p: Tables, s: State, v: Int) -> None:
    """Fill when the start can be left."""
    for taken in range(sets_of_rests(p, v)):
        s.ready[taken] = p.crew[v].start_s if taken == 0 else NEVER
    take_rests(p, v, s.ready)
    keep_leaving(p, s, v, 0)


@part
def keep_leaving(p: Tables, s: State, v: Int, j: Int) -> None:
    for taken in range(sets_of_rests(p, v)):
        s.leave[v, j, taken] = min(s.ready[taken], NEVER)


@part
def leave_stop(p: Tables, s: State, v: Int, j: Int) -> None:
    """Fill when stop `j` can be left, from when the one before it can."""
    place = np.int64(s.stop[v, j].place)
    before = s.stop[v, j - 1]
    serve(p, s, v, s.leave[v, j - 1], before.location, place, np.int64(before.leg_s))
    keep_leaving(p, s, v, j)


@part
def due_back(p: Tables, s: State, v: Int, j: Int) -> None:
    """Fill how late the end, as stop `j`, may be reached: with every rest taken."""
    for taken in range(sets_of_rests(p, v)):
        is_last = taken == sets_of_rests(p, v) - 1
        for elsewhere in range(2):
            s.latest[v, j, taken, elsewhere] = p.crew[v].end_s if is_last else -NEVER


@part
def reach_stop(p: Tables, s: State, v: Int, j: Int) -> None:
    """Fill how late stop `j` may be reached, from how late the next one may."""
    place = np.int64(s.stop[v, j].place)
    elsewhere = 1 if s.stop[v, j].location != s.stop[v, j + 1].location else 0
    sets = sets_of_rests(p, v)
    for taken in range(sets):
        s.ready[taken] = np.int64(s.latest[v, j + 1, taken, elsewhere]) - s.stop[v, j].leg_s
    first = p.crew[v].first_rest
    for taken in range(sets - 1, -1, -1):
        for bit in range(p.crew[v].last_rest - first):
            rest = first + bit
            if taken >> bit & 1:
                continue
            begin_s = s.ready[taken | 1 << bit] - p.rest[rest].duration_s
            if begin_s >= p.rest[rest].first_s:
                s.ready[taken] = max(s.ready[taken], min(begin_s, p.rest[rest].last_s))
        end_s = s.ready[taken] - p.place[place].service_s
        s.latest[v, j, taken, 0] = latest_arrival(p, place, end_s)
        s.latest[v, j, taken, 1] = latest_arrival(p, place, end_s - p.place[place].setup_s)


@part
def is_in_time_rested(
    p: Tables, s: State, v: Int, k: Int, place: Int, to_s: Int, fro_s: Int
) -> bool:
    """Whether `place` fits after stop `k`, whatever its hour is worth."""
    if max(to_s, fro_s) >= NEVER:
        return False
    location = p.place[place].location
    serve(p, s, v, s.leave[v, k], s.stop[v, k].location, place, to_s)
    elsewhere = 1 if location != s.stop[v, k + 1].location else 0
    for taken in range(sets_of_rests(p, v)):
        if s.ready[taken] + fro_s <= s.latest[v, k + 1, taken, elsewhere]:
            return True
    return False
