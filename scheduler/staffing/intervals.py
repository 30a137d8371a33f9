"""How sure a mean over replications is, and as many replications as it takes to be so sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from scipy.special import stdtrit

from scheduler.staffing.arrays import Floats, Ints

LEVEL = 0.95
BATCH = 50
MOST = 5000


@dataclass(frozen=True, slots=True)
class MeanOf:
    """A mean over `of` replications; the interval is `mean` less and plus `half_width`."""

    mean: float
    half_width: float
    of: int

    @property
    def low(self) -> float:
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        return self.mean + self.half_width

    def covers(self, value: float) -> bool:
        return self.low <= value <= self.high


def mean_of(values: Floats | Ints, level: float = LEVEL) -> MeanOf:
    """Return the mean of independent values with Student's interval; of one value it is infinite.

    Raises
    ------
    ValueError
        Where there are no values.
    """
    size = len(values)
    if not size:
        raise ValueError("no replications: there is no mean of nothing")
    if size == 1:
        return MeanOf(float(values[0]), inf, 1)
    deviations = float(stdtrit(size - 1, (1 + level) / 2))
    half_width = deviations * float(np.std(values, ddof=1)) / sqrt(size)
    return MeanOf(float(np.mean(values)), half_width, size)


def mean_of_groups(values: Floats | Ints, groups: int, level: float = LEVEL) -> MeanOf:
    """Return the mean of values that share luck within groups: as sure as the groups' means are.

    `groups` are of one size, one after the other. Of one group it is not known how it differs from
    others: its interval is that of its values alone, and too narrow.

    Raises
    ------
    ValueError
        Where the values cannot be parted so.
    """
    if groups == 1:
        return mean_of(values, level)
    if groups < 1 or not len(values) or len(values) % groups:
        raise ValueError(f"{len(values)} values are not {groups} groups of one size")
    return mean_of(np.asarray(values, float).reshape(groups, -1).mean(axis=1), level)


def ratio_of_groups(
    top: Floats | Ints, bottom: Floats | Ints, groups: int, level: float = LEVEL
) -> MeanOf:
    """Return the sum of `top` over that of `bottom`, as sure as groups of equal luck make it.

    The interval is that of the ratio's first-order part (Cochran, "Sampling techniques", 6.3): what
    each value of `top` is beside the ratio's share of its `bottom`. Of nothing below the line it is
    infinite, and that of no value.

    Raises
    ------
    ValueError
        Where the values cannot be parted into `groups` (`mean_of_groups`).
    """
    above, below = np.asarray(top, float), np.asarray(bottom, float)
    if not below.any():
        return MeanOf(inf, inf, 0)
    ratio = float(above.sum() / below.sum())
    apart = mean_of_groups((above - ratio * below) / below.mean(), groups, level)
    return MeanOf(ratio, apart.half_width, apart.of)


def difference(one: Floats | Ints, other: Floats | Ints, level: float = LEVEL) -> MeanOf:
    """Return the mean of `one` less `other`, paired by their luck: both of the same replications.

    Raises
    ------
    ValueError
        Where they are not as many.
    """
    if len(one) != len(other):
        raise ValueError(f"{len(one)} replications cannot be paired with {len(other)}")
    return mean_of(np.asarray(one, float) - np.asarray(other, float), level)


Figures = Mapping[str, Floats]
"""Figures by their names, each with a value for every replication."""


def until_sure(
    run: Callable[[Ints], Figures],
    half_widths: Mapping[str, float],
    *,
    first: int = 0,
    batch: int = BATCH,
    most: int = MOST,
    level: float = LEVEL,
) -> dict[str, Floats]:
    """Return figures of as many replications as it takes to know some of them well enough.

    Parameters
    ----------
    run
        Answers the figures of replications of these numbers.
    half_widths
        How wide half the interval of a figure may be.
    first, batch, most
        Numbers go on from `first`, a batch at a time, up to `most` replications: asked for more
        later, the same ones are only added to.
    level
        How sure an interval is.
    """
    told: dict[str, list[Floats]] = {}
    for begin in range(first, first + most, batch):
        numbers = np.arange(begin, min(begin + batch, first + most))
        for name, values in run(numbers).items():
            told.setdefault(name, []).append(np.asarray(values, float))
        so_far = {name: np.concatenate(parts) for name, parts in told.items()}
        if all(mean_of(so_far[name], level).half_width <= w for name, w in half_widths.items()):
            break
    return so_far
