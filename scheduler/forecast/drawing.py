"""Drawing what facts tell to what was believed before, as if so many facts had already told that.

Few facts change little, and fewer than `FEWEST` nothing: what is told of them would tell of one
door.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, sqrt
from statistics import median

from scheduler.told_together import FEWEST

BELIEVED = 30
"""Facts that what was believed before counts as."""

OF_NORMAL = 1.4826
"""The standard deviation of a normal variable by the median distance from its median."""


def drawn(ratio: float, of: int) -> float:
    """Return a ratio that so many facts tell, drawn to 1."""
    return 1.0 if of < FEWEST else exp(log(ratio) * of / (of + BELIEVED))


def deviation(values: Sequence[float]) -> float:
    """Return the standard deviation of values, of which a few wild ones change little."""
    middle = median(values)
    return OF_NORMAL * median(abs(one - middle) for one in values)


def drawn_deviation(sigma: float, of: int, usual: float) -> float:
    """Return a standard deviation, its square drawn to that of the usual one."""
    if of < FEWEST:
        return usual
    return sqrt((of * sigma**2 + BELIEVED * usual**2) / (of + BELIEVED))
