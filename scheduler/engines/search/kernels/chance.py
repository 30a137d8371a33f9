"""Random numbers: Marsaglia's xorshift, 64 bits (Journal of Statistical Software 8(14), 2003)."""

from __future__ import annotations

from typing import Any

import numpy as np

from routing.compiled.compiling import part
from scheduler.engines.search.kernels.tables import Int, Rows

SHIFTS = np.uint64(13), np.uint64(7), np.uint64(17)
HALF = np.uint64(32)
MANTISSA = np.uint64(11)


@part
def next_bits(count: Rows) -> Any:
    x = count[0].chance
    x ^= x << SHIFTS[0]
    x ^= x >> SHIFTS[1]
    x ^= x << SHIFTS[2]
    count[0].chance = x
    return x


@part
def uniform(count: Rows) -> float:
    """Return a number in [0, 1)."""
    return np.float64(next_bits(count) >> MANTISSA) * (1.0 / 9007199254740992.0)


@part
def below(count: Rows, n: Int) -> Int:
    """Return a whole number in [0, n)."""
    return np.int64(((next_bits(count) >> HALF) * np.uint64(n)) >> HALF)
