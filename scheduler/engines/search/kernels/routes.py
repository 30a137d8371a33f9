"""Routes: when a crew is where, how late it may be, and how both follow a change.

Time is first in, first out and waiting is free, so the earliest leaving of each stop and the
latest arrival that the rest of the day bears make the test of an insertion exact, also where the
spans of a place have gaps between them.
"""

from __future__ import annotations

import numpy as np

from scheduler.engines.search.kernels.compiling import part
from scheduler.engines.search.kernels.driving import drive
from scheduler.engines.search.kernels.resting import (
    due_back,
    leave_stop,
    reach_stop,
    set_off,
    sets_of_rests,
)
from scheduler.engines.search.kernels.tables import FAR, Array, Int, State, Tables
from scheduler.engines.search.kernels.variants import either, is_full
from scheduler.engines.search.kernels.windows import latest_arrival, service_start


@part
def may_take(p: Tables, s: State, v: Int, c: Int) -> bool:
    """Whether crew `v` may go to visit `c`, and has a visit and the load to spare."""
    if s.route[v].length >= p.crew[v].most or not p.may_go[p.visit[c].group, v]:
        return False
    for kind in range(p.load.shape[1]):
        if s.carried[v, kind] + p.load[c, kind] > p.capacity[v, kind]:
            return False
    return True


@part
def put_in(p: Tables, s: State, v: Int, k: Int, place: Int) -> None:
    """Put `place` after stop `k` of route `v`, which can take it."""
    touch(p, s, v)
    n = s.route[v].length
    for j in range(n + 1, k, -1):
        s.stop[v, j + 1] = s.stop[v, j]
        if j <= n:
            s.spot[p.place[s.stop[v, j].place].visit].at = j + 1
    c = p.place[place].visit
    s.route[v].length = n + 1
    s.spot[c].crew = v
    s.spot[c].at = k + 1
    s.stop[v, k + 1].place = place
    s.stop[v, k + 1].location = p.place[place].location
    s.route[v].travel_s -= s.stop[v, k].leg_s
    set_leg(p, s, v, k)
    set_leg(p, s, v, k + 1)
    s.route[v].travel_s += s.stop[v, k].leg_s + s.stop[v, k + 1].leg_s
    for kind in range(p.load.shape[1]):
        s.carried[v, kind] += p.load[c, kind]
    time_route(p, s, v, k + 1)


@part
def set_leg(p: Tables, s: State, v: Int, k: Int) -> None:
    """Set the leg from stop `k` to the next."""
    here, there = s.stop[v, k].location, s.stop[v, k + 1].location
    s.stop[v, k].leg_s = p.travel[p.crew[v].mode, here, there]


@part
def leaving_s(p: Tables, s: State, v: Int, j: Int) -> Int:
    """Return when stop `j` can be left, from when the one before it can."""
    place = np.int64(s.stop[v, j].place)
    arrival_s = np.int64(s.stop[v, j - 1].leave_s) + s.stop[v, j - 1].leg_s
    return service_start(p, place, arrival_s) + p.place[place].service_s


@part
def reaching_s(p: Tables, s: State, v: Int, j: Int) -> Int:
    """Return how late stop `j` may be reached, from how late the next one may."""
    place = np.int64(s.stop[v, j].place)
    leave_s = np.int64(s.stop[v, j + 1].latest_s) - s.stop[v, j].leg_s
    return latest_arrival(p, place, leave_s - p.place[place].service_s)


@part
def time_after(p: Tables, s: State, v: Int, k: Int) -> None:
    """Tell when stop `k` and those after it are left; `k`'s own time is new."""
    for j in range(k, s.route[v].length + 1):
        leave_s = leaving_s(p, s, v, j)
        if j > k and leave_s == s.stop[v, j].leave_s:
            return
        s.stop[v, j].leave_s = leave_s


@part
def time_before(p: Tables, s: State, v: Int, k: Int) -> None:
    """Tell how late stop `k` and those before it may be reached; `k`'s own time is new."""
    for j in range(k, 0, -1):
        latest_s = reaching_s(p, s, v, j)
        if j < k and latest_s == s.stop[v, j].latest_s:
            return
        s.stop[v, j].latest_s = latest_s


@part
def glance_inserted(p: Tables, s: State, v: Int, k: Int) -> None:
    """Follow the insertion of stop `k`: only what it pushes changes."""
    s.route[v].tail += p.place[s.stop[v, k].place].loss
    time_after(p, s, v, k)
    time_before(p, s, v, k)


@part
def glance_route(p: Tables, s: State, v: Int, inserted: Int) -> None:
    if inserted > 0:
        glance_inserted(p, s, v, inserted)
        return
    n = s.route[v].length
    s.route[v].tail = 0
    for j in range(n, 0, -1):
        s.stop[v, j].latest_s = reaching_s(p, s, v, j)
    for j in range(1, n + 1):
        s.stop[v, j].leave_s = leaving_s(p, s, v, j)
        s.route[v].tail += p.place[s.stop[v, j].place].loss
    if np.int64(s.stop[v, n].leave_s) + s.stop[v, n].leg_s > p.crew[v].end_s:
        s.route[v].tail = FAR


