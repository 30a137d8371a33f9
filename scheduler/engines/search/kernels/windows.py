"""When service may begin, by the spans of a place."""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import part
from scheduler.engines.search.kernels.tables import NEVER, Int, Tables


@part
def service_start(p: Tables, place: Int, arrival_s: Int) -> Int:
    """Return the earliest start at or after `arrival_s`, or NEVER."""
    for k in range(p.place[place].first, p.place[place].last):
        if arrival_s <= p.span[k].close_s:
            return max(arrival_s, p.span[k].open_s)
    return np.int64(NEVER)


@part
def latest_arrival(p: Tables, place: Int, start_s: Int) -> Int:
    """Return the latest arrival that lets service begin by `start_s`, or -NEVER."""
    for k in range(p.place[place].last - 1, p.place[place].first - 1, -1):
        if p.span[k].open_s <= start_s:
            return min(start_s, p.span[k].close_s)
    return np.int64(-NEVER)
