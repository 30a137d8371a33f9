"""Who let plans keep learned times, from when to when: a list to which lines are added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from routing.paces import AS_ROADS_SAY, Paces
from scheduler.forecast.learning import Learned
from scheduler.forecast.spreads import HOUSE_SPREADS, Spreads


@dataclass(frozen=True, slots=True)
class TimesDecision:
    """That plans keep what was learned from the days `first` to `last`.

    `service_before_s` is the length of a visit that was planned with until then. While it is
    taken back, the decision before it holds again.
    """

    id: int
    learned: Learned
    first: date
    last: date
    service_before_s: int
    decided_by: str
    decided_at: datetime
    taken_back_by: str = ""
    taken_back_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it was made by an instant, and not taken back by then."""
        is_back = self.taken_back_at is not None and self.taken_back_at <= at
        return self.decided_at <= at and not is_back


@dataclass(frozen=True, slots=True)
class SpreadsNow:
    """How far true times lie around those of plans, and what that was learned from.

    Learned spreads lie around learned times, so they hold where plans keep these; else the house's
    assumptions do, learned from nothing.
    """

    spreads: Spreads = HOUSE_SPREADS
    legs: int = 0
    visits: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def is_assumed(self) -> bool:
        return not (self.legs or self.visits)


ASSUMED_SPREADS = SpreadsNow()


def standing(decisions: Iterable[TimesDecision]) -> TimesDecision | None:
    """Return the decision that holds now: the newest that nobody has taken back."""
    left = (one for one in decisions if one.taken_back_at is None)
    return max(left, key=lambda one: one.id, default=None)


def paces_now(decisions: Iterable[TimesDecision]) -> Paces:
    """Return the paces that plans keep; without a decision, what roads say."""
    return _paces(standing(decisions))


def paces_at(decisions: Iterable[TimesDecision], at: datetime) -> Paces:
    """Return the paces that plans kept at an instant."""
    held = (one for one in decisions if one.holds(at))
    return _paces(max(held, key=lambda one: one.id, default=None))


def spreads_now(decisions: Iterable[TimesDecision]) -> SpreadsNow:
    """Return how far true times lie around those that plans keep; without a decision, assumed."""
    held = standing(decisions)
    if held is None:
        return ASSUMED_SPREADS
    taught = held.learned
    return SpreadsNow(taught.spreads, taught.legs, taught.visits, held.first, held.last)


def _paces(decision: TimesDecision | None) -> Paces:
    return decision.learned.paces if decision else AS_ROADS_SAY
