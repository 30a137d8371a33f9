"""When the people of a made-up town are truly in: by employment, habit, day and half hour.

Each has a curve of her own. Its shape comes from her employment and from habits; a term for each
half hour, the same for all, is solved so that the mean over people is the table of the town. So the
people differ as much as people do, and on average nobody can tell them from the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from scheduler.staffing.arrays import Floats
from scheduler.staffing.chance import Chance

HALF_HOURS = 48
HALF_HOUR_S = 1800


class Employment(StrEnum):
    """What keeps somebody away, in the words of a case list."""

    OFFICE = "employed"
    SHIFTS = "shifts"
    SELF_EMPLOYED = "self-employed"
    RETIRED = "retired"
    CHILDREN = "at home with children"


SHARES = {
    Employment.OFFICE: 0.45,
    Employment.SHIFTS: 0.15,
    Employment.SELF_EMPLOYED: 0.20,
    Employment.RETIRED: 0.08,
    Employment.CHILDREN: 0.12,
}


@dataclass(frozen=True, slots=True)
class Leaning:
    """How much likelier she is in than others, in log odds, by part of a working day."""

    morning: float
    afternoon: float
    evening: float


LEANINGS = {
    Employment.OFFICE: Leaning(-1.5, -1.5, 0.3),
    Employment.SHIFTS: Leaning(0.3, 0.3, -0.8),
    Employment.SELF_EMPLOYED: Leaning(0.4, -0.4, -1.0),
    Employment.RETIRED: Leaning(0.6, 2.4, 1.0),
    Employment.CHILDREN: Leaning(1.8, 1.2, 0.8),
}
OFF_DUTY = 0.35
"""On a day off employment leans so much less."""

LEVEL, PHASE, BLOCK = 0.6, 0.9, 0.6
"""Deviations of habits, in log odds: in more, in earlier or later, in at certain two hours."""

BLOCKS = 12
AFTERNOON, EVENING = 24, 35  # half hours: 12:00 and 17:30
PEOPLE = 1500
"""So many people that nobody knows are asked what the term of each half hour has to be."""

Table = tuple[float, ...]
"""The mean chance that somebody is in, for each of the 24 hours."""


def employment_of(chance: Chance, borrower: str) -> Employment:
    """Return what a borrower does, as the shares are."""
    at = int(np.searchsorted(np.cumsum(list(SHARES.values())), chance.one("employment", borrower)))
    return list(SHARES)[min(at, len(SHARES) - 1)]


def curve(chance: Chance, borrower: str, table: Table, *, is_working: bool, has: bool) -> Floats:
    """Return the chance that a borrower is in, for each half hour of such a day.

    Without people that `has` differences, everybody has the curve of the table.
    """
    if not has:
        return _by_half_hour(table)
    return _chances(_offsets(chance, borrower, is_working) + _terms(table, is_working), table)


@lru_cache(maxsize=64)
def _terms(table: Table, is_working: bool) -> Floats:
    """Return the log odds of each half hour for which the mean over people is that of `table`."""
    nobody = Chance(0)
    offsets = np.array([_offsets(nobody, f"nobody {k}", is_working) for k in range(PEOPLE)])
    low, high = np.full(HALF_HOURS, -20.0), np.full(HALF_HOURS, 20.0)
    wanted = _by_half_hour(table)
    for _ in range(50):
        middle = (low + high) / 2
        is_less = _chances(offsets + middle, table).mean(axis=0) < wanted
        low, high = np.where(is_less, middle, low), np.where(is_less, high, middle)
    terms: Floats = (low + high) / 2
    return terms


def _by_half_hour(table: Table) -> Floats:
    return np.repeat(np.array(table, float), 2)


def _chances(log_odds: Floats, table: Table) -> Floats:
    """Return chances; where the table has everybody in, or nobody, so it is."""
    sure = _by_half_hour(table)
    drawn: Floats = np.where((sure <= 0) | (sure >= 1), sure, 1 / (1 + np.exp(-log_odds)))
    return drawn


def _offsets(chance: Chance, borrower: str, is_working: bool) -> Floats:
    """Return how a borrower differs from others, in log odds, by half hour."""
    leaning = LEANINGS[employment_of(chance, borrower)]
    parts = (leaning.morning, leaning.afternoon, leaning.evening)
    lengths = (AFTERNOON, EVENING - AFTERNOON, HALF_HOURS - EVENING)
    duty = np.repeat(parts, lengths) * (1 if is_working else OFF_DUTY)
    kind = "working" if is_working else "off"
    level, phase, *blocks = chance.normal(f"habits {kind}", borrower, 0, np.arange(2 + BLOCKS))
    times = np.linspace(-1, 1, HALF_HOURS)
    habit = LEVEL * level + PHASE * phase * times
    told: Floats = duty + habit + BLOCK * np.repeat(blocks, HALF_HOURS // BLOCKS)
    return told
