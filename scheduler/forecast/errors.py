"""How far forecasts were off: legs, visits and the end of days, as told and as learned.

Learned figures are tried on days that they were not learned from: the last ones. Nothing is told of
fewer than `FEWEST`: groups that are smaller are told together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from routing.units import HOUR_S, HOURS_A_DAY
from scheduler.forecast.facts import Leg, Length, Recorded
from scheduler.forecast.learning import HALF, K, Learned, by_key, forecast_s, learn
from scheduler.forecast.spreads import HOUSE_SPREADS, P90, Spreads, variance_of_one
from scheduler.told_together import FEWEST, parted

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


@dataclass(frozen=True, slots=True)
class Group:
    """The legs of an hour, a district or a mode: what they were to take and took, in seconds.

    The one whose `key` is None holds all legs of groups that are too small to be told alone.
    """

    key: Hashable
    of: int
    planned_s: float
    took_s: float
    off: Off

    @property
    def ratio(self) -> float:
        """How many times as long they took as planned."""
        return self.took_s / self.planned_s


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


def grouped(legs: Iterable[Leg], key: Callable[[Leg], K]) -> list[Group]:
    """Return legs by a key, with what they were to take as plans told, and took.

    The small groups are told together, last; nothing is told where all legs are too few.
    """
    alone, small = parted(by_key(legs, key), lambda one: len(one[1]))
    together = [leg for _, some in small for leg in some]
    last = [_group(None, together)] if len(together) >= FEWEST else []
    return [*(_group(name, some) for name, some in alone), *last]


def by_hour(legs: Iterable[Leg]) -> list[Group]:
    """Return legs by the hour in which they were begun, 0 … 23, those past midnight at 0 again."""
    found = grouped(legs, lambda leg: leg.leave_s // HOUR_S % HOURS_A_DAY)
    return sorted(found, key=lambda one: HOURS_A_DAY if one.key is None else int(str(one.key)))


def _group(key: Hashable, legs: Sequence[Leg]) -> Group:
    planned_s, took_s = sum(one.planned_s for one in legs), sum(one.took_s for one in legs)
    pairs = [(float(one.planned_s), float(one.took_s)) for one in legs]
    return Group(key, len(legs), planned_s, took_s, off(pairs))


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
