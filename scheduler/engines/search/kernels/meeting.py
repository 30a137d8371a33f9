"""Two at one door: a visit that two crews make together, each too small to make it alone.

Its places for those who meet are open for one second each, so that every test of an insertion stays
what it is: whoever goes there is there at that second, and so is the other. The second half of the
visit is a *twin*, with the same places; ruin takes out both halves, and recreate puts in both or
none, into two routes.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import only_part, part
from scheduler.engines.search.kernels.inserting import best_gap
from scheduler.engines.search.kernels.tables import FAR, Int, State, Tables

BEST, NEXT = 0, 1


@part
def is_twin(p: Tables, c: Int) -> bool:
    """Whether `c` is the second half of a visit."""
    return p.visit[c].twin >= 0 and p.visit[c].twin < c


@part
def first_half(p: Tables, c: Int) -> Int:
    return p.visit[c].twin if is_twin(p, c) else c


@part
def forget_ways(p: Tables, s: State, c: Int) -> None:
    for i in range(p.visit[c].last - p.visit[c].meets):
        for rank in range(2):
            s.meeting[i, rank].price = FAR
            s.meeting[i, rank].crew = -1


@only_part
def look_to_meet(p: Tables, s: State, v: Int, c: Int, limit: Int) -> None:
    """Note how crew `v` would come to each place where two may meet, if only one is better."""
    meets = p.visit[c].meets
    for place in range(meets, p.visit[c].last):
        ways = s.meeting[place - meets]
        sent = p.sending[p.place[place].group, v]
        if sent >= FAR or sent >= min(limit, ways[NEXT].price):
            continue
        price, k, _ = best_gap(p, s, v, place, place + 1, min(limit, ways[NEXT].price) - sent)
        price += sent
        if price < ways[BEST].price:
            copy_way(s, place - meets)
            write_way(s, place - meets, BEST, price, v, k)
        elif price < ways[NEXT].price:
            write_way(s, place - meets, NEXT, price, v, k)


@part
def write_way(s: State, i: Int, rank: Int, price: Int, v: Int, k: Int) -> None:
    s.meeting[i, rank].price = price
    s.meeting[i, rank].crew = v
    s.meeting[i, rank].gap = k


@part
def copy_way(s: State, i: Int) -> None:
    s.meeting[i, NEXT] = s.meeting[i, BEST]


@part
def best_meeting(p: Tables, s: State, c: Int, limit: Int) -> tuple[Int, Int]:
    """Return (price, place) of the cheapest meeting below `limit`, or FAR."""
    best, best_place = np.int64(FAR), np.int64(0)
    meets = p.visit[c].meets
    for place in range(meets, p.visit[c].last):
        ways = s.meeting[place - meets]
        if ways[NEXT].crew >= 0:
            price = ways[BEST].price + ways[NEXT].price - p.place[place].loss  # once, not twice
            if price < limit:
                limit, best, best_place = price, price, np.int64(place)
    return best, best_place
