"""What putting one more visit into a route adds to its price."""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import long_part, only_part, part
from scheduler.engines.search.kernels.ahead import is_told_ahead, price_between
from scheduler.engines.search.kernels.driving import drive_route_labels, drive_with
from scheduler.engines.search.kernels.resting import is_in_time_rested
from scheduler.engines.search.kernels.tables import AMPLE, FAR, Int, State, Tables, Way
from scheduler.engines.search.kernels.windows import service_start


@part
def may_go_there(p: Tables, v: Int, place: Int) -> bool:
    """Whether crew `v` may go to this place of a visit that it may make."""
    return not p.has_meetings or p.sending[p.place[place].group, v] < FAR


@part
def best_of_place(p: Tables, s: State, v: Int, place: Int, limit: Int) -> tuple[Int, Int]:
    """Return (price, gap) of the cheapest way into route `v` for a place, at a glance.

    What is the same for all gaps is looked up once, and no travel where the visit would not fit
    even if it lay on the way: here most of the time is spent.
    """
    best_k, price = np.int64(0), np.int64(FAR)
    stops, here = s.stop[v], p.place[place]
    to_s = p.back[p.crew[v].mode, here.location]
    fro_s = p.travel[p.crew[v].mode, here.location]
    per_s, loss, service_s = p.crew[v].price_per_s, here.loss, here.service_s
    more_s = p.crew[v].most_travel_s - s.route[v].travel_s
    opens_s = p.span[here.first].open_s + service_s
    closes_s = p.span[here.last - 1].close_s
    for k in range(s.route[v].length + 1):
        leave_s, latest_s = np.int64(stops[k].leave_s), np.int64(stops[k + 1].latest_s)
        if leave_s > closes_s:
            break  # too late here, and later after every further stop
        if latest_s < opens_s or service_start(p, place, leave_s) + service_s > latest_s:
            continue
        there_s, back_s = np.int64(to_s[stops[k].location]), np.int64(fro_s[stops[k + 1].location])
        longer_s = there_s + back_s - stops[k].leg_s
        found = longer_s * per_s + loss
        if found >= limit or longer_s > more_s:
            continue
        if service_start(p, place, leave_s + there_s) + service_s + back_s <= latest_s:
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


@part
def unfairness(p: Tables, s: State, v: Int) -> Int:
    """Return what one more visit costs because of those that the crew has already."""
    return max(0, s.route[v].length + 1 - p.crew[v].fair) * p.crew[v].unfair_price


@part
def detour_s(p: Tables, s: State, v: Int, k: Int, place: Int) -> Int:
    """Return how much longer the route is by road with `place` after stop `k`."""
    here, mode = p.place[place].location, p.crew[v].mode
    to_s = np.int64(p.back[mode, here, s.stop[v, k].location])
    return to_s + p.travel[mode, here, s.stop[v, k + 1].location] - s.stop[v, k].leg_s


@part
def road_price(p: Tables, s: State, v: Int, k: Int, place: Int, limit: Int) -> Int:
    """Return what `place` after stop `k` of route `v` adds by its detour and its best hour alone.

    FAR where that is `limit` or more, or too much travel.
    """
    longer_s = detour_s(p, s, v, k, place)
    price = longer_s * p.crew[v].price_per_s + p.place[place].loss
    if price >= limit or s.route[v].travel_s + longer_s > p.crew[v].most_travel_s:
        return np.int64(FAR)
    return price


@part
def promised_price(p: Tables, s: State, v: Int, k: Int, place: Int, limit: Int) -> Int:
    """Return what `place` after stop `k` of route `v` adds at least.

    FAR where that is `limit` or more, or it, or a stop after it, could certainly not be made. The
    price of sending that crew is left out: it is the same at every stop.
    """
    price = road_price(p, s, v, k, place, limit)
    return price if price >= FAR or is_in_time_rested(p, s, v, k, place) else np.int64(FAR)


@long_part
def best_driven(p: Tables, s: State, v: Int, first: Int, last: Int, limit: Int) -> Way:
    """Drive the gaps that promise most."""
    n = 0
    more = unfairness(p, s, v)
    for place in range(first, last):
        if may_go_there(p, v, place):
            for k in range(first_gap(p, s, v, place), s.route[v].length + 1):
                price = promised_price(p, s, v, k, place, limit - more)
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


@long_part
def best_between(p: Tables, s: State, v: Int, first: Int, last: Int, limit: Int) -> Way:
    """Price every gap by what was lost before it and will be after it."""
    if s.route[v].driven == 0:
        drive_route_labels(p, s, v)
    best_k, best_place, best = np.int64(0), np.int64(0), np.int64(FAR)
    more = unfairness(p, s, v)
    for place in range(first, last):
        if may_go_there(p, v, place):
            for k in range(first_gap(p, s, v, place), s.route[v].length + 1):
                price = road_price(p, s, v, k, place, limit - more)
                if price >= FAR:
                    continue
                price += more - p.place[place].loss - s.route[v].tail
                price += price_between(p, s, v, k, place, limit - price)
                if price < limit:
                    limit, best, best_k, best_place = price, price, np.int64(k), np.int64(place)
    return best, best_k, best_place


@only_part
def best_gap(p: Tables, s: State, v: Int, first: Int, last: Int, limit: Int) -> Way:
    """Return (price, gap, place) of the cheapest way into route `v` for places `first` to `last`.

    The price is FAR where there is none below `limit`. No visit at the places may be in a route.
    """
    if p.is_full and s.count[0].slack < AMPLE and s.route[v].tail < FAR and is_told_ahead(p, v):
        return best_between(p, s, v, first, last, limit)
    if p.is_full:
        return best_driven(p, s, v, first, last, limit)
    return best_at_a_glance(p, s, v, first, last, limit)
