"""When a crew with rests, or places with setups, is where: one time for each set of rests taken.

The plain search keeps one earliest leaving and one latest arrival for each stop; here there is one
for each set, bit by bit. Both follow travel that differs by the hour. They know nothing of what an
hour is worth, or of working time: an insertion that they refuse is none, of the others driving.py
has the say.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import part
from scheduler.engines.search.kernels.tables import LEAVE, NEVER, REACH, Int, State, Tables
from scheduler.engines.search.kernels.ways import arrival_s, latest_leaving_s
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
def take_rests(p: Tables, s: State, v: Int) -> None:
    """Let rests be taken at a stop, in any order; `ready` is by the rests taken."""
    first = p.crew[v].first_rest
    for taken in range(sets_of_rests(p, v)):
        for bit in range(p.crew[v].last_rest - first):
            rest = first + bit
            if taken >> bit & 1 or s.ready[taken] > p.rest[rest].last_s:
                continue
            end_s = max(s.ready[taken], p.rest[rest].first_s) + p.rest[rest].duration_s
            s.ready[taken | 1 << bit] = min(s.ready[taken | 1 << bit], end_s)


@part
def serve(p: Tables, s: State, v: Int, k: Int, place: Int) -> None:
    """Fill when `place` can be left, for a crew that comes from stop `k`."""
    here, there = s.stop[v, k].location, p.place[place].location
    takes_s = lasts_s(p, place, here)
    for taken in range(sets_of_rests(p, v)):
        leave_s = np.int64(s.time[v, k, taken, LEAVE])
        start_s = service_start(p, place, arrival_s(p, p.crew[v].mode, here, there, leave_s))
        s.ready[taken] = min(start_s + takes_s, NEVER)
    take_rests(p, s, v)


@part
def keep_leaving(p: Tables, s: State, v: Int, j: Int) -> None:
    for taken in range(sets_of_rests(p, v)):
        s.time[v, j, taken, LEAVE] = min(s.ready[taken], NEVER)


@part
def set_off(p: Tables, s: State, v: Int) -> None:
    """Fill when the start can be left."""
    for taken in range(sets_of_rests(p, v)):
        s.ready[taken] = p.crew[v].start_s if taken == 0 else NEVER
    take_rests(p, s, v)
    keep_leaving(p, s, v, 0)


@part
def due_back(p: Tables, s: State, v: Int, j: Int) -> None:
    """Fill how late the end, as stop `j`, may be reached: with every rest taken."""
    for taken in range(sets_of_rests(p, v)):
        is_last = taken == sets_of_rests(p, v) - 1
        for elsewhere in range(2):
            s.time[v, j, taken, REACH + elsewhere] = p.crew[v].end_s if is_last else -NEVER


@part
def reach_stop(p: Tables, s: State, v: Int, j: Int) -> None:
    """Fill how late stop `j` may be reached, from how late the next one may."""
    place = np.int64(s.stop[v, j].place)
    here, there = s.stop[v, j].location, s.stop[v, j + 1].location
    elsewhere = 1 if here != there else 0
    sets = sets_of_rests(p, v)
    for taken in range(sets):
        by_s = np.int64(s.time[v, j + 1, taken, REACH + elsewhere])
        s.ready[taken] = latest_leaving_s(p, p.crew[v].mode, here, there, by_s)
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
        s.time[v, j, taken, REACH] = latest_arrival(p, place, end_s)
        s.time[v, j, taken, REACH + 1] = latest_arrival(p, place, end_s - p.place[place].setup_s)


@part
def is_in_time_rested(p: Tables, s: State, v: Int, k: Int, place: Int) -> bool:
    """Whether `place` fits after stop `k`, whatever its hour is worth."""
    here, there = p.place[place].location, s.stop[v, k + 1].location
    serve(p, s, v, k, place)
    elsewhere = 1 if here != there else 0
    for taken in range(sets_of_rests(p, v)):
        at_next_s = arrival_s(p, p.crew[v].mode, here, there, s.ready[taken])
        if at_next_s < NEVER and at_next_s <= s.time[v, k + 1, taken, REACH + elsewhere]:
            return True
    return False
