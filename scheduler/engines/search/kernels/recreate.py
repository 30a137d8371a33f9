"""Putting visits in: in a random one of several orders, each where it costs least."""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import long_part, only_part, part
from scheduler.engines.search.kernels.chance import uniform
from scheduler.engines.search.kernels.inserting import best_gap
from scheduler.engines.search.kernels.meeting import (
    BEST,
    NEXT,
    best_meeting,
    forget_ways,
    look_to_meet,
)
from scheduler.engines.search.kernels.routes import may_take, put_in
from scheduler.engines.search.kernels.tables import (
    FAR,
    HOUR,
    Int,
    Settings,
    State,
    Tables,
    Way,
)

BLINK = 0.01
"""The share of routes that are passed over, so that the same ruin can end differently."""

WAYS = 10
BY_WORTH = 5


@part
def order_of(p: Tables, s: State, c: Int, way: Int) -> float:
    """Return the rank of visit `c` among those waiting; the lowest goes first."""
    first = p.visit[c].first
    if way < 3:
        return uniform(s.count)
    if way < BY_WORTH:
        return -np.float64(p.visit[c].worth) * uniform(s.count)
    if way == BY_WORTH:
        return -np.float64(p.visit[c].worth) * (0.7 + 0.6 * uniform(s.count))
    if way == 6:
        return -np.float64(p.travel[0, p.crew[0].start, p.place[first].location])
    if way == 7:
        return np.float64(p.travel[0, p.crew[0].start, p.place[first].location])
    if way == 8:
        return np.float64(hours_s(p, c))
    if way == 9:
        return np.float64(p.span[p.place[first].first].open_s)
    return -np.float64(p.load[c, 0])


@part
def hours_s(p: Tables, c: Int) -> Int:
    """Return for how many seconds visit `c` may begin, over all its places."""
    total = 0
    for k in range(p.place[p.visit[c].first].first, p.place[p.visit[c].last - 1].last):
        total += p.span[k].close_s - p.span[k].open_s
    return total


@part
def sort_waiting(p: Tables, s: State, way: Int) -> None:
    """Sort the waiting by their order, then by number; by insertion, for the list is short."""
    for i in range(s.count[0].n_waiting):
        c = s.queue[i].waiting
        rank = order_of(p, s, c, way)
        if p.is_full:
            rank += 1e30 * p.visit[c].depth  # after whom it must follow
        j = i
        while j > 0 and is_after(s, j - 1, rank, c):
            s.queue[j].rank, s.queue[j].waiting = s.queue[j - 1].rank, s.queue[j - 1].waiting
            j -= 1
        s.queue[j].rank, s.queue[j].waiting = rank, c


@part
def is_after(s: State, i: Int, rank: float, c: Int) -> bool:
    """Whether the `i`-th that waits comes after visit `c` with that rank."""
    return s.queue[i].rank > rank or (s.queue[i].rank == rank and s.queue[i].waiting > c)


@part
def until_blink(s: State) -> Int:
    """Return how many routes are looked at before one is passed over."""
    return np.int64(np.log(1 - uniform(s.count)) / np.log(1 - BLINK))


@part
def list_empty(p: Tables, s: State) -> None:
    """List one empty route of each kind of crew, or two where they may meet."""
    s.count[0].stamp += 2
    s.count[0].n_empty = 0
    latest = s.count[0].stamp - (0 if p.has_meetings else 1)
    for v in range(s.desk.size):
        kind = p.crew[v].kind
        if s.route[v].length == 0 and s.desk[kind].seen_kind < latest:
            s.desk[kind].seen_kind = max(s.desk[kind].seen_kind + 1, s.count[0].stamp - 1)
            s.desk[s.count[0].n_empty].empty = v
            s.count[0].n_empty += 1


@part
def list_candidates(p: Tables, s: State, q: Settings, c: Int, is_everywhere: bool) -> None:
    """List the crews to look at for visit `c`: touched, near by, and one empty of each kind.

    What is counted is kept in variables of its own: in an array it would be written each time.
    """
    s.count[0].stamp += 1
    stamp, n = s.count[0].stamp, 0
    for i in range(s.count[0].n_touched):
        v = s.desk[i].touched
        s.desk[v].seen = stamp
        s.desk[n].candidate = v
        n += 1
    for i in range(1, min(q.neighbours + 1, p.near.shape[2])):
        v = np.int64(s.spot[p.near[HOUR, c, i]].crew)
        if v >= 0 and s.desk[v].seen != stamp:
            s.desk[v].seen = stamp
            s.desk[n].candidate = v
            n += 1
    for i in range(s.desk.size if is_everywhere else s.count[0].n_empty):
        v = i if is_everywhere else s.desk[i].empty
        if s.desk[v].seen != stamp:
            s.desk[v].seen = stamp
            s.desk[n].candidate = v
            n += 1
    s.count[0].n_candidates = n


