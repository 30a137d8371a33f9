"""Driving a route exactly: when to set off, where to rest, and in which hours of each visit.

A label is a way to have come to a stop: when the crew is ready there, how much later it could be
without working longer, what it has lost and worked so far, and which rests it has taken. One that
is no better in anything than another is of no use. The others are carried on to the next stop, and
the cheapest at the end is the drive. As in `scheduler.drive`.

The labels of a crew's route as it is are kept; what is tried is driven on from them, on the rows of
one crew more.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import long_part, only_part, part
from scheduler.engines.search.kernels.ahead import (
    is_counted,
    is_told_ahead,
    price_ahead,
    tell_day_ahead,
)
from scheduler.engines.search.kernels.resting import lasts_s
from scheduler.engines.search.kernels.tables import (
    AMPLE,
    FAR,
    ROWS,
    Int,
    Rows,
    State,
    Tables,
)
from scheduler.engines.search.kernels.ways import arrival_s, has_slots, latest_leaving_s, slow_s

LABELS = 32
"""More than are kept at a stop; the earliest for each set of rests is: no drive in time is lost."""

NEW = LABELS
"""Where a label is written that may be kept."""


@part
def is_no_better(p: Tables, v: Int, new: Rows, old: Rows) -> bool:
    """Whether label `new` is of no use beside label `old`, which is ready no later.

    Who has taken more rests is ahead only where working time does not count: a rest that is not
    paid may fall into time that would be waited through. And who leaves earlier may travel longer.
    """
    later_s = max(0, new.late_s - old.late_s)  # what `old` would wait to be as late
    is_rested = old.taken & new.taken == new.taken and (
        old.taken == new.taken or not is_counted(p, v)
    )
    is_short = old.ready_s == new.ready_s and old.slow_s <= new.slow_s
    return (
        is_rested
        and old.price + later_s * p.crew[v].work_price_per_s <= new.price
        and (p.crew[v].most_work_s >= AMPLE or old.work_s + later_s <= new.work_s)
        and (p.crew[v].most_travel_s >= AMPLE or not has_slots(p) or is_short)
    )


@part
def copy_label(s: State, row: Int, j: Int, i: Int, k: Int) -> None:
    s.label[row, j, k] = s.label[row, j, i]


@part
def add_label(p: Tables, s: State, v: Int, row: Int, j: Int, floor: Int) -> None:
    """Keep the new label of stop `j`, sorted by time, unless another is better.

    Where there are too many, one is forgotten that lies after `floor`.
    """
    n: Int = s.labels[row, j]
    new: Rows = s.label[row, j, NEW]
    at: Int = 0
    while at < n and s.label[row, j, at].ready_s <= new.ready_s:
        if is_no_better(p, v, new, s.label[row, j, at]):
            return
        at += 1
    kept: Int = at
    for i in range(at, n):
        if not is_no_better(p, v, s.label[row, j, i], new):
            copy_label(s, row, j, i, kept)
            kept += 1
    for i in range(kept, at, -1):
        copy_label(s, row, j, i - 1, i)
    copy_label(s, row, j, NEW, at)
    s.labels[row, j] = kept + 1
    if kept + 1 == LABELS:
        thin_labels(s, row, j, floor)


@part
def thin_labels(s: State, row: Int, j: Int, floor: Int) -> None:
    """Forget the label of stop `j` that gains least on an earlier one with the same rests."""
    n: Int = s.labels[row, j]
    at, least = n - 1, np.int64(FAR)
    for i in range(floor + 1, n):
        k = i - 1
        while k >= 0 and s.label[row, j, k].taken != s.label[row, j, i].taken:
            k -= 1
        if k >= 0 and s.label[row, j, k].price - s.label[row, j, i].price < least:
            at, least = np.int64(i), s.label[row, j, k].price - s.label[row, j, i].price
    for i in range(at, n - 1):
        copy_label(s, row, j, i + 1, i)
    s.labels[row, j] = n - 1


@part
def write_label(
    s: State, row: Int, j: Int, ready_s: Int, late_s: Int, taken: Int, parent: Int, level: Int
) -> None:
    s.label[row, j, NEW].ready_s = ready_s
    s.label[row, j, NEW].late_s = late_s
    s.label[row, j, NEW].taken = taken
    s.label[row, j, NEW].parent = parent
    s.label[row, j, NEW].level = level


@part
def charge(
    p: Tables, s: State, v: Int, row: Int, j: Int, before: Rows, lost: Int, work_s: Int
) -> None:
    """Let the new label have lost and worked so much more than `before`."""
    s.label[row, j, NEW].price = before.price + lost + work_s * p.crew[v].work_price_per_s
    s.label[row, j, NEW].work_s = before.work_s + work_s
    s.label[row, j, NEW].slow_s = before.slow_s


@part
def rest_there(p: Tables, s: State, v: Int, row: Int, j: Int) -> None:
    """Add what resting at stop `j` makes of its labels; each is later than what it is made of."""
    first = p.crew[v].first_rest
    every = (1 << (p.crew[v].last_rest - first)) - 1
    i = 0
    while i < s.labels[row, j]:
        for bit in range(p.crew[v].last_rest - first):
            label: Rows = s.label[row, j, i]
            rest: Rows = p.rest[first + bit]
            if label.taken == every or label.taken >> bit & 1 or label.ready_s > rest.last_s:
                continue
            begin_s = max(label.ready_s, rest.first_s)
            late_s = max(begin_s, min(label.late_s, rest.last_s))
            waits_s = max(0, begin_s - label.late_s)
            if has_slots(p):
                late_s = begin_s
            taken = label.taken | 1 << bit
            ready_s, late_s = begin_s + rest.duration_s, late_s + rest.duration_s
            write_label(s, row, j, ready_s, late_s, taken, label.parent, label.level)
            charge(p, s, v, row, j, label, 0, waits_s + rest.paid_s)
            add_label(p, s, v, row, j, np.int64(i))
        i += 1


@part
def set_off_driving(p: Tables, s: State, v: Int, row: Int) -> None:
    """Begin with the one label of who has not left, or has begun and goes on."""
    s.labels[row, 0] = 1
    label: Rows = s.label[row, 0, 0]
    label.ready_s = p.crew[v].start_s
    label.late_s = p.crew[v].start_s
    if is_counted(p, v) and p.crew[v].is_out == 0:
        label.late_s = p.crew[v].end_s
    label.work_s = p.crew[v].worked_s
    label.price = p.crew[v].worked_s * p.crew[v].work_price_per_s
    label.slow_s = 0
    label.taken = 0
    label.parent = -1
    label.level = -1
    rest_there(p, s, v, row, 0)


@long_part
def drive_on(
    p: Tables, s: State, v: Int, from_row: Int, i: Int, row: Int, j: Int, here: Int, place: Int
) -> None:
    """Carry the labels of stop `i` of `from_row` on to `place`, stop `j` of `row`."""
    there = p.place[place].location
    takes_s = lasts_s(p, place, here)
    s.labels[row, j] = 0
    for k in range(s.labels[from_row, i]):
        before: Rows = s.label[from_row, i, k]
        at_s = arrival_s(p, p.crew[v].mode, here, there, before.ready_s)
        for level in range(p.place[place].first_level, p.place[place].last_level):
            if at_s <= p.level[level].close_s:
                if has_slots(p):
                    if not is_first_hour(p, place, level, at_s):
                        continue
                    come_by_the_hour(p, s, v, row, j, before, here, there, takes_s, level, k, at_s)
                else:
                    come(p, s, v, row, j, before, takes_s, level, k, at_s)
                add_label(p, s, v, row, j, np.int64(-1))
    if p.crew[v].last_rest > p.crew[v].first_rest:
        rest_there(p, s, v, row, j)


@part
def is_first_hour(p: Tables, place: Int, level: Int, at_s: Int) -> bool:
    """Whether no earlier hour of the same row of the option table can still be reached."""
    for other in range(p.place[place].first_level, level):
        if p.level[other].row == p.level[level].row and at_s <= p.level[other].close_s:
            return False
    return True


@part
def come(
    p: Tables, s: State, v: Int, row: Int, j: Int, before: Rows, takes_s: Int, level: Int, k: Int,
    at_s: Int,
) -> None:  # fmt: skip
    """Write the label of a visit in `level`; all before may be later, up to where it would wait."""
    open_s, close_s = p.level[level].open_s, p.level[level].close_s
    leg_s = at_s - before.ready_s
    start_s = max(at_s, open_s)
    late_s = max(start_s, min(before.late_s + leg_s, close_s))
    waits_s = max(0, start_s - before.late_s - leg_s)
    write_label(s, row, j, start_s + takes_s, late_s + takes_s, before.taken, k, level)
    charge(p, s, v, row, j, before, p.level[level].loss, leg_s + waits_s + takes_s)


@part
def come_by_the_hour(
    p: Tables, s: State, v: Int, row: Int, j: Int, before: Rows, here: Int, there: Int,
    takes_s: Int, level: Int, k: Int, at_s: Int,
) -> None:  # fmt: skip
    """Do the same where travel differs by the hour: only the first leg may begin later."""
    start_s = max(at_s, p.level[level].open_s)
    leave_s = before.ready_s
    if before.late_s > before.ready_s:
        leave_s = latest_leaving_s(p, p.crew[v].mode, here, there, start_s)
    end_s = start_s + takes_s
    write_label(s, row, j, end_s, end_s, before.taken, k, level)
    charge(p, s, v, row, j, before, p.level[level].loss, end_s - leave_s)
    s.label[row, j, NEW].slow_s += slow_s(p, p.crew[v].mode, here, there, leave_s)


@only_part
def best_end(
    p: Tables, s: State, v: Int, row: Int, j: Int, here: Int, road_s: Int
) -> tuple[Int, Int]:
    """Return (tail, label) of the cheapest way home from stop `j`; FAR where none is in time.

    `road_s` is all travel of the route in the fastest slot.
    """
    crew: Rows = p.crew[v]
    every = (1 << (crew.last_rest - crew.first_rest)) - 1
    best, tail, best_label = np.int64(FAR), np.int64(FAR), np.int64(-1)
    for i in range(s.labels[row, j]):
        label: Rows = s.label[row, j, i]
        end_s = arrival_s(p, crew.mode, here, crew.end, label.ready_s)
        leg_s = end_s - label.ready_s
        if label.taken != every or end_s > crew.end_s or label.work_s + leg_s > crew.most_work_s:
            continue
        slower_s = np.int64(0)
        if has_slots(p):
            slower_s = label.slow_s + slow_s(p, p.crew[v].mode, here, crew.end, label.ready_s)
            if road_s + slower_s > crew.most_travel_s:
                continue
        price = label.price + leg_s * crew.work_price_per_s
        price += max(0, end_s - crew.due_s) * crew.late_price_per_s
        if price < best:
            best, best_label = price, np.int64(i)
            tail = price + slower_s * crew.price_per_s
    return tail, best_label


@part
def least_ahead(p: Tables, s: State, v: Int) -> Int:
    """Return what the whole day of route `v` costs at least; FAR where it cannot be driven."""
    least = np.int64(FAR)
    for i in range(s.labels[v, 0]):
        label: Rows = s.label[v, 0, i]
        least = min(least, label.price + ahead_of(p, s, v, np.int64(0), label))
    return least


@part
def ahead_of(p: Tables, s: State, v: Int, j: Int, label: Rows) -> Int:
    """Return what the day costs on from a label of stop `j`."""
    return price_ahead(p, s, v, j + 1, s.stop[v, j].location, label.ready_s, label.taken)


@part
def forget_dear(p: Tables, s: State, v: Int, j: Int, most: Int) -> None:
    """Forget the labels of stop `j` with which the day would cost more than `most`."""
    kept = 0
    for i in range(s.labels[v, j]):
        label: Rows = s.label[v, j, i]
        if label.price + ahead_of(p, s, v, j, label) <= most:
            copy_label(s, v, j, i, kept)
            kept += 1
    s.labels[v, j] = kept


@long_part
def drive_route_labels(p: Tables, s: State, v: Int) -> Int:
    """Drive route `v` as it is, keep its labels, and return its tail: FAR where it cannot be.

    The tail is what it costs beyond travel and crew. Where overtime and travel by the hour meet,
    the day told ahead is not exact: should it mislead, the route is driven by all labels.
    """
    most = np.int64(FAR)
    set_off_driving(p, s, v, v)
    if s.count[0].slack < AMPLE and is_told_ahead(p, v):
        tell_day_ahead(p, s, v)
        most = least_ahead(p, s, v) + s.count[0].slack
    tail = drive_all(p, s, v, most)
    if tail >= FAR and most < FAR:
        tail = drive_all(p, s, v, np.int64(FAR))
    s.route[v].driven = 1
    return tail


@long_part
def drive_all(p: Tables, s: State, v: Int, most: Int) -> Int:
    """Carry the labels of the start on to the end, those with which the day costs `most` at most.

    Return the tail.
    """
    here = p.crew[v].start
    for j in range(1, s.route[v].length + 1):
        place = np.int64(s.stop[v, j].place)
        drive_on(p, s, v, v, np.int64(j - 1), v, np.int64(j), np.int64(here), place)
        here = p.place[place].location
        if most < FAR:
            forget_dear(p, s, v, np.int64(j), most)
    return best_end(p, s, v, v, s.route[v].length, here, s.route[v].travel_s)[0]


@long_part
def drive_on_with(p: Tables, s: State, v: Int, gap: Int, extra: Int) -> bool:
    """Drive route `v` with place `extra` after stop `gap`; False where a stop cannot be made."""
    if s.route[v].driven == 0:
        drive_route_labels(p, s, v)
    row = np.int64(p.crew.size)
    here = np.int64(s.stop[v, gap].location)
    drive_on(p, s, v, v, gap, row, gap + 1, here, extra)
    here = p.place[extra].location
    for k in range(gap + 1, s.route[v].length + 1):
        if s.labels[row, k] == 0:
            return False
        place = np.int64(s.stop[v, k].place)
        drive_on(p, s, v, row, np.int64(k), row, np.int64(k + 1), here, place)
        here = p.place[place].location
    return True


@long_part
def drive_with(p: Tables, s: State, v: Int, gap: Int, extra: Int, longer_s: Int) -> Int:
    """Return the tail of route `v` with place `extra` after stop `gap`, so much longer by road."""
    if not drive_on_with(p, s, v, gap, extra):
        return np.int64(FAR)
    row, n, road_s = np.int64(p.crew.size), s.route[v].length + 1, s.route[v].travel_s + longer_s
    here = np.int64(s.stop[v, n - 1].location)
    if gap + 1 == n:
        here = p.place[extra].location
    return best_end(p, s, v, row, n, here, road_s)[0]


@part
def tell_at_a_glance(p: Tables, s: State, v: Int) -> None:
    for j in range(1, s.route[v].length + 1):
        place = np.int64(s.stop[v, j].place)
        start_s = s.stop[v, j].leave_s - p.place[place].service_s
        for level in range(p.place[place].first_level, p.place[place].last_level):
            if p.level[level].open_s <= start_s <= p.level[level].close_s:
                s.best[ROWS, v, j - 1] = p.level[level].row


@long_part
def tell_as_driven(p: Tables, s: State, v: Int) -> None:
    drive_route_labels(p, s, v)
    n = s.route[v].length
    label = best_end(p, s, v, v, n, s.stop[v, n].location, s.route[v].travel_s)[1]
    for j in range(n, 0, -1):
        s.best[ROWS, v, j - 1] = p.level[s.label[v, j, label].level].row
        label = s.label[v, j, label].parent


@only_part
def tell_hours(p: Tables, s: State, v: Int) -> None:
    """Write the rows of the option table that crew `v` takes in the cheapest drive of its route."""
    if p.is_full:
        tell_as_driven(p, s, v)
    else:
        tell_at_a_glance(p, s, v)
