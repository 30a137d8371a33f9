"""What recorded days teach: paces of travel, lengths of visits, and how far both spread.

Each estimate is drawn to what was believed before (drawing.py). The same facts always teach the
same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import median

from routing.paces import Paces
from scheduler.forecast.drawing import BELIEVED, deviation, drawn_deviation
from scheduler.forecast.facts import Leg, Length, Recorded, by_key
from scheduler.forecast.pacing import forecast_s, learn_paces
from scheduler.forecast.spreads import HOUSE_SPREADS, Lognormal, Spreads
from scheduler.model import PlaceKind
from scheduler.told_together import FEWEST

HALF = 0.5
"""Of visits meet somebody, as long as nothing is known."""


@dataclass(frozen=True, slots=True)
class KindLengths:
    """How long visits to a kind of place last, met or not; `of` is how many were seen."""

    kind: PlaceKind | None
    was_met: bool
    of: int
    length: Lognormal


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned, and from how much.

    `service_s` is what a visit lasts on average, whole minutes: the one length that a city plans
    by; `p_met` how many of them meet her. `lengths` of kind None are of all places.
    """

    paces: Paces
    service_s: int
    spreads: Spreads
    p_met: float
    lengths: tuple[KindLengths, ...]
    legs: int
    visits: int

    def length_of(self, kind: PlaceKind | None, *, was_met: bool) -> KindLengths | None:
        """Return what is known of visits to a kind of place; of all places where it is None."""
        same = (one for one in self.lengths if (one.kind, one.was_met) == (kind, was_met))
        return next(same, None)


def learn(recorded: Recorded, usual_s: int) -> Learned:
    """Return what recorded days teach; `usual_s` is the length that visits are planned with now."""
    paces = learn_paces(recorded.legs)
    lengths = tuple(_lengths(recorded.lengths))
    leg, day = _leg_spreads(recorded.legs, paces)
    spreads = Spreads(leg, day, _of_all(lengths, was_met=True), _of_all(lengths, was_met=False))
    service_s = _service_s(recorded.lengths, usual_s)
    p_met = _p_met(recorded.lengths)
    of = len(recorded.legs), len(recorded.lengths)
    return Learned(paces, service_s, spreads, p_met, lengths, *of)


def _leg_spreads(legs: Sequence[Leg], paces: Paces) -> tuple[float, float]:
    """Return how far legs spread around the pace of their crew's day, and days around 1."""
    if not legs:
        return HOUSE_SPREADS.leg, HOUSE_SPREADS.day
    off = {id(leg): log(leg.took_s / forecast_s(leg, paces)) for leg in legs}
    days = [
        [off[id(leg)] for leg in some] for _, some in by_key(legs, lambda leg: (leg.on, leg.crew))
    ]
    within = [one - median(some) for some in days if len(some) > 1 for one in some]
    freedom = sum(len(some) - 1 for some in days if len(some) > 1)
    # Around its own median each day loses one degree of freedom.
    seen = deviation([0.0, *within]) * sqrt(len(within) / freedom) if freedom else 0.0
    leg = drawn_deviation(seen, freedom, HOUSE_SPREADS.leg)
    return leg, _day_spread(days, leg)


def _day_spread(days: Sequence[Sequence[float]], leg: float) -> float:
    """Return how far whole days lie from 1: what their means vary by beyond what legs explain."""
    whole = [(sum(some) / len(some), len(some)) for some in days if len(some) > 2]
    if len(whole) < FEWEST:
        return HOUSE_SPREADS.day
    middle = median(mean for mean, _ in whole)
    beyond = [(mean - middle) ** 2 - leg**2 / of for mean, of in whole]
    seen = sqrt(max(0.0, sum(beyond) / len(beyond)))
    return drawn_deviation(seen, len(whole), HOUSE_SPREADS.day)


def _lengths(told: Sequence[Length]) -> Iterable[KindLengths]:
    """Yield the lengths of all visits, met and not, then those of each kind of place."""
    for was_met in (True, False):
        some = [one for one in told if one.was_met is was_met]
        usual = HOUSE_SPREADS.met if was_met else HOUSE_SPREADS.not_met
        whole = _lognormal(some, usual)
        yield KindLengths(None, was_met, len(some), whole)
        for kind, of_kind in by_key(some, lambda one: one.kind):
            yield KindLengths(kind, was_met, len(of_kind), _lognormal(of_kind, whole))


def _lognormal(told: Sequence[Length], usual: Lognormal) -> Lognormal:
    """Return how long visits last, drawn to the usual length."""
    if len(told) < FEWEST:
        return usual
    logs = [log(one.took_s) for one in told]
    of = len(logs)
    middle = (of * median(logs) + BELIEVED * log(usual.median_s)) / (of + BELIEVED)
    return Lognormal(exp(middle), drawn_deviation(deviation(logs), of, usual.sigma))


def _of_all(lengths: Iterable[KindLengths], *, was_met: bool) -> Lognormal:
    return next(one.length for one in lengths if one.kind is None and one.was_met is was_met)


def _service_s(told: Sequence[Length], usual_s: int) -> int:
    """Return the mean length of a visit in whole minutes, drawn to the usual one.

    The mean, because a day's end is a sum; of each visit no more counts than four times the
    middle one.
    """
    if len(told) < FEWEST:
        return usual_s
    most_s = 4 * median(one.took_s for one in told)
    total_s = sum(min(most_s, one.took_s) for one in told)
    mean_s = (total_s + BELIEVED * usual_s) / (len(told) + BELIEVED)
    return max(60, round(mean_s / 60) * 60)


def _p_met(told: Sequence[Length]) -> float:
    return (sum(one.was_met for one in told) + BELIEVED * HALF) / (len(told) + BELIEVED)
