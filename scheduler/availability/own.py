"""What her own earlier visits say of a borrower, beyond what is expected of her like.

Persons differ in three ways: one is seldom in at all, one is in at other hours, one is in by day
where others are in the evening. How much persons differ is learned from pairs of visits to the same
person: where two visits to her resemble each other no more than two to anybody, her own history
moves nothing. Before any pair is known, a failure lowers its own half hours by the factor for
repeating a slot. Her curve is the mean of a Gaussian process, a closed form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scheduler.availability.shrinking import Floats, Ints, bounded

ALIKE_WITHIN_H = 1.5
EVENING_H, DAY_TURNS_WITHIN_H = 16.5, 2.5
MOST_OWN = 12
"""Her latest visits that are looked at: no rule lets more than a few a month happen."""
MOST_LIKENESS = 0.8


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two visits to one person resemble each other: parts of the variance, 0 … 1.

    `person` always, `hours` at like hours of like days, `evening` where both are by day or both
    in the evening of days worked; against each other where they are not.
    """

    person: float
    hours: float
    evening: float

    def between(self, hour: Floats, other: Floats, day_off: Ints, other_off: Ints) -> Floats:
        """Return the likeness of each visit of one list to each of another."""
        parts = features(hour[:, None], other[None, :], day_off[:, None], other_off[None, :])
        weights = (self.person, self.hours, self.evening)
        found: Floats = sum(
            (weight * part for weight, part in zip(weights, parts, strict=True)), np.zeros(1)
        )
        return found


def features(
    hour: Floats, other: Floats, day_off: Ints, other_off: Ints
) -> tuple[Floats, Floats, Floats]:
    """Return in which ways two visits are alike; hours of the day, 0 … 24, broadcast."""
    near = np.exp(-np.abs(hour - other) / ALIKE_WITHIN_H) * (day_off == other_off)
    worked = (day_off == 0) & (other_off == 0)
    return np.ones_like(near), near, turned(hour) * turned(other) * worked


def turned(hour: Floats) -> Floats:
    """Return how far the day has turned to the evening, -1 … 1."""
    return np.clip((hour - EVENING_H) / DAY_TURNS_WITHIN_H, -1.0, 1.0)


@dataclass(frozen=True)
class Pairs:
    """Surprises of the same persons, beside each other: z and their hours, by day off, weights."""

    product: Floats
    weight: Floats
    parts: tuple[Floats, Floats, Floats]


def pairs_of(whose: Ints, surprise: Floats, hour: Floats, day_off: Ints, weight: Floats) -> Pairs:
    """Return the pairs of visits to the same person and place kind; those of one stand together."""
    firsts, seconds = [], []
    for lag in range(1, MOST_OWN):
        first = np.flatnonzero(whose[lag:] == whose[:-lag])
        firsts.append(first)
        seconds.append(first + lag)
    a, b = np.concatenate(firsts), np.concatenate(seconds)
    parts = features(hour[a], hour[b], day_off[a], day_off[b])
    return Pairs(surprise[a] * surprise[b], weight[a] * weight[b], parts)


def likeness(pairs: Pairs, repeat: float, worth: float) -> Likeness:
    """Return how much visits to one person are alike, by ridge least squares.

    Parameters
    ----------
    pairs
        What was seen.
    repeat
        The factor for repeating a slot, assumed: 1 - repeat is the likeness that it implies.
    worth
        How many pairs the assumption is worth.
    """
    columns = np.stack(pairs.parts, axis=1) if len(pairs.product) else np.zeros((0, 3))
    weighed = columns * pairs.weight[:, None]
    matrix = worth * np.eye(3) + weighed.T @ columns
    told = worth * np.array([0.0, 1 - repeat, 0.0]) + weighed.T @ pairs.product
    found = _not_negative(matrix, told)
    found *= min(1.0, MOST_LIKENESS / max(found.sum(), 1e-9))
    return Likeness(*map(float, found))


def _not_negative(matrix: Floats, told: Floats) -> Floats:
    """Solve, leaving out what would be negative: people resemble themselves."""
    kept = np.ones(len(told), dtype=bool)
    while True:
        found = np.zeros(len(told))
        found[kept] = np.linalg.solve(matrix[np.ix_(kept, kept)], told[kept])
        if not kept.any() or (found >= 0).all():
            return found
        kept &= found > 0


@dataclass(frozen=True)
class History:
    """Earlier visits to somebody at a place kind, the latest last."""

    hour: Floats
    day_off: Ints
    surprise: Floats
    weight: Floats


Histories = Mapping[tuple[str, int], History]
MIDDLES = (np.arange(48) + 0.5) / 2
"""The hour in the middle of each half hour."""


def own_curve(expected: Floats, day_off: int, history: History, alike: Likeness) -> Floats:
    """Return the chances of a person over a day, by those expected of her like and her history."""
    off = np.full(len(MIDDLES), day_off)
    among = alike.between(history.hour, history.hour, history.day_off, history.day_off)
    chance = np.diag((1 - np.diag(among)) / history.weight)
    pull = np.linalg.solve(among + chance, history.surprise)
    moved = alike.between(MIDDLES, history.hour, off, history.day_off) @ pull
    return bounded(expected + np.sqrt(expected * (1 - expected)) * moved)
