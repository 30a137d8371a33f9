"""What a leg takes: the rule for whole seconds, and the key that holds time and length.

An arc takes whole milliseconds, a leg is the sum of its arcs and of the walks at both ends, and
only that sum is rounded, up. So a leg never promises too little, and a detour by a third place is
never shorter than the direct way.

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
    return (duration_ms.astype(np.int64) << _LENGTH_BITS) + length_dm


def key_limit(limit_s: int) -> int:
    """Return the largest key of a way that takes `limit_s` seconds."""
    return ((limit_s * 1000 + 1) << _LENGTH_BITS) - 1


def whole_legs(
    keys: NDArray[np.int64], walks_m: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the whole seconds and metres of legs: a way by its key, and the walks at its ends."""
    duration_ms = (keys >> _LENGTH_BITS) + walk_ms(walks_m)
    length_m = np.rint((keys & ((1 << _LENGTH_BITS) - 1)) / 10 + walks_m)
    return -(-duration_ms // 1000), length_m.astype(np.int64)
