"""When one arrives, and how late one may leave, where travel differs by the hour.

The compiled twin of `routing.slots`.
"""

from __future__ import annotations

import numpy as np

from routing.compiled.compiling import long_part, part
from scheduler.engines.search.kernels.tables import NEVER, Int, Tables


@part
def has_slots(p: Tables) -> bool:
    return p.slot_start.size > 1


@long_part
def arrival_by_the_hour_s(p: Tables, mode: Int, here: Int, there: Int, leave_s: Int) -> Int:
    slot = 0
    while slot + 1 < p.slot_start.size and p.slot_start[slot + 1] <= leave_s:
        slot += 1
    left_s = np.int64(p.slot[mode, slot, here, there])
    if left_s >= NEVER:
        return np.int64(NEVER)
    for after in range(slot + 1, p.slot_start.size):
        begins_s = p.slot_start[after]
        if leave_s + left_s <= begins_s:
            break
        pace = np.int64(p.slot[mode, after, here, there])
        left_s = (leave_s + left_s - begins_s) * pace // p.slot[mode, after - 1, here, there]
        leave_s = begins_s
    return leave_s + left_s


@part
def arrival_s(p: Tables, mode: Int, here: Int, there: Int, leave_s: Int) -> Int:
    """Return when one is at `there` who leaves `here` at `leave_s`; NEVER or later: not at all."""
    if has_slots(p) and leave_s < NEVER:
        return arrival_by_the_hour_s(p, mode, np.int64(here), np.int64(there), np.int64(leave_s))
    return leave_s + p.travel[mode, here, there]


@long_part
def leaving_by_the_hour_s(p: Tables, mode: Int, here: Int, there: Int, by_s: Int) -> Int:
    least_s = np.int64(p.travel[mode, here, there])
    most_s = least_s
    for slot in range(p.slot_start.size):
        most_s = max(most_s, np.int64(p.slot[mode, slot, here, there]))
    early_s, late_s = by_s - most_s, by_s - least_s
    while early_s < late_s:
        middle_s = (early_s + late_s + 1) // 2
        if arrival_by_the_hour_s(p, mode, here, there, middle_s) <= by_s:
            early_s = middle_s
        else:
            late_s = middle_s - 1
    return early_s


@part
def latest_leaving_s(p: Tables, mode: Int, here: Int, there: Int, by_s: Int) -> Int:
    """Return how late one may leave `here` to be at `there` by `by_s`."""
    if has_slots(p) and 0 <= by_s < NEVER:
        return leaving_by_the_hour_s(p, mode, np.int64(here), np.int64(there), np.int64(by_s))
    return by_s - p.travel[mode, here, there]


@part
def slow_s(p: Tables, mode: Int, here: Int, there: Int, leave_s: Int) -> Int:
    """Return how much longer the way takes than in the fastest slot."""
    return arrival_s(p, mode, here, there, leave_s) - leave_s - p.travel[mode, here, there]
