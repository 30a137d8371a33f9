"""Two routes exchange their tails, between crews of one kind, whose days either can do.

A ruin takes a few visits out; here the second halves of two long days change hands. It is 2-opt*
of Potvin and Rousseau, Journal of the Operational Research Society 46(12), 1995. An order that is
locked is never in the way: a visit that is locked to a crew makes that crew one of a kind.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import only_part, part
from scheduler.engines.search.kernels.chance import below, uniform
from scheduler.engines.search.kernels.routes import rebuild, touch
from scheduler.engines.search.kernels.tables import HOUR, Int, Settings, State, Tables

TRIES = 10
"""Pairs of visits that are looked at for one exchange; few fit in time."""

SPLITS = 0.1
"""The share of them in which a tail goes to a crew that has no visit. Two routes become one as soon
as a last visit is followed by a first one; without the reverse there would be ever fewer."""


@only_part
def exchange_tails(p: Tables, s: State, q: Settings) -> None:
    """Let a random visit be followed by another that suits it, or by the way home."""
    most = min(q.neighbours + 1, p.near.shape[2])
    for _ in range(TRIES):
        c = below(s.count, p.visit.size)
        v = np.int64(s.spot[c].crew)
        if v < 0:
            continue
        i = np.int64(s.spot[c].at)
        if uniform(s.count) < SPLITS:
            w, j = idle_like(p, s, v), np.int64(0)
        else:
            d = np.int64(p.near[HOUR, c, below(s.count, most)])
            w, j = np.int64(s.spot[d].crew), np.int64(s.spot[d].at) - 1
        if w < 0 or v == w or p.crew[v].kind != p.crew[w].kind or not has_room(p, s, v, i, w, j):
            continue
        if p.has_meetings and (meets_later(p, s, v, i) or meets_later(p, s, w, j)):
            continue  # two who meet must not become one
        if p.is_full or meet_in_time(p, s, v, i, w, j):
            exchange(p, s, v, i, w, j)
            return


@part
def meets_later(p: Tables, s: State, v: Int, i: Int) -> bool:
    """Whether crew `v` meets another one after stop `i`."""
    for k in range(i + 1, s.route[v].length + 1):
        if p.visit[p.place[s.stop[v, k].place].visit].twin >= 0:
            return True
    return False


@part
def idle_like(p: Tables, s: State, v: Int) -> Int:
    """Return a crew of the kind of `v` that has no visit, or -1."""
    for w in range(s.desk.size):
        if s.route[w].length == 0 and p.crew[w].kind == p.crew[v].kind:
            return np.int64(w)
    return np.int64(-1)


@part
def meet_in_time(p: Tables, s: State, v: Int, i: Int, w: Int, j: Int) -> bool:
    """Whether stop `i` of `v` can be followed by what follows `j` of `w`, and the reverse."""
    return joins(p, s, v, i, w, j + 1) and joins(p, s, w, j, v, i + 1)


@part
def joins(p: Tables, s: State, v: Int, i: Int, w: Int, j: Int) -> bool:
    """Whether stop `j` of `w` and its tail can follow stop `i` of `v`."""
    leg_s = p.travel[p.crew[v].mode, s.stop[v, i].location, s.stop[w, j].location]
    return np.int64(s.stop[v, i].leave_s) + leg_s <= s.stop[w, j].latest_s


@part
def has_room(p: Tables, s: State, v: Int, i: Int, w: Int, j: Int) -> bool:
    """Whether both have the visits and the load to spare, with the other's tail after `i`, `j`."""
    moved = (s.route[w].length - j) - (s.route[v].length - i)
    if s.route[v].length + moved > p.crew[v].most or s.route[w].length - moved > p.crew[w].most:
        return False
    for kind in range(p.load.shape[1]):
        more = tail_load(p, s, w, j, kind) - tail_load(p, s, v, i, kind)
        if s.carried[v, kind] + more > p.capacity[v, kind]:
            return False
        if s.carried[w, kind] - more > p.capacity[w, kind]:
            return False
    return True


@part
def tail_load(p: Tables, s: State, v: Int, i: Int, kind: Int) -> Int:
    """Return what the visits after stop `i` load."""
    load = 0
    for k in range(i + 1, s.route[v].length + 1):
        load += p.load[p.place[s.stop[v, k].place].visit, kind]
    return load


@only_part
def exchange(p: Tables, s: State, v: Int, i: Int, w: Int, j: Int) -> None:
    """Let what follows stop `i` of `v` and stop `j` of `w` change places."""
    touch(p, s, v)
    touch(p, s, w)
    put_tail(s, v, i, w, j)
    put_tail(s, w, j, v, i)
    rebuild(p, s, v)
    rebuild(p, s, w)


@part
def put_tail(s: State, v: Int, i: Int, w: Int, j: Int) -> None:
    """Let stop `i` of `v` be followed by what followed stop `j` of `w` before this iteration."""
    tail = s.route[w + s.desk.size].length - j
    for k in range(1, tail + 1):
        s.stop[v, i + k].place = s.stop[w + s.desk.size, j + k].place
    s.route[v].length = i + tail