@part
def drive_route(p: Tables, s: State, v: Int, inserted: Int) -> None:  # noqa: ARG001
    n = s.route[v].length
    set_off(p, s, v)
    for j in range(1, n + 1):
        leave_stop(p, s, v, j)
    due_back(p, s, v, n + 1)
    for j in range(n, 0, -1):
        reach_stop(p, s, v, j)
    s.route[v].tail = drive(p, s, v, np.int64(-1), np.int64(0))[0] if n > 0 else 0


time_route = either(glance_route, drive_route)
"""Bring times and tail of route `v` up to date, into which stop `inserted` was put; 0: anew.

The tail is FAR where it cannot be driven: a route that is made shorter may not be, where a detour
is shorter than the direct way.
"""


@part
def rebuild(p: Tables, s: State, v: Int) -> None:
    """Tell everything of route `v` anew from its places in their order, 1 … length."""
    n = s.route[v].length
    s.stop[v, 0].location = p.crew[v].start
    s.stop[v, 0].leave_s = p.crew[v].start_s
    s.stop[v, n + 1].location = p.crew[v].end
    s.stop[v, n + 1].latest_s = p.crew[v].end_s
    for kind in range(p.load.shape[1]):
        s.carried[v, kind] = 0
    s.route[v].travel_s = 0
    for j in range(1, n + 1):
        place = np.int64(s.stop[v, j].place)
        c = p.place[place].visit
        s.spot[c].crew = v
        s.spot[c].at = j
        s.stop[v, j].location = p.place[place].location
        set_leg(p, s, v, j - 1)
        s.route[v].travel_s += s.stop[v, j - 1].leg_s
        for kind in range(p.load.shape[1]):
            s.carried[v, kind] += p.load[c, kind]
    s.stop[v, n].leg_s = 0  # who has no visit stays at home
    if n > 0:
        set_leg(p, s, v, n)
        s.route[v].travel_s += s.stop[v, n].leg_s
    time_route(p, s, v, np.int64(0))
    if n > 0 and s.route[v].travel_s > p.crew[v].most_travel_s:
        s.route[v].tail = FAR


@part
def route_price(p: Tables, s: State, v: Int) -> Int:
    """Return what route `v` costs: travel, its tail, and sending that crew."""
    price = s.route[v].travel_s * p.crew[v].price_per_s + s.route[v].tail
    for j in range(1, s.route[v].length + 1):
        price += p.crew_price[p.visit[p.place[s.stop[v, j].place].visit].group, v]
    return price


@part
def touch(p: Tables, s: State, v: Int) -> None:
    """Keep a copy of a route before its first change in this iteration."""
    if s.route[v].mark == s.count[0].tick:
        return
    s.old_route[v] = s.route[v]
    s.route[v].mark = s.count[0].tick
    s.touched[s.count[0].n_touched] = v
    s.count[0].n_touched += 1
    for kind in range(p.load.shape[1]):
        s.old_carried[v, kind] = s.carried[v, kind]
    for j in range(s.route[v].length + 2):
        s.old_stop[v, j] = s.stop[v, j]
        if is_full(p):
            copy_times(p, s.leave, s.latest, s.old_leave, s.old_latest, v, j)


@part
def copy_times(
    p: Tables, leave: Array, latest: Array, to_leave: Array, to_latest: Array, v: Int, j: Int
) -> None:
    for taken in range(sets_of_rests(p, v)):
        to_leave[v, j, taken] = leave[v, j, taken]
        to_latest[v, j, taken, 0] = latest[v, j, taken, 0]
        to_latest[v, j, taken, 1] = latest[v, j, taken, 1]


@part
def undo(p: Tables, s: State) -> None:
    """Put every touched route back."""
    for i in range(s.count[0].n_touched):
        v = s.touched[i]
        for j in range(1, s.route[v].length + 1):
            s.spot[p.place[s.stop[v, j].place].visit].crew = -1
    for i in range(s.count[0].n_touched):
        put_back(p, s, s.touched[i])


@part
def put_back(p: Tables, s: State, v: Int) -> None:
    s.route[v] = s.old_route[v]
    for kind in range(p.load.shape[1]):
        s.carried[v, kind] = s.old_carried[v, kind]
    for j in range(s.route[v].length + 2):
        s.stop[v, j] = s.old_stop[v, j]
        if is_full(p):
            copy_times(p, s.old_leave, s.old_latest, s.leave, s.latest, v, j)
    for j in range(1, s.route[v].length + 1):
        c = p.place[s.stop[v, j].place].visit
        s.spot[c].crew = v
        s.spot[c].at = j
