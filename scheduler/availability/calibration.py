"""How well odds have kept their word on days that they did not learn from.

Reliability bins with the interval of each, the Brier score, log loss, and whether the odds have
become significantly worse lately than they say themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import erfc, log, sqrt

from scheduler.availability.assumptions import USUAL, Learning
from scheduler.availability.attempts import Attempt, Told
from scheduler.availability.learned import LearnedOdds
from scheduler.availability.learning import learned_odds
from scheduler.availability.odds import SLOT_S, Asked, MeetingOdds, slot_of
from scheduler.availability.priors import PRIORS
from scheduler.figures.share import Share

HELD_OUT_DAYS = 7
"""A whole week, so that days off are judged too."""
BINS = 10
DRIFT_LEVEL = 0.01
"""How often odds that are right are called worse: once in a hundred looks."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """What was said of a visit before it was made, and whether it met the borrower."""

    p: float
    met: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Visits of which about the same was said: `said` on average, and the share that met."""

    said: float
    share: Share


@dataclass(frozen=True, slots=True)
class Score:
    """The Brier score and the log loss of what was said of visits; less is better for both."""

    brier: float
    log_loss: float


@dataclass(frozen=True, slots=True)
class Drift:
    """Whether visits went otherwise than said.

    `too_high` is by how much more was said than was met; `p_value` how likely right odds are to
    look so. It is the smaller of two tests' values, doubled: of the level, and of how sure the odds
    were (Spiegelhalter, Statistics in Medicine 1986).
    """

    too_high: float
    p_value: float

    @property
    def is_clear(self) -> bool:
        return self.p_value < DRIFT_LEVEL


@dataclass(frozen=True)
class Calibration:
    """Odds learned before `first`, judged on the days from it on, beside the priors.

    `base` is the score of who always says the share met of the days learned from.
    """

    first: date
    visits: int
    learned_from: int
    bins: tuple[Bin, ...]
    learned: Score
    priors: Score
    base: Score
    drift: Drift


@dataclass(frozen=True, slots=True)
class Tried:
    """Odds learned from `earlier` attempts, and what they `said` of the `latest`."""

    earlier: Sequence[Attempt]
    latest: Sequence[Attempt]
    said: Sequence[Foretold]

    @classmethod
    def of(
        cls, known: Iterable[Attempt], first: date, end: date, priors: MeetingOdds, how: Learning
    ) -> Tried | None:
        """Try odds learned before `first` on the days from it to before `end`; None without either.

        `known` are in their order, so that the same facts are learned from alike.
        """
        earlier: list[Attempt] = []
        latest: list[Attempt] = []
        for one in known:
            if one.on < end:
                (earlier if one.on < first else latest).append(one)
        if not earlier or not latest:
            return None
        odds = learned_odds(earlier, first, priors=priors, how=how)
        return cls(earlier, latest, foretold(odds, latest))


def calibration(
    attempts: Iterable[Attempt],
    before: date,
    *,
    days: int = HELD_OUT_DAYS,
    priors: MeetingOdds = PRIORS,
    how: Learning = USUAL,
) -> Calibration | None:
    """Judge odds on the last `days` before a day, learned from the days before those.

    None where there are no visits in either.
    """
    first = before - timedelta(days=days)
    tried = Tried.of(sorted(attempts), first, before, priors, how)
    if tried is None:
        return None
    said, earlier = tried.said, tried.earlier
    base = sum(one.told is Told.MET for one in earlier) / len(earlier)
    return Calibration(
        first=first,
        visits=len(said),
        learned_from=len(earlier),
        bins=reliability(said),
        learned=score(said),
        priors=score(foretold(priors, tried.latest)),
        base=score([Foretold(base, one.met) for one in said]),
        drift=drift(said),
    )


def foretold(odds: LearnedOdds | MeetingOdds, attempts: Iterable[Attempt]) -> list[Foretold]:
    """Return what odds say of attempts, as if they were still to be made."""
    return [Foretold(_chance(odds, one), one.told is Told.MET) for one in attempts]


def _chance(odds: LearnedOdds | MeetingOdds, one: Attempt) -> float:
    slot = slot_of(one.second)
    named = ((slot * SLOT_S, (slot + 1) * SLOT_S - 1),) if one.is_stated else ()
    asked = Asked(one.kind, one.day, one.borrower_id, one.segment, stated=named)
    curve = odds.chances(asked) if isinstance(odds, LearnedOdds) else odds.curve(asked)
    return float(curve[slot])


def reliability(said: Sequence[Foretold], bins: int = BINS) -> tuple[Bin, ...]:
    """Return the visits by what was said of them, in bins of equal width that hold any."""
    parts: dict[int, list[Foretold]] = {}
    for one in said:
        parts.setdefault(min(bins - 1, int(one.p * bins)), []).append(one)
    return tuple(
        Bin(
            sum(one.p for one in parts[i]) / len(parts[i]),
            Share(sum(one.met for one in parts[i]), len(parts[i])),
        )
        for i in sorted(parts)
    )


def score(said: Sequence[Foretold]) -> Score:
    """Return how far what was said lay from what came; ValueError where nothing was said."""
    if not said:
        raise ValueError("no visit was foretold: there is nothing to score")
    brier = sum((one.p - one.met) ** 2 for one in said) / len(said)
    loss = -sum(log(max(1e-6, one.p if one.met else 1 - one.p)) for one in said) / len(said)
    return Score(brier, loss)


def drift(said: Sequence[Foretold]) -> Drift:
    """Say whether visits went otherwise than was said of them."""
    spread = [one.p * (1 - one.p) for one in said]
    over = sum(one.p - one.met for one in said)
    unsure = sum((one.met - one.p) * (1 - 2 * one.p) for one in said)
    usual = sum(v * (1 - 2 * one.p) ** 2 for v, one in zip(spread, said, strict=True))
    smaller = min(_two_sided(over, sum(spread)), _two_sided(unsure, usual))
    return Drift(over / max(1, len(said)), min(1.0, 2 * smaller))


def _two_sided(total: float, variance: float) -> float:
    """Return how likely a sum of that variance lies as far from 0."""
    return erfc(abs(total) / sqrt(2 * variance)) if variance > 0 else 1.0
