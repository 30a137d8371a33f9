"""The search: ruin, recreate, and keep the change or take it back, by simulated annealing."""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import entry, only_part, part
from routing.compiled.holding import held
from scheduler.engines.search.kernels.chance import below, uniform
from scheduler.engines.search.kernels.driving import tell_hours
from scheduler.engines.search.kernels.meeting import is_twin
from scheduler.engines.search.kernels.moves import are_limited, count_moves, keep_moves, more_moves
from scheduler.engines.search.kernels.offering import offer_gaps
from scheduler.engines.search.kernels.recreate import (
    BY_WORTH,
    WAYS,
    look,
    must_wait,
    recreate,
    ways_to_meet,
)
from scheduler.engines.search.kernels.routes import may_take, rebuild, route_price, undo
from scheduler.engines.search.kernels.ruin import let_wait, take_strings, try_unserved
from scheduler.engines.search.kernels.tables import (
    AMPLE,
    FAR,
    GO,
    LAST,
    LOOK,
    OFFER_GAPS,
    PLACES,
    TELL,
    Int,
    Settings,
    State,
    Tables,
)
from scheduler.engines.search.kernels.tails import exchange_tails

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
    """Return the price of the plan after this iteration's changes; FAR if it cannot be driven."""
    price = s.count[0].price
    for i in range(s.count[0].n_touched):
        v = s.desk[i].touched
        if s.route[v].tail >= FAR:
            return np.int64(FAR)  # the sum of several would not fit
        s.route[v].price = route_price(p, s, v)
        price += s.route[v].price - s.route[v + p.crew.size].price
    for i in range(s.count[0].n_waiting):
        c = s.queue[i].waiting
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
        c = s.queue[i].waiting
        place = np.int64(s.spot[c].listed) - 1
        if s.spot[c].crew < 0 and place < 0:
            s.queue[s.count[0].n_unserved].unserved = c
            s.count[0].n_unserved += 1
            s.spot[c].listed = s.count[0].n_unserved
        elif s.spot[c].crew >= 0 and place >= 0:
            s.count[0].n_unserved -= 1
            last = s.queue[s.count[0].n_unserved].unserved
            s.queue[place].unserved = last
            s.spot[last].listed = place + 1
            s.spot[c].listed = 0


@part
def accept(s: State, price: Int) -> None:
    s.count[0].price = price
    list_unserved(s)
    for i in range(s.count[0].n_touched):
        s.route[s.desk[i].touched].changed = s.count[0].tick
    if price < s.count[0].best:
        keep_best(s)


@part
def keep_route(s: State, v: Int) -> None:
    s.desk[v].best_length = s.route[v].length
    for j in range(s.route[v].length):
        s.best[PLACES, v, j] = s.stop[v, j + 1].place


@part
def keep_best(s: State) -> None:
    """Copy what changed since the best was copied last."""
    s.count[0].best = s.count[0].price
    for v in range(s.desk.size):
        if s.route[v].changed > s.count[0].best_tick:
            keep_route(s, v)
    s.count[0].best_tick = s.count[0].tick


@only_part
def ruin(p: Tables, s: State, q: Settings) -> None:
    seed = take_strings(p, s, q)
    if q.unserved > 0:
        try_unserved(p, s, q, seed)


@only_part
def take_up(p: Tables, s: State, from_best: bool) -> None:
    """Tell everything of the plan in the routes anew, and let all wait whom it does not serve."""
    s.count[0].price = 0
    s.count[0].moves = 0
    s.count[0].n_unserved = 0
    for c in range(p.visit.size):
        s.spot[c].crew = -1
        s.spot[c].listed = 0
    for v in range(s.desk.size):
        if from_best:
            s.route[v].length = s.desk[v].best_length
            for j in range(s.desk[v].best_length):
                s.stop[v, j + 1].place = s.best[PLACES, v, j]
        rebuild(p, s, v)
        s.route[v].price = route_price(p, s, v)
        s.route[v].changed = s.count[0].tick
        s.count[0].price += s.route[v].price
    for c in range(p.visit.size):
        if s.spot[c].crew < 0 and not is_twin(p, c):
            s.count[0].price += p.visit[c].worth
            let_wait(s, c)
    list_unserved(s)


