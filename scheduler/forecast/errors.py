"""How far forecasts were off: legs, visits and the end of days, as told and as learned.

Learned figures are tried on days that they were not learned from: the last ones. Nothing is told of
fewer than `FEWEST`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from scheduler.forecast.facts import Leg, Length, Recorded
from scheduler.forecast.learning import HALF, Learned, learn
from scheduler.forecast.pacing import forecast_s
from scheduler.forecast.spreads import HOUSE_SPREADS, P90, Spreads, variance_of_one
from scheduler.told_together import FEWEST

HELD_BACK = 4
"""A quarter of the days, the last ones, is held back to try on; of two days one."""

Pairs = Sequence[tuple[float, float]]
"""What was forecast and what was true, in seconds."""


@dataclass(frozen=True, slots=True)
class Off:
    """How far `of` forecasts were off.

    `mae_s` is the mean distance in seconds, `mape` the mean distance as a share of what was true;
    `bias_s` how much longer the truth was on average. None where there were fewer than `FEWEST`.
    """

    of: int
    mae_s: float | None = None
    mape: float | None = None
    bias_s: float | None = None


@dataclass(frozen=True, slots=True)
class Errors:
    """The errors of a way to forecast.

    `ends` are of crews' days: of all that is known of a day, one after the other. `in_p90` is how
    many of these ended by the second that was to hold in nine of ten; None of fewer than `FEWEST`.
    """

    legs: Off
    visits: Off
    ends: Off
    in_p90: int | None


@dataclass(frozen=True, slots=True)
class Trial:
    """Errors on days that were held back: as plans told, and by what the days before teach."""

    first: date
    last: date
    told: Errors
    learned: Errors


def trial(recorded: Recorded, usual_s: int) -> Trial | None:
    """Return the errors on the last quarter of the days; None where there is but one day."""
    days = recorded.days
    if len(days) < 2:
        return None
    first = days[-max(1, len(days) // HELD_BACK)]
    earlier = [day for day in days if day < first]
    taught = learn(recorded.of_days(earlier[0], earlier[-1]), usual_s)
    later = recorded.of_days(first, days[-1])
    return Trial(first, days[-1], errors_as_told(later), errors_learned(later, taught))


def errors_as_told(recorded: Recorded) -> Errors:
    """Return the errors of what plans told; their spread is the house's assumption."""
    return _errors(
        recorded,
        lambda leg: leg.planned_s,
        lambda length: length.planned_s,
        HOUSE_SPREADS,
        HALF,
    )


def errors_learned(recorded: Recorded, learned: Learned) -> Errors:
    """Return the errors of what was learned, as plans would use it."""
    return _errors(
        recorded,
        lambda leg: forecast_s(leg, learned.paces),
        lambda _: learned.service_s,
        learned.spreads,
        learned.p_met,
    )


def off(pairs: Pairs) -> Off:
    """Return how far forecasts were off; each pair is a forecast and the truth, in seconds."""
    n = len(pairs)
    if n < FEWEST:
        return Off(n)
    return Off(
        n,
        sum(abs(true - told) for told, true in pairs) / n,
        sum(abs(true - told) / true for told, true in pairs) / n,
        sum(true - told for told, true in pairs) / n,
    )


def _errors(
    recorded: Recorded,
    leg_s: Callable[[Leg], float],
    visit_s: Callable[[Length], float],
    spreads: Spreads,
    p_met: float,
) -> Errors:
    days: dict[tuple[date, str], _Sum] = {}
    for leg in recorded.legs:
        days.setdefault((leg.on, leg.crew), _Sum()).add_leg(leg_s(leg), leg.took_s, spreads)
    for one in recorded.lengths:
        told = days.setdefault((one.on, one.crew), _Sum())
        told.add_visit(visit_s(one), one.took_s, spreads, p_met)
    ends = [days[key] for key in sorted(days)]
    return Errors(
        off([(leg_s(leg), leg.took_s) for leg in recorded.legs]),
        off([(visit_s(one), one.took_s) for one in recorded.lengths]),
        off([(one.told_s, one.true_s) for one in ends]),
        None if len(ends) < FEWEST else sum(one.true_s <= one.p90_s(spreads) for one in ends),
    )


@dataclass
class _Sum:
    """All that is known of a crew's day, one after the other."""

    told_s: float = 0.0
    true_s: float = 0.0
    under_way_s: float = 0.0
    variance: float = 0.0

    def add_leg(self, told_s: float, true_s: float, spreads: Spreads) -> None:
        self.told_s += told_s
        self.under_way_s += told_s
        self.true_s += true_s
        self.variance += told_s**2 * variance_of_one(spreads.leg)

    def add_visit(self, told_s: float, true_s: float, spreads: Spreads, p_met: float) -> None:
        self.told_s += told_s
        self.true_s += true_s
        self.variance += variance_of_visit(spreads, p_met)

    def p90_s(self, spreads: Spreads) -> float:
        """Return what nine of ten such days take at most: sums of many parts are nearly normal."""
        of_day = self.under_way_s**2 * variance_of_one(spreads.day)
        return self.told_s + P90 * sqrt(self.variance + of_day)


def variance_of_visit(spreads: Spreads, p_met: float) -> float:
    """Return the variance of a visit's length while nobody knows whether she is met."""
    apart_s = spreads.met.mean_s - spreads.not_met.mean_s
    within = p_met * spreads.met.variance + (1 - p_met) * spreads.not_met.variance
    return within + p_met * (1 - p_met) * apart_s**2
