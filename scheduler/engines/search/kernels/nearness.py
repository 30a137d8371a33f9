"""How near visits are to each other: by road for the ruin, by road and hour for the insertion."""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import entry, part
from routing.compiled.holding import held
from scheduler.engines.search.kernels.tables import FAR, Array, Int, Tables

WAITING = 0.2
LATE = 1.0
"""A second of waiting, or of coming late, that cannot be avoided, beside one of travel. Vidal,
Crainic, Gendreau and Prins, Computers & Operations Research 40(1), 2013."""


@part
def way_s(p: Tables, mode: Int, a: Int, b: Int) -> Int:
    """Return the travel from place `a` to `b`."""
    return np.int64(p.travel[mode, p.place[a].location, p.place[b].location])


@part
def mismatch_s(p: Tables, mode: Int, a: Int, b: Int) -> float:
    """Return what going from place `a` to `b` costs at least in travel, waiting and lateness."""
    on_road_s = way_s(p, mode, a, b)
    least = np.float64(FAR)
    for i in range(p.place[a].first, p.place[a].last):
        for j in range(p.place[b].first, p.place[b].last):
            earliest_s = p.span[i].open_s + p.place[a].service_s + on_road_s
            latest_s = p.span[i].close_s + p.place[a].service_s + on_road_s
            waits_s = max(0, p.span[j].open_s - latest_s)
            late_s = max(0, earliest_s - p.span[j].close_s)
            least = min(least, on_road_s + WAITING * waits_s + LATE * late_s)
    return least


@entry
def gaps(tables: Tables, mode: Int, first: Int, road: Array, hour: Array) -> None:
    """Fill [i, visit] with how far each visit is from visit `first` + i; itself comes first.

    `road` gets the shortest way there and back, `hour` the least mismatch one way or the other.
    """
    p = held(tables)
    for i in range(road.shape[0]):
        c = first + i
        for d in range(p.visit.size):
            road[i, d] = hour[i, d] = FAR
            for a in range(p.visit[c].first, p.visit[c].last):
                for b in range(p.visit[d].first, p.visit[d].last):
                    both_s = way_s(p, mode, a, b) + way_s(p, mode, b, a)
                    road[i, d] = min(road[i, d], both_s)
                    least = min(mismatch_s(p, mode, a, b), mismatch_s(p, mode, b, a))
                    hour[i, d] = min(hour[i, d], least)
        road[i, c] = hour[i, c] = -1