@part
def is_generous(s: State) -> bool:
    return uniform(s.count) < GENEROSITY


@only_part
def judge(p: Tables, s: State, q: Settings, temperature: float, is_sure: bool) -> None:
    """Keep the change, or take it back."""
    price = price_now(p, s)
    more = more_moves(p, s) if are_limited(p) else 0
    is_cheap = price < s.count[0].price - temperature * np.log(1 - uniform(s.count))
    if is_sure or (is_cheap and (more <= 0 or s.count[0].moves + more <= q.most_moves)):
        if are_limited(p):
            keep_moves(p, s, more)
        accept(s, price)
    else:
        undo(p, s)


@only_part
def look_everywhere(p: Tables, s: State) -> None:
    """Let `known` tell the best way of each unserved visit into each route, and of two who meet."""
    for v in range(s.desk.size):
        s.desk[v].candidate = v
    s.count[0].n_candidates = s.desk.size
    for i in range(s.count[0].n_unserved):
        c = s.queue[i].unserved
        if not must_wait(p, s, c):
            for v in range(s.desk.size):
                if may_take(p, s, v, c):
                    look(p, s, v, c, np.int64(FAR))
            if p.visit[c].twin >= 0:
                look_for_meeting(p, s, c)


@only_part
def look_for_meeting(p: Tables, s: State, c: Int) -> None:
    """Let the row of the twin tell the best meeting: its price is with the two crews that meet."""
    price, place = ways_to_meet(p, s, c, np.int64(FAR))
    if price < FAR:
        for rank in range(2):
            way = s.meeting[place - p.visit[c].meets, rank]
            known = s.known[p.visit[c].twin, way.crew]
            known.price, known.gap, known.place = price, way.gap, place


@only_part
def tell_plan(p: Tables, s: State) -> None:
    """Write the plan in the routes, with its hours, as the best."""
    for v in range(s.desk.size):
        keep_route(s, v)
        tell_hours(p, s, v)


@entry
def search(
    tables: Tables, state: State, settings: Settings, temperature: float, steps: Int, phase: Int
) -> None:
    """Go `steps` further at a temperature; the first call makes a first plan before.

    The LAST one goes back to the best plan after, puts in whom any crew has room for, and tells the
    hours of all. To LOOK is to try every visit that nobody makes in every route, to TELL is to tell
    the hours of the plan that there is, to OFFER_GAPS is to try visit `steps`, that nobody makes,
    in every gap; no more. This is the only way in: what numba compiles for one way in it would
    compile again for another.
    """
    p, s, q = held(tables), held(state), held(settings)
    is_first = s.count[0].tick == 0
    is_last = phase == LAST
    is_still = phase in (LOOK, TELL, OFFER_GAPS)
    s.count[0].slack = AMPLE if phase in (LOOK, OFFER_GAPS) else q.slack
    for i in range(steps + (is_first or is_still) + is_last):
        begin(s)
        begins = (is_first or is_still) and i == 0
        ends = is_last and i == steps + is_first
        if begins or ends:
            take_up(p, s, ends)
            s.count[0].blink = s.desk.size * p.visit.size  # a look at all of them
            if are_limited(p):
                count_moves(p, s)
        elif uniform(s.count) < q.tails:
            exchange_tails(p, s, q)
        else:
            ruin(p, s, q)
        if is_still:
            break
        way = BY_WORTH if begins or ends else below(s.count, WAYS + (p.load.shape[1] > 0))
        is_kind = not begins and not ends and is_generous(s)
        recreate(p, s, q, way, np.int64(GENEROUS if is_kind else 1), ends)
        judge(p, s, q, temperature, begins)
    if phase == LOOK:
        look_everywhere(p, s)
    elif phase == OFFER_GAPS:
        offer_gaps(p, s, np.int64(steps))
    elif phase != GO:
        tell_plan(p, s)
