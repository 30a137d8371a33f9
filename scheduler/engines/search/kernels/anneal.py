"""The search: ruin, recreate, and keep the change or take it back, by simulated annealing."""

from __future__ import annotations

import numpy as np

from scheduler.engines.search.kernels.chance import below, uniform
from scheduler.engines.search.kernels.compiling import entry, part
from scheduler.engines.search.kernels.recreate import BY_WORTH, WAYS, recreate
from scheduler.engines.search.kernels.routes import rebuild, route_price, undo
from scheduler.engines.search.kernels.ruin import let_wait, take_strings, try_unserved
from scheduler.engines.search.kernels.tables import Int, Settings, State, Tables

GENEROUS = 3
GENEROSITY = 0.05
"""In that share of the steps a visit may cost so many times its worth; annealing has the say."""


@part
def begin(s: State) -> None:
    s.count[0].tick += 1
    s.count[0].n_touched = 0
    s.count[0].n_waiting = 0


@part
def price_now(p: Tables, s: State) -> Int:
    """Return the price of the plan after this iteration's changes."""
    price = s.count[0].price
    for i in range(s.count[0].n_touched):
        v = s.touched[i]
        s.route[v].price = route_price(p, s, v)
        price += s.route[v].price - s.old_route[v].price
    for i in range(s.count[0].n_waiting):
        c = s.waiting[i]
        was_served = s.spot[c].listed == 0
        if was_served and s.spot[c].crew < 0:
            price += p.visit[c].worth
        elif not was_served and s.spot[c].crew >= 0:
            price -= p.visit[c].worth
    return price


@part
def list_unserved(s: State) -> None:
    """Bring the list of the unserved up to date; only who waited can have changed."""
    for i in range(s.count[0].n_waiting):
        c = s.waiting[i]
        place = np.int64(s.spot[c].listed) - 1
        if s.spot[c].crew < 0 and place < 0:
            s.unserved[s.count[0].n_unserved] = c
            s.count[0].n_unserved += 1
            s.spot[c].listed = s.count[0].n_unserved
        elif s.spot[c].crew >= 0 and place >= 0:
            s.count[0].n_unserved -= 1
            last = s.unserved[s.count[0].n_unserved]
            s.unserved[place] = last
            s.spot[last].listed = place + 1
            s.spot[c].listed = 0


@part
def accept(s: State, price: Int) -> None:
    s.count[0].price = price
    list_unserved(s)
    for i in range(s.count[0].n_touched):
        s.route[s.touched[i]].changed = s.count[0].tick
    if price < s.count[0].best:
        keep_best(s)


@part
def keep_best(s: State) -> None:
    """Copy what changed since the best was copied last."""
    s.count[0].best = s.count[0].price
    for v in range(s.route.size):
        if s.route[v].changed > s.count[0].best_tick:
            s.best_length[v] = s.route[v].length
            for j in range(s.route[v].length):
                s.best[v, j] = s.stop[v, j + 1].place
    s.count[0].best_tick = s.count[0].tick


@part
def ruin(p: Tables, s: State, q: Settings) -> None:
    seed = take_strings(p, s, q)
    if q.unserved > 0:
        try_unserved(p, s, q, seed)


@part
def take_up(p: Tables, s: State, from_best: bool) -> None:
    """Tell everything of the plan in the routes anew, and let all wait whom it does not serve."""
    s.count[0].price = 0
    s.count[0].n_unserved = 0
    for c in range(p.visit.size):
        s.spot[c].crew = -1
        s.spot[c].listed = 0
    for v in range(s.route.size):
        if from_best:
            s.route[v].length = s.best_length[v]
            for j in range(s.best_length[v]):
                s.stop[v, j + 1].place = s.best[v, j]
        rebuild(p, s, v)
        s.route[v].price = route_price(p, s, v)
        s.route[v].changed = s.count[0].tick
        s.count[0].price += s.route[v].price
    for c in range(p.visit.size):
        if s.spot[c].crew < 0:
            s.count[0].price += p.visit[c].worth
            let_wait(s, c)
    list_unserved(s)


@part
def is_generous(s: State) -> bool:
    return uniform(s.chance) < GENEROSITY


@entry
def search(p: Tables, s: State, q: Settings, temperature: float, steps: Int, is_last: bool) -> None:
    """Go `steps` further at a temperature; the first call makes a first plan before.

    The last one goes back to the best plan after, and puts in whom any crew has room for. This is
    the only way in: what numba compiles for one way in it would compile again for another.
    """
    is_first = s.count[0].tick == 0
    for i in range(steps + is_first + is_last):
        begin(s)
        begins = is_first and i == 0
        ends = is_last and i == steps + is_first
        if begins or ends:
            take_up(p, s, ends)
            s.count[0].blink = s.route.size * p.visit.size  # a look at all of them
        else:
            ruin(p, s, q)
        way = BY_WORTH if begins or ends else below(s.chance, WAYS + (p.load.shape[1] > 0))
        generosity = (
            np.int64(GENEROUS) if is_generous(s) and not begins and not ends else np.int64(1)
        )
        recreate(p, s, q, way, generosity, ends)
        price = price_now(p, s)
        if price < s.count[0].price - temperature * np.log(1 - uniform(s.chance)) or begins:
            accept(s, price)
        else:
            undo(p, s)
