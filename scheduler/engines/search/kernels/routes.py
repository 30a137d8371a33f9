"""Routes: when a crew is where, how late it may be, and how both follow a change.

Time is first in, first out and waiting is free, so the earliest leaving of each stop and the
latest arrival that the rest of the day bears make the test of an insertion exact, also where the
spans of a place have gaps between them.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import long_part, only_part, part
from scheduler.engines.search.kernels.driving import drive_route_labels
from scheduler.engines.search.kernels.resting import (
    due_back,
    keep_leaving,
    reach_stop,
    serve,
    set_off,
)
from scheduler.engines.search.kernels.tables import FAR, Int, State, Tables
from scheduler.engines.search.kernels.windows import latest_arrival, service_start


@part
def may_take(p: Tables, s: State, v: Int, c: Int) -> bool:
    """Whether crew `v` may go to visit `c`, and has a visit and the load to spare."""
    if s.route[v].length >= p.crew[v].most or p.sending[p.visit[c].group, v] >= FAR:
        return False
    for kind in range(p.load.shape[1]):
        if s.carried[v, kind] + p.load[c, kind] > p.capacity[v, kind]:
            return False
    return True


@long_part
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
    if inserted > 0 and s.route[v].tail < FAR:
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


@long_part
def drive_route(p: Tables, s: State, v: Int) -> None:
    n = s.route[v].length
    set_off(p, s, v)
    for j in range(1, n + 1):
        serve(p, s, v, j - 1, np.int64(s.stop[v, j].place))
        keep_leaving(p, s, v, j)
    due_back(p, s, v, n + 1)
    for j in range(n, 0, -1):
        reach_stop(p, s, v, j)
    s.route[v].driven = 0
    s.route[v].tail = drive_route_labels(p, s, v) if n > 0 or p.crew[v].is_out else 0


@only_part
def time_route(p: Tables, s: State, v: Int, inserted: Int) -> None:
    """Bring times and tail of route `v` up to date, into which stop `inserted` was put; 0: anew.

    The tail is FAR where it cannot be driven: a route that is made shorter may not be, where a
    detour is shorter than the direct way. A visit that is put in, since it fits, mends it.
    """
    if p.is_full:
        drive_route(p, s, v)
    else:
        glance_route(p, s, v, inserted)


@long_part
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
    s.stop[v, n].leg_s = 0  # who has no visit stays at home, or where she is
    if n > 0 or p.crew[v].is_out:
        set_leg(p, s, v, n)
        s.route[v].travel_s += s.stop[v, n].leg_s
    time_route(p, s, v, np.int64(0))
    if s.route[v].travel_s > p.crew[v].most_travel_s:
        s.route[v].tail = FAR


@part
def route_price(p: Tables, s: State, v: Int) -> Int:
    """Return what route `v` costs: travel, its tail, sending that crew, and so many visits."""
    price = s.route[v].travel_s * p.crew[v].price_per_s + s.route[v].tail
    for j in range(1, s.route[v].length + 1):
        price += p.sending[p.visit[p.place[s.stop[v, j].place].visit].group, v]
    if p.is_full:
        beyond = max(0, s.route[v].length - p.crew[v].fair)
        price += p.crew[v].unfair_price * beyond * (beyond + 1) // 2
    return price


@long_part
def touch(p: Tables, s: State, v: Int) -> None:
    """Keep a copy of a route before its first change in this iteration."""
    if s.route[v].mark == s.count[0].tick:
        return
    copy_route(p, s, v, v + p.crew.size)
    s.route[v].mark = s.count[0].tick
    s.desk[s.count[0].n_touched].touched = v
    s.count[0].n_touched += 1


@part
def copy_route(p: Tables, s: State, v: Int, to: Int) -> None:
    """Copy all that is told of route `v` but its labels."""
    s.route[to] = s.route[v]
    for kind in range(p.load.shape[1]):
        s.carried[to, kind] = s.carried[v, kind]
    for j in range(s.route[v].length + 2):
        s.stop[to, j] = s.stop[v, j]
        if p.is_full:
            for taken in range(s.time.shape[2]):
                for which in range(s.time.shape[3]):
                    s.time[to, j, taken, which] = s.time[v, j, taken, which]


@long_part
def undo(p: Tables, s: State) -> None:
    """Put every touched route back."""
    for i in range(s.count[0].n_touched):
        v = s.desk[i].touched
        for j in range(1, s.route[v].length + 1):
            s.spot[p.place[s.stop[v, j].place].visit].crew = -1
    for i in range(s.count[0].n_touched):
        put_back(p, s, s.desk[i].touched)


@part
def put_back(p: Tables, s: State, v: Int) -> None:
    copy_route(p, s, v + p.crew.size, v)
    s.route[v].driven = 0
    for j in range(1, s.route[v].length + 1):
        c = p.place[s.stop[v, j].place].visit
        s.spot[c].crew = v
        s.spot[c].at = j
