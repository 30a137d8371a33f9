"""Driving a route exactly: which rests at which stops, and in which of the hours of each visit.

A label is a way to have come to a stop: when the crew is ready, what it has lost so far, and which
rests it has taken. One that is later, dearer and less rested than another is of no use. The others
are carried on to the next stop, and the cheapest at the end is the drive.
"""

from __future__ import annotations

import numpy as np

from scheduler.engines.search.kernels.compiling import entry, part
from scheduler.engines.search.kernels.resting import lasts_s
from scheduler.engines.search.kernels.tables import FAR, Array, Int, Rows, State, Tables

LABELS = 32
"""Kept at a stop; of more, the latest are dropped, so that a drive in time is never lost."""


@part
def add_label(
    s: State, j: Int, ready_s: Int, price: Int, taken: Int, parent: Int, level: Int
) -> None:
    """Keep a label of stop `j`, sorted by time, unless another is better."""
    labels: Rows = s.label[j]
    n: Int = s.labels[j]
    at = 0
    while at < n and labels[at].ready_s <= ready_s:
        if labels[at].price <= price and labels[at].taken & taken == taken:
            return
        at += 1
    kept = at
    for i in range(at, n):
        if not (price <= labels[i].price and taken & labels[i].taken == labels[i].taken):
            labels[kept] = labels[i]
            kept += 1
    n = min(kept, LABELS - 1)
    for i in range(n, at, -1):
        labels[i] = labels[i - 1]
    if at < LABELS:
        labels[at].ready_s = ready_s
        labels[at].price = price
        labels[at].taken = taken
        labels[at].parent = parent
        labels[at].level = level
        s.labels[j] = n + 1


@part
def rest_there(p: Tables, s: State, v: Int, j: Int) -> None:
    """Add what resting at stop `j` makes of its labels; each is later than what it is made of."""
    first = p.crew[v].first_rest
    every = (1 << (p.crew[v].last_rest - first)) - 1
    i = 0
    while i < s.labels[j]:
        label = s.label[j, i]
        ready_s, price, taken = label.ready_s, label.price, label.taken
        parent, level = label.parent, label.level
        i += 1
        if taken == every:
            continue
        for bit in range(p.crew[v].last_rest - first):
            rest = first + bit
            if not taken >> bit & 1 and ready_s <= p.rest[rest].last_s:
                end_s = max(ready_s, p.rest[rest].first_s) + p.rest[rest].duration_s
                add_label(s, j, end_s, price, taken | 1 << bit, parent, level)


@part
def set_off_driving(p: Tables, s: State, v: Int) -> None:
    s.labels[0] = 0
    add_label(s, 0, p.crew[v].start_s, 0, 0, -1, -1)
    rest_there(p, s, v, 0)


@part
def drive_on(p: Tables, s: State, v: Int, j: Int, place: Int, from_location: Int) -> None:
    """Carry the labels of stop `j` - 1 on to `place`, stop `j` of the drive."""
    leg_s = p.travel[p.crew[v].mode, from_location, p.place[place].location]
    takes_s = lasts_s(p, place, from_location)
    s.labels[j] = 0
    for i in range(s.labels[j - 1]):
        before = s.label[j - 1, i]
        arrival_s = before.ready_s + leg_s
        for level in range(p.place[place].first_level, p.place[place].last_level):
            if arrival_s <= p.level[level].close_s:
                start_s = max(arrival_s, p.level[level].open_s)
                price = before.price + p.level[level].loss
                add_label(s, j, start_s + takes_s, price, before.taken, i, level)
    if p.crew[v].last_rest > p.crew[v].first_rest:
        rest_there(p, s, v, j)


@part
def best_end(p: Tables, s: State, v: Int, j: Int, from_location: Int) -> tuple[Int, Int]:
    """Return (price, label) of the cheapest way home from stop `j`; FAR where all are too late."""
    leg_s = p.travel[p.crew[v].mode, from_location, p.crew[v].end]
    every = (1 << (p.crew[v].last_rest - p.crew[v].first_rest)) - 1
    best, best_label = np.int64(FAR), np.int64(-1)
    for i in range(s.labels[j]):
        end_s = s.label[j, i].ready_s + leg_s
        if s.label[j, i].taken != every or end_s > p.crew[v].end_s:
            continue
        late_s = max(0, end_s - p.crew[v].due_s)
        price = s.label[j, i].price + late_s * p.crew[v].late_price_per_s
        if price < best:
            best, best_label = price, np.int64(i)
    return best, best_label


@part
def drive(p: Tables, s: State, v: Int, gap: Int, extra: Int) -> tuple[Int, Int]:
    """Return (tail, label) of route `v` with place `extra` after stop `gap`; gap -1: as it is.

    The tail is what it costs beyond travel and crew, FAR where it cannot be driven.
    """
    set_off_driving(p, s, v)
    here, j = p.crew[v].start, 0
    for k in range(s.route[v].length + 1):
        if k > 0:
            j += 1
            place = np.int64(s.stop[v, k].place)
            drive_on(p, s, v, j, place, here)
            here = p.place[place].location
        if k == gap:
            j += 1
            drive_on(p, s, v, j, extra, here)
            here = p.place[extra].location
        if s.labels[j] == 0:
            return np.int64(FAR), np.int64(-1)
    return best_end(p, s, v, j, here)


@entry
def best_rows(p: Tables, s: State, v: Int, rows: Array) -> None:
    """Fill `rows` with the rows of the option table that crew `v` takes in the best plan."""
    n = s.best_length[v]
    set_off_driving(p, s, v)
    here = p.crew[v].start
    for j in range(1, n + 1):
        place = np.int64(s.best[v, j - 1])
        drive_on(p, s, v, j, place, here)
        here = p.place[place].location
    label = best_end(p, s, v, n, here)[1]
    for j in range(n, 0, -1):
        rows[j - 1] = p.level[s.label[j, label].level].row
        label = s.label[j, label].parent
