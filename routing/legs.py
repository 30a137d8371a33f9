"""What a leg takes: the rule for whole seconds, and the key that holds time and length.

An arc takes whole milliseconds, a leg is the sum of its arcs and of the walks at both ends, and
only that sum is rounded, up. So a leg never promises too little. A detour by a third place is
never shorter than the direct way but for a turn: who stops may leave either way.

Time and length travel in one whole number, the time above, the length below: the least sum is the
fastest way and, among equally fast ones, the shortest. Its metres are those of that very way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from routing.speeds import walk_ms

_LENGTH_BITS = 26
"""Room for 6,710 km in decimetres."""


def arc_keys(duration_ms: NDArray[np.int32], length_dm: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the keys of arcs."""
    return duration_keys(duration_ms) + length_dm


def duration_keys(duration_ms: NDArray[np.number]) -> NDArray[np.int64]:
    """Return the keys of what takes time and has no length."""
    return duration_ms.astype(np.int64) << _LENGTH_BITS


def durations_ms(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the whole milliseconds of keys."""
    return keys >> _LENGTH_BITS


def parts(keys: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the keys of shares, 0 … 1, of arcs; what is left of an arc is the difference."""
    length_dm = keys & ((1 << _LENGTH_BITS) - 1)
    duration_ms = np.rint(durations_ms(keys) * shares)
    return duration_keys(duration_ms) + np.rint(length_dm * shares).astype(np.int64)


def key_limit(limit_s: int) -> int:
    """Return the largest key of a way that takes `limit_s` seconds."""
    return ((limit_s * 1000 + 1) << _LENGTH_BITS) - 1


def whole_legs(
    keys: NDArray[np.int64], walks_m: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the whole seconds and metres of legs: a way by its key, and the walks at its ends."""
    duration_ms = durations_ms(keys) + walk_ms(walks_m)
    length_m = np.rint((keys & ((1 << _LENGTH_BITS) - 1)) / 10 + walks_m)
    return -(-duration_ms // 1000), length_m.astype(np.int64)
