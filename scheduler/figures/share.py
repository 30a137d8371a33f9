"""Rates and means with what is known of their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

Z = 1.959964
"""Of 95 percent."""

TOO_FEW = 20
"""Below so many a rate says little: it is shown as such."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of`: a rate, unknown where there is nothing that it could be a part of."""

    hits: int
    of: int

    @property
    def rate(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def is_few(self) -> bool:
        return self.of < TOO_FEW

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of Wilson (1927), which stays within 0 and 1 for small numbers."""
        if not self.of:
            return None
        p, n, z2 = self.hits / self.of, self.of, Z * Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        # At 0 and at all of them a rounding error would leave the bound beside the rate.
        return min(p, max(0.0, middle - half)), max(p, min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class Mean:
    """A sum of money over `of` things, unknown where there are none."""

    total: Decimal
    of: int

    @property
    def value(self) -> Decimal | None:
        return self.total / self.of if self.of else None

    @property
    def is_few(self) -> bool:
        return self.of < TOO_FEW


@dataclass(frozen=True, slots=True)
class Difference:
    """How much later is above earlier, with its 95 % interval; None where one is unknown."""

    by: float | None
    interval: Interval | None = None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


def difference(earlier: Share, later: Share) -> Difference:
    """Return how two rates differ, by Newcombe's method 10 (1998), of the Wilson intervals."""
    p, q = earlier.rate, later.rate
    ps, qs = earlier.interval, later.interval
    if p is None or q is None or ps is None or qs is None:
        return Difference(None)
    by = q - p
    below = sqrt((q - qs[0]) ** 2 + (ps[1] - p) ** 2)
    above = sqrt((qs[1] - q) ** 2 + (p - ps[0]) ** 2)
    return Difference(by, (max(-1.0, by - below), min(1.0, by + above)))


@dataclass(frozen=True, slots=True)
class Spread:
    """Sums and their squares over `of` things: what the interval of a mean needs."""

    of: int = 0
    total: float = 0.0
    squares: float = 0.0

    @property
    def mean(self) -> float | None:
        return self.total / self.of if self.of else None

    @property
    def variance_of_mean(self) -> float | None:
        if self.of < 2:
            return None
        mean = self.total / self.of
        return max(0.0, self.squares - self.of * mean * mean) / (self.of - 1) / self.of


def mean_difference(earlier: Spread, later: Spread) -> Difference:
    """Return how two means differ, by Welch's standard error; no interval below two of each."""
    if earlier.mean is None or later.mean is None:
        return Difference(None)
    by = later.mean - earlier.mean
    one, other = earlier.variance_of_mean, later.variance_of_mean
    if one is None or other is None:
        return Difference(by)
    half = Z * sqrt(one + other)
    return Difference(by, (by - half, by + half))


def spread(values: list[Decimal]) -> Spread:
    """Return the sums of `values`."""
    plain = [float(value) for value in values]
    return Spread(len(plain), sum(plain), sum(value * value for value in plain))