@part
def look(p: Tables, s: State, v: Int, c: Int, limit: Int) -> Way:
    """Return the best way to put visit `c` into route `v`, if it costs less than `limit`.

    A route that this iteration has not touched is looked at once for each of its states.
    """
    is_touched = s.route[v].mark == s.count[0].tick
    if not is_touched and s.known[c, v].state == s.route[v].changed:
        return s.known[c, v].price, np.int64(s.known[c, v].gap), np.int64(s.known[c, v].place)
    first, last = p.visit[c].first, p.visit[c].meets
    price, k, place = best_gap(p, s, v, first, last, limit if is_touched else np.int64(FAR))
    if not is_touched:
        s.known[c, v].state = s.route[v].changed
        s.known[c, v].price = price
        s.known[c, v].gap = k
        s.known[c, v].place = place
    return price, k, place


@only_part
def best_crew(p: Tables, s: State, c: Int, limit: Int) -> tuple[Int, Int, Int, Int]:
    """Return (price, crew, gap, place) where visit `c` costs least among the candidates.

    The crew is -1 where nothing is below `limit`.
    """
    group = p.visit[c].group
    best_v, best_k, best_place = np.int64(-1), np.int64(0), np.int64(0)
    blink = s.count[0].blink
    for i in range(s.count[0].n_candidates):
        v = s.desk[i].candidate
        blink -= 1
        if blink < 0:
            blink = until_blink(s)
        elif may_take(p, s, v, c):
            sent = p.sending[group, v]
            price, k, place = look(p, s, v, c, limit - sent)
            if price < limit - sent:
                limit, best_v, best_k, best_place = price + sent, v, k, place
    s.count[0].blink = blink
    return limit, best_v, best_k, best_place


@only_part
def insert_best(p: Tables, s: State, c: Int, limit: Int) -> None:
    """Put visit `c` where it costs least among the candidates, if that is below `limit`.

    Or let two of them meet for it where that is cheaper.
    """
    limit, v, k, place = best_crew(p, s, c, limit)
    met, where = np.int64(FAR), np.int64(-1)
    if p.visit[c].twin >= 0:
        met, where = ways_to_meet(p, s, c, limit)
    if met < FAR:
        let_meet(p, s, c, where)
    elif v >= 0:
        put_in(p, s, v, k, place)
    if met < FAR or (v >= 0 and s.route[v].length == 1):
        list_empty(p, s)


@only_part
def let_meet(p: Tables, s: State, c: Int, place: Int) -> None:
    """Put both halves of visit `c` into the routes that are best for `place`."""
    i = place - p.visit[c].meets
    put_in(p, s, s.meeting[i, BEST].crew, s.meeting[i, BEST].gap, place)
    other = p.visit[p.visit[c].twin].meets + i
    put_in(p, s, s.meeting[i, NEXT].crew, s.meeting[i, NEXT].gap, other)


@long_part
def ways_to_meet(p: Tables, s: State, c: Int, limit: Int) -> tuple[Int, Int]:
    """Find the two best candidates for each place; return (price, place) of the best meeting.

    The price is FAR where none is below `limit`.
    """
    forget_ways(p, s, c)
    for i in range(s.count[0].n_candidates):
        v = s.desk[i].candidate
        if may_take(p, s, v, c):
            look_to_meet(p, s, v, c, limit)
    return best_meeting(p, s, c, limit)


@part
def must_wait(p: Tables, s: State, c: Int) -> bool:
    """Whether visit `c` must follow one that nobody makes."""
    return p.is_full and p.visit[c].after >= 0 and s.spot[p.visit[c].after].crew < 0


@only_part
def recreate(
    p: Tables, s: State, q: Settings, way: Int, generosity: Int, is_everywhere: bool
) -> None:
    """Insert those who wait, in their order; among all crews where `is_everywhere`.

    A visit may cost up to its worth times `generosity`: the way to a far quarter does not pay for
    the first one there, and does for three.
    """
    sort_waiting(p, s, way)
    list_empty(p, s)
    for i in range(s.count[0].n_waiting):
        c = s.queue[i].waiting
        s.spot[c].is_waiting = 0
        if not must_wait(p, s, c):
            list_candidates(p, s, q, c, is_everywhere)
            insert_best(p, s, c, p.visit[c].worth * generosity)
