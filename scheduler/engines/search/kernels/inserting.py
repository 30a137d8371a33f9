"""What putting one more visit into a route adds to its price."""

from __future__ import annotations

import numpy as np

from scheduler.engines.search.kernels.compiling import long_part, only_part, part
from scheduler.engines.search.kernels.driving import drive_with
from scheduler.engines.search.kernels.resting import is_in_time_rested
from scheduler.engines.search.kernels.tables import FAR, FRO, TO, Int, State, Tables, Way
from scheduler.engines.search.kernels.windows import service_start


@part
def is_in_time_at_a_glance(
    p: Tables, s: State, v: Int, k: Int, place: Int, to_s: Int, fro_s: Int
) -> bool:
    """Whether `place` fits after stop `k`, the legs to and from it being so long."""
    start_s = service_start(p, place, s.stop[v, k].leave_s + to_s)
    return start_s + p.place[place].service_s + fro_s <= s.stop[v, k + 1].latest_s


@part
def is_in_time(p: Tables, s: State, v: Int, k: Int, place: Int, to_s: Int, fro_s: Int) -> bool:
    if p.is_full:
        return is_in_time_rested(p, s, v, k, place)
    return is_in_time_at_a_glance(p, s, v, k, place, to_s, fro_s)


@part
def may_go_there(p: Tables, v: Int, place: Int) -> bool:
    """Whether crew `v` may go to this place of a visit that it may make."""
    return not p.has_meetings or p.sending[p.place[place].group, v] < FAR


@part
def unfairness(p: Tables, s: State, v: Int) -> Int:
    """Return what one more visit costs because of those that the crew has already."""
    if not p.is_full:
        return np.int64(0)
    return max(0, s.route[v].length + 1 - p.crew[v].fair) * p.crew[v].unfair_price


@part
def way_to_s(p: Tables, s: State, v: Int, k: Int, place: Int) -> Int:
    """Return the travel from stop `k` to `place`."""
    return np.int64(p.travel[TO, p.crew[v].mode, p.place[place].location, s.stop[v, k].location])


@part
def way_fro_s(p: Tables, s: State, v: Int, k: Int, place: Int) -> Int:
    """Return the travel from `place` to the stop after stop `k`."""
    there = s.stop[v, k + 1].location
    return np.int64(p.travel[FRO, p.crew[v].mode, p.place[place].location, there])


@part
def detour_s(p: Tables, s: State, v: Int, k: Int, place: Int) -> Int:
    """Return how much longer the route is by road with `place` after stop `k`."""
    return way_to_s(p, s, v, k, place) + way_fro_s(p, s, v, k, place) - s.stop[v, k].leg_s


@part
def added_price(p: Tables, s: State, v: Int, k: Int, place: Int, limit: Int) -> Int:
    """Return what `place` after stop `k` of route `v` adds, or FAR where that is `limit` or more.

    FAR also where it, or a stop after it, could not begin in time. Exact but in a full problem,
    where it is no more than the truth, and FAR only where it is certain. The price of sending that
    crew is left out: it is the same at every stop.
    """
    if not p.is_full and not is_in_time_at_a_glance(p, s, v, k, place, 0, 0):
        return np.int64(FAR)  # not even if it lay on the way
    to_s, fro_s = way_to_s(p, s, v, k, place), way_fro_s(p, s, v, k, place)
    longer_s = to_s + fro_s - s.stop[v, k].leg_s
    price = longer_s * p.crew[v].price_per_s + p.place[place].loss
    if price >= limit or s.route[v].travel_s + longer_s > p.crew[v].most_travel_s:
        return np.int64(FAR)
    return price if is_in_time(p, s, v, k, place, to_s, fro_s) else np.int64(FAR)


@part
def best_of_place(p: Tables, s: State, v: Int, place: Int, limit: Int) -> tuple[Int, Int]:
    """Return (price, gap) of the cheapest way into route `v` for a place, at a glance."""
    best_k, price = np.int64(0), np.int64(FAR)
    opens_s = p.span[p.place[place].first].open_s + p.place[place].service_s
    closes_s = p.span[p.place[place].last - 1].close_s
    for k in range(s.route[v].length + 1):
        if s.stop[v, k].leave_s > closes_s:
            break  # too late here, and later after every further stop
        if s.stop[v, k + 1].latest_s < opens_s:
            continue
        found = added_price(p, s, v, k, place, limit)
        if found < FAR:
            limit, price, best_k = found, found, np.int64(k)
    return price, best_k


@part
def best_at_a_glance(p: Tables, s: State, v: Int, first: Int, last: Int, limit: Int) -> Way:
    best_k, best_place, best = np.int64(0), np.int64(0), np.int64(FAR)
    for place in range(first, last):
        if may_go_there(p, v, place):
            price, k = best_of_place(p, s, v, place, limit)
            if price < limit:
                limit, best, best_k, best_place = price, price, k, np.int64(place)
    return best, best_k, best_place


@part
def add_trial(s: State, n: Int, price: Int, k: Int, place: Int) -> Int:
    """Keep a trial among the `n` cheapest; return how many there are now."""
    at = n
    while at > 0 and s.trial[at - 1].price > price:
        at -= 1
    if at >= s.trial.size:
        return n
    for i in range(min(n, s.trial.size - 1), at, -1):
        s.trial[i] = s.trial[i - 1]
    s.trial[at].price = price
    s.trial[at].gap = k
    s.trial[at].place = place
    return min(n + 1, s.trial.size)


@part
def first_gap(p: Tables, s: State, v: Int, place: Int) -> Int:
    """Return the first gap of route `v` in which the order of visits lets `place` stand."""
    after = p.visit[p.place[place].visit].after
    return np.int64(s.spot[after].at) if after >= 0 and s.spot[after].crew == v else np.int64(0)


@long_part
def best_driven(p: Tables, s: State, v: Int, first: Int, last: Int, limit: Int) -> Way:
    """Drive the gaps that promise most."""
    n = 0
    more = unfairness(p, s, v)
    for place in range(first, last):
        if may_go_there(p, v, place):
            for k in range(first_gap(p, s, v, place), s.route[v].length + 1):
                price = added_price(p, s, v, k, place, limit - more)
                if price < FAR:
                    n = add_trial(s, n, price + more, k, place)
    best_k, best_place, best = np.int64(0), np.int64(0), np.int64(FAR)
    for i in range(n):
        trial = s.trial[i]
        if trial.price >= limit:
            break
        longer_s = detour_s(p, s, v, trial.gap, trial.place)
        price = trial.price - p.place[trial.place].loss - s.route[v].tail
        price += drive_with(p, s, v, trial.gap, trial.place, longer_s)
        if price < limit:
            limit, best, best_k, best_place = price, price, trial.gap, trial.place
    return best, best_k, best_place


@only_part
def best_gap(p: Tables, s: State, v: Int, first: Int, last: Int, limit: Int) -> Way:
    """Return (price, gap, place) of the cheapest way into route `v` for places `first` to `last`.

    The price is FAR where there is none below `limit`. No visit at the places may be in a route.
    """
    if p.is_full:
        return best_driven(p, s, v, first, last, limit)
    return best_at_a_glance(p, s, v, first, last, limit)
