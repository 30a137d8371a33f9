"""How odds have kept their word week after week, and whether the latest days ask to forget quicker.

Each week is judged by odds that were learned from the days before it alone, as its plans had them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.availability.assumptions import USUAL, Learning
from scheduler.availability.attempts import Attempt, Told, in_columns
from scheduler.availability.calibration import Drift, Tried, drift, score
from scheduler.availability.forgetting import FEWEST_JUDGED, JUDGED_DAYS, half_life_days
from scheduler.availability.odds import MeetingOdds
from scheduler.availability.priors import PRIORS
from scheduler.figures.share import Share

WEEKS = 6
DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """A week's visits: the share that was said to be met, and the share that was."""

    first: date
    last: date
    said: float
    met: Share
    brier: float
    drift: Drift


@dataclass(frozen=True, slots=True)
class Forgetting:
    """How fast is forgotten by now: in `days` a visit's weight halves, usually in `usual_days`.

    `latest` are the visits of the last `JUDGED_DAYS` days, `needed` how many of them tell anything.
    """

    days: float
    usual_days: float
    latest: int
    needed: int = FEWEST_JUDGED
    judged_days: int = JUDGED_DAYS

    @property
    def is_quicker(self) -> bool:
        return self.days < self.usual_days

    @property
    def is_known(self) -> bool:
        """Whether the latest visits are enough to tell."""
        return self.latest >= self.needed


@dataclass(frozen=True, slots=True)
class Drifting:
    """The weeks that can be judged, the oldest first, and how fast is forgotten by now."""

    weeks: tuple[Week, ...]
    forgetting: Forgetting


def drifting(
    attempts: Iterable[Attempt],
    before: date,
    *,
    weeks: int = WEEKS,
    priors: MeetingOdds = PRIORS,
    how: Learning = USUAL,
) -> Drifting:
    """Judge each of the last `weeks` before a day; those without visits, or before any, are out."""
    known = sorted(one for one in attempts if one.on < before)
    starts = [before - timedelta(days=DAYS * n) for n in range(weeks, 0, -1)]
    judged = (_week(known, first, priors, how) for first in starts)
    return Drifting(tuple(one for one in judged if one), _forgetting(known, before, priors, how))


def _week(known: list[Attempt], first: date, priors: MeetingOdds, how: Learning) -> Week | None:
    end = first + timedelta(days=DAYS)
    tried = Tried.of(known, first, end, priors, how)
    if tried is None:
        return None
    said = tried.said
    return Week(
        first=first,
        last=end - timedelta(days=1),
        said=sum(one.p for one in said) / len(said),
        met=Share(sum(one.met for one in said), len(said)),
        brier=score(said).brier,
        drift=drift(said),
    )


def _forgetting(
    known: list[Attempt], before: date, priors: MeetingOdds, how: Learning
) -> Forgetting:
    told = in_columns(known, before)
    at_door = told.where(told.told != Told.WRONG_ADDRESS)
    latest = int((at_door.age_days <= JUDGED_DAYS).sum())
    return Forgetting(half_life_days(told, priors, how), how.half_life_days, latest)
