"""What the rest of a day costs, by when a stop is reached: told from the end of the day back.

Labels carry on what was lost before a stop, and these what will be lost from it on. Where both are
known, one more visit between two stops is priced by looking at its two neighbours alone. That is
the forward and backward labelling of Righini and Salani, Discrete Optimization 3(3), 2006, here
along a route whose order is given.

Crews whose work is counted, or whose travel by the hour is limited, are not told of: for them it
matters when they set off, too.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import long_part, part
from scheduler.engines.search.kernels.resting import lasts_s
from scheduler.engines.search.kernels.tables import (
    AMPLE,
    FAR,
    LEAVE,
    Int,
    Rows,
    State,
    Tables,
)
from scheduler.engines.search.kernels.ways import arrival_s, has_slots, latest_leaving_s, slow_s

AHEADS = 24
"""More than are kept at a stop; the one that may be reached latest is, for each set of rests."""

NEW = AHEADS
"""Where a way to go on is written that may be kept."""


@part
def is_counted(p: Tables, v: Int) -> bool:
    """Whether it matters how long crew `v` works, so that it sets off as late as it can."""
    return p.crew[v].work_price_per_s > 0 or p.crew[v].most_work_s < AMPLE


@part
def is_told_ahead(p: Tables, v: Int) -> bool:
    """Whether the days of crew `v` can be told from their end."""
    return not is_counted(p, v) and (p.crew[v].most_travel_s >= AMPLE or not has_slots(p))


@part
def is_no_later(new: Rows, old: Rows) -> bool:
    """Whether `new` is of no use beside `old`, which costs no more."""
    return old.taken == new.taken and old.latest_s >= new.latest_s and old.due_s >= new.due_s


@part
def copy_ahead(s: State, row: Int, j: Int, i: Int, k: Int) -> None:
    s.ahead[row, j, k] = s.ahead[row, j, i]


@part
def add_ahead(s: State, row: Int, j: Int, floor: Int) -> None:
    """Keep the new way to go on from stop `j`, sorted by price, unless another is better.

    Where there are too many, one is forgotten that lies after `floor`.
    """
    n: Int = s.aheads[row, j]
    new: Rows = s.ahead[row, j, NEW]
    at: Int = 0
    while at < n and s.ahead[row, j, at].price <= new.price:
        if is_no_later(new, s.ahead[row, j, at]):
            return
        at += 1
    kept: Int = at
    for i in range(at, n):
        if not is_no_later(s.ahead[row, j, i], new):
            copy_ahead(s, row, j, i, kept)
            kept += 1
    for i in range(kept, at, -1):
        copy_ahead(s, row, j, i - 1, i)
    copy_ahead(s, row, j, NEW, at)
    s.aheads[row, j] = kept + 1
    if kept + 1 == AHEADS:
        thin_ahead(s, row, j, floor)


@part
def thin_ahead(s: State, row: Int, j: Int, floor: Int) -> None:
    """Forget the way to go on from stop `j` that costs least less than one reached later."""
    n: Int = s.aheads[row, j]
    at, least = n - 1, np.int64(FAR)
    for i in range(floor + 1, n - 1):
        k = i + 1
        while k < n and s.ahead[row, j, k].taken != s.ahead[row, j, i].taken:
            k += 1
        if k < n and s.ahead[row, j, k].price - s.ahead[row, j, i].price < least:
            least = s.ahead[row, j, k].price - s.ahead[row, j, i].price
            at = np.int64(i)
    for i in range(at, n - 1):
        copy_ahead(s, row, j, i + 1, i)
    s.aheads[row, j] = n - 1


@part
def write_ahead(
    p: Tables, s: State, v: Int, row: Int, j: Int, of: Rows, open_s: Int, latest_s: Int, due_s: Int,
    lost: Int,
) -> None:  # fmt: skip
    """Write what goes on as `of` does, for who cannot begin before `open_s` and waits till then."""
    late_s = max(0, open_s - due_s)
    new: Rows = s.ahead[row, j, NEW]
    new.latest_s = latest_s
    new.due_s = min(max(due_s, open_s), latest_s)
    new.price = of.price + lost + late_s * p.crew[v].late_price_per_s
    new.slow_s = of.slow_s
    new.taken = of.taken


@part
def rest_before(p: Tables, s: State, v: Int, row: Int) -> None:
    """Add what resting first makes of the ways to leave a stop."""
    first = p.crew[v].first_rest
    i = 0
    while i < s.aheads[row, 0]:
        for bit in range(p.crew[v].last_rest - first):
            of: Rows = s.ahead[row, 0, i]
            rest: Rows = p.rest[first + bit]
            latest_s = of.latest_s - rest.duration_s
            if of.taken >> bit & 1 and latest_s >= rest.first_s:
                by_s = min(latest_s, rest.last_s)
                write_ahead(p, s, v, row, 0, of, rest.first_s, by_s, of.due_s - rest.duration_s, 0)
                s.ahead[row, 0, NEW].taken = of.taken ^ (1 << bit)
                add_ahead(s, row, 0, np.int64(i))
        i += 1


@long_part
def leave_for(p: Tables, s: State, v: Int, row: Int, j: Int) -> None:
    """Fill row `row` with the ways to leave stop `j` of route `v` for the next one."""
    mode, here, there = p.crew[v].mode, s.stop[v, j].location, s.stop[v, j + 1].location
    s.aheads[row, 0] = 0
    for i in range(s.aheads[v, j + 1]):
        of: Rows = s.ahead[v, j + 1, i]
        latest_s = latest_leaving_s(p, mode, here, there, of.latest_s)
        due_s = latest_s
        if of.due_s < of.latest_s:
            due_s = latest_leaving_s(p, mode, here, there, of.due_s)
        write_ahead(p, s, v, row, 0, of, due_s, latest_s, due_s, 0)
        if has_slots(p):
            s.ahead[row, 0, NEW].slow_s += slow_s(p, mode, here, there, latest_s)
        add_ahead(s, row, 0, np.int64(-1))
    rest_before(p, s, v, row)


@long_part
def tell_ahead(p: Tables, s: State, v: Int, j: Int) -> None:
    """Tell of stop `j` of route `v` how its day goes on, from how it does at the next one."""
    row = np.int64(p.crew.size)
    leave_for(p, s, v, row, j)
    place = np.int64(s.stop[v, j].place)
    takes_s = lasts_s(p, place, s.stop[v, j - 1].location)
    leg_s = s.stop[v, j - 1].leg_s
    s.aheads[v, j] = 0
    for i in range(s.aheads[row, 0]):
        of: Rows = s.ahead[row, 0, i]
        start_s, due_s = of.latest_s - takes_s, of.due_s - takes_s
        for level in range(p.place[place].first_level, p.place[place].last_level):
            hours: Rows = p.level[level]
            latest_s = min(start_s, hours.close_s)
            if hours.open_s <= start_s and latest_s >= s.time[v, j - 1, of.taken, LEAVE] + leg_s:
                write_ahead(p, s, v, v, j, of, hours.open_s, latest_s, due_s, hours.loss)
                add_ahead(s, v, j, np.int64(-1))


@long_part
def tell_day_ahead(p: Tables, s: State, v: Int) -> None:
    """Tell of every stop of route `v` what the rest of its day costs."""
    n = s.route[v].length
    crew: Rows = p.crew[v]
    s.aheads[v, n + 1] = 1
    home: Rows = s.ahead[v, n + 1, 0]
    home.latest_s, home.due_s = crew.end_s, min(crew.due_s, crew.end_s)
    home.price, home.slow_s = 0, 0
    home.taken = (1 << (crew.last_rest - crew.first_rest)) - 1
    for j in range(n, 0, -1):
        tell_ahead(p, s, v, np.int64(j))


@part
def ahead_price(p: Tables, s: State, v: Int, j: Int, at_s: Int, taken: Int) -> tuple[Int, Int]:
    """Return (price, slow_s) of the cheapest rest of the day from stop `j`, reached at `at_s`."""
    best, slower_s = np.int64(FAR), np.int64(0)
    for i in range(s.aheads[v, j]):
        of: Rows = s.ahead[v, j, i]
        if of.price >= best:
            break
        if of.taken == taken and at_s <= of.latest_s:
            price = of.price + max(0, at_s - of.due_s) * p.crew[v].late_price_per_s
            if price < best:
                best, slower_s = price, of.slow_s
    return best, slower_s


@part
def price_ahead(p: Tables, s: State, v: Int, j: Int, here: Int, ready_s: Int, taken: Int) -> Int:
    """Return what the day costs on from `here`, ready to leave for stop `j`."""
    at_s = arrival_s(p, p.crew[v].mode, here, s.stop[v, j].location, ready_s)
    return ahead_price(p, s, v, j, at_s, taken)[0]


@long_part
def price_between(p: Tables, s: State, v: Int, k: Int, place: Int, limit: Int) -> Int:
    """Return the tail of route `v` with `place` after stop `k`, FAR where it is not below `limit`.

    Where travel differs by the hour, how much slower the rest of the day is taken for what it is
    at its latest.
    """
    mode, here, there = p.crew[v].mode, s.stop[v, k].location, p.place[place].location
    takes_s, best = lasts_s(p, place, here), np.int64(limit)
    for i in range(s.labels[v, k]):
        before: Rows = s.label[v, k, i]
        if before.price + p.place[place].loss >= best:
            continue
        at_s = arrival_s(p, mode, here, there, before.ready_s)
        slower_s = before.slow_s + at_s - before.ready_s - p.travel[mode, here, there]
        for level in range(p.place[place].first_level, p.place[place].last_level):
            hours: Rows = p.level[level]
            lost = before.price + hours.loss + slower_s * p.crew[v].price_per_s
            if at_s <= hours.close_s and lost < best:
                ready_s = max(at_s, hours.open_s) + takes_s
                on = price_rested(p, s, v, k + 1, there, ready_s, before.taken)
                best = min(best, lost + on)
    return best if best < limit else np.int64(FAR)


@part
def price_rested(p: Tables, s: State, v: Int, j: Int, here: Int, ready_s: Int, taken: Int) -> Int:
    """Return what the day costs on to stop `j` at least, resting first or not, slow ways too.

    Of several rests at one stop the one that comes first in the shift is taken first.
    """
    mode, there, first = p.crew[v].mode, s.stop[v, j].location, p.crew[v].first_rest
    best = np.int64(FAR)
    for bit in range(-1, p.crew[v].last_rest - first):
        if bit >= 0:
            rest: Rows = p.rest[first + bit]
            if taken >> bit & 1 or ready_s > rest.last_s:
                continue
            ready_s, taken = max(ready_s, rest.first_s) + rest.duration_s, taken | 1 << bit
        at_s = arrival_s(p, mode, here, there, ready_s)
        price, slower_s = ahead_price(p, s, v, j, at_s, taken)
        slower_s += at_s - ready_s - p.travel[mode, here, there]
        if price < FAR:
            best = min(best, price + slower_s * p.crew[v].price_per_s)
    return best
