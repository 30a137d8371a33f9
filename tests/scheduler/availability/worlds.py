"""Small worlds whose borrowers are in by curves that are known, and the visits that were made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from scheduler.availability import PRIORS, Asked, Attempt, Odds, Told
from scheduler.calendar import day_info
from scheduler.model import PlaceKind

TODAY = date(2026, 11, 23)
HOURS = np.arange(18, 41) / 2 + 0.25
"""The middles of the half hours from 09:00 to 20:30."""

Chance = Callable[[str, str, date, float], float]
"""Of a person with a segment, on a day, at an hour."""


@dataclass(frozen=True)
class World:
    """`people` borrowers of `segments`, `a_day` of whom are visited at random hours."""

    chance: Chance
    people: int = 1500
    segments: tuple[str, ...] = ("",)
    a_day: int = 120
    wrong: float = 0.0

    def segment(self, person: int) -> str:
        return self.segments[person % len(self.segments)]

    def attempts(self, days: int, seed: int = 1) -> Iterator[Attempt]:
        """Yield the visits of the days before `TODAY`."""
        rng = np.random.default_rng(seed)
        for back in range(days, 0, -1):
            on = TODAY - timedelta(days=back)
            for person in rng.choice(self.people, self.a_day, replace=False):
                hour = float(rng.uniform(9, 20.5))
                chance = self.chance(f"b{person}", self.segment(person), on, hour)
                told = Told.MET if rng.random() < chance else Told.NOT_MET
                told = Told.WRONG_ADDRESS if rng.random() < self.wrong else told
                kind = day_info("CN", on).kind
                segment = self.segment(person)
                second = int(hour * 3600)
                yield Attempt(on, second, f"b{person}", PlaceKind.HOME, segment, kind, told)


def p_at(odds: Odds, hour: float, on: date, borrower: str = "", segment: str = "") -> float:
    """Return what odds tell of an hour at home."""
    asked = Asked(PlaceKind.HOME, day_info("CN", on).kind, borrower, segment)
    slot = int(hour * 2)
    return float(odds.chances(asked)[slot]) if hasattr(odds, "chances") else odds.curve(asked)[slot]


def error(odds: Odds, world: World, on: date = TODAY, people: int = 60) -> float:
    """Return the root of the mean squared error over people and hours of a day."""
    gaps = [
        p_at(odds, hour, on, f"b{person}", world.segment(person))
        - (1 - world.wrong) * world.chance(f"b{person}", world.segment(person), on, hour)
        for person in range(people)
        for hour in HOURS
    ]
    return float(np.sqrt(np.mean(np.square(gaps))))


def as_the_priors(_who: str, _segment: str, on: date, hour: float) -> float:
    return p_at(PRIORS, hour, on)


def flat(_who: str, _segment: str, _on: date, _hour: float) -> float:
    return 0.4


def turned_round(_who: str, _segment: str, _on: date, hour: float) -> float:
    """Return a chance that contradicts the priors: in by day, out in the evening."""
    return 0.6 if hour < 16 else 0.15


def by_segment(_who: str, segment: str, _on: date, hour: float) -> float:
    """Return the chance of those at work by day, of the retired, and of shift workers."""
    if segment == "retired":
        return 0.65 if hour < 17 else 0.5
    if segment == "shifts":
        return 0.5 if hour < 13 else 0.15
    return 0.08 if hour < 17.5 else 0.6


def by_person(who: str, _segment: str, _on: date, hour: float) -> float:
    """Return the chance of persons of two kinds whom no segment tells apart."""
    is_late = int(who[1:]) % 2
    return (0.15 if hour < 16.5 else 0.65) if is_late else (0.65 if hour < 16.5 else 0.15)


def changed(who: str, segment: str, on: date, hour: float) -> float:
    """Return a chance that became another fifteen days ago."""
    then = TODAY - timedelta(days=15)
    return (turned_round if on < then else as_the_priors)(who, segment, on, hour)
