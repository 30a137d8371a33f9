"""Every gap of every route for one visit: what it would cost there, or what fails first.

A gap that fails does so at the first stop that nobody could reach in its hours, however early all
is done; or at the end of the day.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import long_part, only_part, part
from scheduler.engines.search.kernels.driving import best_end, drive_on_with
from scheduler.engines.search.kernels.inserting import detour_s
from scheduler.engines.search.kernels.resting import lasts_s, sets_of_rests, take_rests
from scheduler.engines.search.kernels.tables import FAR, LEAVE, NEVER, Int, State, Tables
from scheduler.engines.search.kernels.ways import arrival_s, has_slots, slow_s
from scheduler.engines.search.kernels.windows import service_start

ITSELF = 0
"""Which stop fails: the visit itself, stop 1 … of the route as it was, or its end."""

FINE, RESTLESS, TOO_FAR, TOO_LONG, ROADLESS, UNDRIVEN = -1, -2, -3, -4, -5, -6
"""Else: nothing; no time for a rest, too much travel or work, no road; no day to begin with."""


@only_part
def offer_gaps(p: Tables, s: State, c: Int) -> None:
    """Tell of every route that can be driven what visit `c`, in none of them, does to it."""
    for v in range(s.desk.size):
        if s.route[v].tail < FAR:
            for place in range(p.visit[c].first, p.visit[c].last):
                for k in range(s.route[v].length + 1):
                    offer_gap(p, s, v, np.int64(k), np.int64(place), p.visit[c].first)


@long_part
def offer_gap(p: Tables, s: State, v: Int, k: Int, place: Int, first: Int) -> None:
    """Tell of one gap and place."""
    longer_s = detour_s(p, s, v, k, place)
    road_s = s.route[v].travel_s + longer_s
    fails, late_s, end_s = first_fault(p, s, v, k, place)
    if fails == FINE and road_s > p.crew[v].most_travel_s:
        fails, late_s = np.int64(TOO_FAR), road_s - p.crew[v].most_travel_s
    offer = s.offer[v, k, place - first]
    offer.fails, offer.late_s, offer.end_s = fails, late_s, end_s
    offer.road_s, offer.travel_s = road_s, road_s
    offer.tail = s.route[v].tail + p.place[place].loss
    if fails == FINE:
        leave_s, here = np.int64(s.stop[v, k].leave_s), s.stop[v, k].location
        at_s = leave_s + p.travel[p.crew[v].mode, here, p.place[place].location]
        offer.start_s = service_start(p, place, at_s)
        if p.is_full:
            offer_drive(p, s, v, k, place, first, longer_s)


@long_part
def offer_drive(p: Tables, s: State, v: Int, k: Int, place: Int, first: Int, longer_s: Int) -> None:
    """Drive a gap that is in time, and tell of the day that is cheapest."""
    offer = s.offer[v, k, place - first]
    offer.fails = TOO_LONG
    if not drive_on_with(p, s, v, k, place):
        return
    row, n = np.int64(p.crew.size), s.route[v].length + 1
    here = p.place[place].location if k + 1 == n else np.int64(s.stop[v, n - 1].location)
    road_s = s.route[v].travel_s + longer_s
    tail, at = best_end(p, s, v, row, n, here, road_s)
    if tail >= FAR:
        return
    offer.fails, offer.tail = FINE, tail
    offer.end_s = arrival_s(p, p.crew[v].mode, here, p.crew[v].end, s.label[row, n, at].ready_s)
    if has_slots(p):
        label = s.label[row, n, at]
        offer.travel_s = road_s + label.slow_s
        offer.travel_s += slow_s(p, p.crew[v].mode, here, p.crew[v].end, label.ready_s)
    for j in range(n, k + 1, -1):
        at = s.label[row, j, at].parent
    label = s.label[row, k + 1, at]
    leave_s, here = s.label[v, k, label.parent].ready_s, np.int64(s.stop[v, k].location)
    at_s = arrival_s(p, p.crew[v].mode, here, p.place[place].location, leave_s)
    offer.start_s = max(at_s, p.level[label.level].open_s)


@long_part
def first_fault(p: Tables, s: State, v: Int, k: Int, place: Int) -> tuple[Int, Int, Int]:
    """Return which stop fails with `place` after stop `k`, by how much, and when all is done."""
    for taken in range(sets_of_rests(p, v)):
        s.ready[taken] = s.time[v, k, taken, LEAVE] if p.is_full else s.stop[v, k].leave_s
    here = np.int64(s.stop[v, k].location)
    late_s = come_to(p, s, v, here, place)
    if late_s != 0:
        return failing(np.int64(ITSELF), late_s)
    here = p.place[place].location
    for j in range(k + 1, s.route[v].length + 1):
        there = np.int64(s.stop[v, j].place)
        late_s = come_to(p, s, v, here, there)
        if late_s != 0:
            return failing(np.int64(j), late_s)
        here = p.place[there].location
    all_rested_s = s.ready[sets_of_rests(p, v) - 1]
    if all_rested_s >= NEVER:
        return np.int64(RESTLESS), np.int64(0), np.int64(0)
    end_s = arrival_s(p, p.crew[v].mode, here, p.crew[v].end, all_rested_s)
    if end_s >= NEVER:
        return np.int64(ROADLESS), np.int64(0), np.int64(0)
    if end_s > p.crew[v].end_s:
        return s.route[v].length + 1, end_s - p.crew[v].end_s, end_s
    return np.int64(FINE), np.int64(0), end_s


@part
def failing(stop: Int, late_s: Int) -> tuple[Int, Int, Int]:
    if late_s >= NEVER:
        return np.int64(ROADLESS), np.int64(0), np.int64(0)
    return stop, late_s, np.int64(0)


@long_part
def come_to(p: Tables, s: State, v: Int, here: Int, place: Int) -> Int:
    """Serve `place` by the rests taken; return how late the earliest comes if none is in time.

    0 where one is; NEVER where no road leads.
    """
    takes_s, there = lasts_s(p, place, here), p.place[place].location
    earliest_s, is_served = np.int64(NEVER), False
    for taken in range(sets_of_rests(p, v)):
        at_s = np.int64(NEVER)
        if s.ready[taken] < NEVER:
            at_s = arrival_s(p, p.crew[v].mode, here, there, s.ready[taken])
        earliest_s = min(earliest_s, at_s)
        start_s = service_start(p, place, at_s) if at_s < NEVER else np.int64(NEVER)
        s.ready[taken] = min(start_s + takes_s, NEVER)
        if start_s < NEVER:
            is_served = True
    if is_served:
        take_rests(p, s, v)
        return np.int64(0)
    if earliest_s >= NEVER:
        return np.int64(NEVER)
    return max(np.int64(1), earliest_s - p.span[p.place[place].last - 1].close_s)
