"""How far true times lie around their forecast: what a simulator draws from.

All are lognormal: times are never below zero, and long ones are longer than short ones are short.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from statistics import NormalDist

P90 = 1.2815515655446004
"""Standard deviations above the middle, of a normal variable, below which 90 % lie."""


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A length in seconds: its median, and the standard deviation of its logarithm."""

    median_s: float
    sigma: float

    @property
    def mean_s(self) -> float:
        return self.median_s * exp(self.sigma**2 / 2)

    @property
    def span_s(self) -> tuple[float, float]:
        """What four of five lie between."""
        factor = exp(P90 * self.sigma)
        return self.median_s / factor, self.median_s * factor

    def below(self, seconds: float) -> float:
        """Return in which share of cases it is at most so many seconds."""
        if seconds <= 0:
            return 0.0
        if not self.sigma:
            return float(seconds >= self.median_s)
        return NormalDist().cdf(log(seconds / self.median_s) / self.sigma)

    @property
    def variance(self) -> float:
        return self.mean_s**2 * variance_of_one(self.sigma)


@dataclass(frozen=True, slots=True)
class Spreads:
    """What a day's true times are drawn from.

    Parameters
    ----------
    leg
        Standard deviation of the logarithm of a leg's true time to its forecast, which is the mean.
    day
        The same of a crew's whole day: some days, all legs take longer.
    met, not_met
        How long a visit lasts that meets the borrower, and one that does not.
    """

    leg: float
    day: float
    met: Lognormal
    not_met: Lognormal


HOUSE_SPREADS = Spreads(
    leg=0.25,
    day=0.10,
    met=Lognormal((12 * 25) ** 0.5 * 60, log(25 / 12) / (2 * P90)),
    not_met=Lognormal(6 * 60, 0.3),
)
"""House assumptions, measured nowhere: of visits that meet her, 80 % last 12 to 25 minutes."""


def variance_of_one(sigma: float) -> float:
    """Return the variance of a lognormal factor whose mean is 1."""
    return exp(sigma**2) - 1
