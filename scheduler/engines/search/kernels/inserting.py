"""What putting one more visit into a route adds to its price."""

from __future__ import annotations

import numpy as np

from scheduler.engines.search.kernels.compiling import part
from scheduler.engines.search.kernels.driving import drive
from scheduler.engines.search.kernels.resting import is_in_time_rested
from scheduler.engines.search.kernels.tables import FAR, Int, State, Tables, Way
from scheduler.engines.search.kernels.variants import either, is_full
from scheduler.engines.search.kernels.windows import service_start

TRIALS = 4
"""Gaps of a route that are driven exactly, the ones that promise most, where a glance is not."""


@part
def is_in_time_at_a_glance(
    p: Tables, s: State, v: Int, k: Int, place: Int, to_s: Int, fro_s: Int
) -> bool:
    """Whether `place` fits after stop `k`, the legs to and from it being so long."""
    start_s = service_start(p, place, s.stop[v, k].leave_s + to_s)
    return start_s + p.place[place].service_s + fro_s <= s.stop[v, k + 1].latest_s


is_in_time = either(is_in_time_at_a_glance, is_in_time_rested)


@part
def added_price(p: Tables, s: State, v: Int, k: Int, place: Int, limit: Int) -> Int:
    """Return what `place` after stop `k` of route `v` adds, or FAR where that is `limit` or more.

    FAR also where it, or a stop after it, could not begin in time. Exact in a plain problem; in a
    full one no more than the truth, and FAR only where it is certain. The price of sending that
    crew is left out: it is the same at every stop.
    """
    if not is_full(p) and not is_in_time_at_a_glance(p, s, v, k, place, 0, 0):
        return np.int64(FAR)  # not even if it lay on the way
    mode = p.crew[v].mode
    location = p.place[place].location
    to_s = np.int64(p.travel_back[mode, location, s.stop[v, k].location])
    fro_s = np.int64(p.travel[mode, location, s.stop[v, k + 1].location])
    longer_s = to_s + fro_s - s.stop[v, k].leg_s
    price = longer_s * p.crew[v].price_per_s + p.place[place].loss
    if price >= limit or s.route[v].travel_s + longer_s > p.crew[v].most_travel_s:
        return np.int64(FAR)
    return price if is_in_time(p, s, v, k, place, to_s, fro_s) else np.int64(FAR)


@part
def best_at_a_glance(p: Tables, s: State, v: Int, c: Int, limit: Int) -> Way:
    best_k, best_place, price = np.int64(0), np.int64(0), np.int64(FAR)
    for place in range(p.visit[c].first, p.visit[c].last):
        opens_s = p.span[p.place[place].first].open_s + p.place[place].service_s
        closes_s = p.span[p.place[place].last - 1].close_s
        for k in range(s.route[v].length + 1):
            if s.stop[v, k].leave_s > closes_s:
                break  # too late here, and later after every further stop
            if s.stop[v, k + 1].latest_s < opens_s:
                continue
            found = added_price(p, s, v, k, place, limit)
            if found < FAR:
                limit, price, best_k, best_place = found, found, np.int64(k), np.int64(place)
    return price, best_k, best_place


@part
def add_trial(s: State, n: Int, price: Int, k: Int, place: Int) -> Int:
    """Keep a trial among the `n` cheapest; return how many there are now."""
    at = n
    while at > 0 and s.trial[at - 1].price > price:
        at -= 1
    if at >= TRIALS:
        return n
    for i in range(min(n, TRIALS - 1), at, -1):
        s.trial[i] = s.trial[i - 1]
    s.trial[at].price = price
    s.trial[at].gap = k
    s.trial[at].place = place
    return min(n + 1, TRIALS)


@part
def best_driven(p: Tables, s: State, v: Int, c: Int, limit: Int) -> Way:
    """Drive the gaps that promise most."""
    n = 0
    first_gap = np.int64(s.spot[p.visit[c].after].at if p.visit[c].after >= 0 else 0)
    for place in range(p.visit[c].first, p.visit[c].last):
        for k in range(first_gap, s.route[v].length + 1):
            price = added_price(p, s, v, k, place, limit)
            if price < FAR:
                n = add_trial(s, n, price, k, place)
    best_k, best_place, best = np.int64(0), np.int64(0), np.int64(FAR)
    for i in range(n):
        trial = s.trial[i]
        if trial.price >= limit:
            break
        price = trial.price - p.place[trial.place].loss - s.route[v].tail
        price += drive(p, s, v, trial.gap, trial.place)[0]
        if price < limit:
            limit, best, best_k, best_place = price, price, trial.gap, trial.place
    return best, best_k, best_place


best_gap = either(best_at_a_glance, best_driven)
"""Return (price, gap, place) of the cheapest way to put visit `c` into route `v`.

The price is FAR where there is none below `limit`.
"""
