"""Travel that differs by the hour: from one time for each slot of the day to when one arrives.

What is left of a way when a slot ends is travelled at the next slot's pace, so that who leaves
later never arrives first (Ichoua, Gendreau and Potvin, European Journal of Operational Research
144(2), 2003). Seconds are whole: what is left is rounded down, which keeps that order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def arrival_s(slot_starts_s: Sequence[int], travel_s: Sequence[int], leave_s: int) -> int:
    """Return when one arrives who leaves at `leave_s`.

    `travel_s` is how long the way takes in each slot. Before the first slot its pace holds.
    """
    slot = max(0, bisect_right(slot_starts_s, leave_s) - 1)
    left_s = travel_s[slot]
    for after in range(slot + 1, len(slot_starts_s)):
        begins_s = slot_starts_s[after]
        if leave_s + left_s <= begins_s:
            break
        left_s = (leave_s + left_s - begins_s) * travel_s[after] // travel_s[after - 1]
        leave_s = begins_s
    return leave_s + left_s


def arrivals_s(
    slot_starts_s: Sequence[int], travel_s: NDArray[np.int64], leave_s: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return `arrival_s` for many at once: `travel_s` [slot, n] and `leave_s` [n]."""
    if len(slot_starts_s) == 1:
        arrives_s: NDArray[np.int64] = leave_s + travel_s[0]
        return arrives_s
    slot = np.maximum(0, np.searchsorted(slot_starts_s, leave_s, side="right") - 1)
    left_s = travel_s[slot, np.arange(len(leave_s))]
    for after in range(1, len(slot_starts_s)):
        begins_s = slot_starts_s[after]
        crosses = (after > slot) & (leave_s + left_s > begins_s)
        of_slot_s = np.maximum(travel_s[after - 1], 1)  # where the way takes no time, none is left
        goes_on_s = (leave_s + left_s - begins_s) * travel_s[after] // of_slot_s
        left_s = np.where(crosses, goes_on_s, left_s)
        leave_s = np.where(crosses, begins_s, leave_s)
    return leave_s + left_s


def latest_leaving_s(slot_starts_s: Sequence[int], travel_s: Sequence[int], by_s: int) -> int:
    """Return how late one may leave to arrive by `by_s`: the last second that does."""
    early_s, late_s = by_s - max(travel_s), by_s - min(travel_s)
    while early_s < late_s:
        middle_s = (early_s + late_s + 1) // 2
        if arrival_s(slot_starts_s, travel_s, middle_s) <= by_s:
            early_s = middle_s
        else:
            late_s = middle_s - 1
    return early_s
