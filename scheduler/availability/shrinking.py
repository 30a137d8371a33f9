"""How far groups of attempts move away from what was expected of them: empirical Bayes.

A layer parts attempts into groups: place kinds, kinds of day, segments. Each group tells by how
much its level, its shape and its single half hours differ from what the layer before expects. What
such differences usually are is learned from all groups of the layer at once, and each group's own
is shrunk by that: where groups differ no more than chance makes them, nothing moves. All of it has
closed forms (Morris, JASA 1983; the cells are a Gaussian process, Rasmussen and Williams 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.availability.odds import SLOTS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST, MOST = 0.01, 0.99
"""Nobody is in for sure, nor out."""

ALIKE_WITHIN = 2.0
"""Half hours: what is learned of one holds for the next by exp(-1/2), for the sixth by 5 %."""


@dataclass(frozen=True, slots=True)
class Guess:
    """How much groups of a layer differ, before anything is known: standard deviations.

    `level` and `cell` are chances; `shape` is relative to what is expected: at -1 a group has no
    more of its shape. `weight` is how many attempts these guesses are worth.
    """

    level: float
    shape: float
    cell: float
    weight: float = 100.0


@dataclass(frozen=True)
class Facts:
    """Attempts that told of presence: what was expected of each, and what came of it."""

    expected: Floats
    met: Floats
    weight: Floats
    slot: Ints


@dataclass(frozen=True)
class Shift:
    """By how much each group differs from what was expected of it.

    p = centre + level + shape x (expected - centre) + cell: `centre`, `level` and `shape` are a
    number for each group, `cell` one for each of its half hours.
    """

    centre: Floats
    level: Floats
    shape: Floats
    cell: Floats

    def of(self, group: Ints, expected: Floats, slot: Ints) -> Floats:
        """Return the chances of attempts by their groups."""
        return self._moved(expected, group, self.cell[group, slot])

    def curve(self, group: int, expected: Floats) -> Floats:
        """Return the chances of a group over the day, by those that are expected."""
        return self._moved(expected, group, self.cell[group])

    def _moved(self, expected: Floats, group: Ints | int, cell: Floats) -> Floats:
        centre = self.centre[group]
        moved = centre + self.level[group] + self.shape[group] * (expected - centre) + cell
        return bounded(moved)


def bounded(chances: Floats) -> Floats:
    return np.clip(chances, LEAST, MOST)


def counted(group: Ints, weight: Floats, count: int) -> Floats:
    """Return the sum of the weights of each group."""
    return np.bincount(group, weight, count).astype(np.float64)


def shift(facts: Facts, group: Ints, count: int, guess: Guess) -> Shift:
    """Return how `count` groups differ from what was expected, level first, then shape, then hours.

    An attempt whose group is negative belongs to none.
    """
    inside = group >= 0
    group, slot = group[inside], facts.slot[inside]
    expected, met = facts.expected[inside], facts.met[inside]
    weight = facts.weight[inside]

    def sums(values: Floats) -> Floats:
        return counted(group, weight * values, count)

    many = sums(np.ones_like(met))
    some = np.maximum(many, 1e-9)
    noise = np.maximum(sums(expected * (1 - expected)) / some, 0.01)
    centre = sums(expected) / some
    level = _shrunk(sums(met - expected), many, noise, guess.level, guess.weight)
    away = expected - centre[group]
    left = met - expected - level[group]
    # A prior's shape is told by attempts about as far from its mean as those of a usual day are.
    shape = _shrunk(sums(away * left), sums(away * away), noise, guess.shape, guess.weight * 0.02)
    left = left - shape[group] * away
    cell = _cells(left, weight, group * SLOTS + slot, noise, guess)
    return Shift(centre, level, 1 + shape, cell)


def _shrunk(pull: Floats, information: Floats, noise: Floats, sd: float, weight: float) -> Floats:
    """Return each group's difference: `pull` over `information`, shrunk by how much all differ."""
    usual = _variance(pull, information, noise, sd, weight)
    if usual <= 0:
        return np.zeros_like(pull)
    return pull / (information + noise / usual)


def _variance(pull: Floats, information: Floats, noise: Floats, sd: float, weight: float) -> float:
    """Return how much groups differ beyond chance, by moments and a guess of some weight."""
    seen = information > 1e-9
    differing = pull[seen] ** 2 / information[seen] - noise[seen]
    told = float(differing.sum()) + weight * sd * sd
    return max(0.0, told / (float(information.sum()) + weight))


def _cells(left: Floats, weight: Floats, cell: Ints, noise: Floats, guess: Guess) -> Floats:
    """Return by how much half hours differ still; neighbours speak for each other."""
    count = len(noise)
    many = counted(cell, weight, count * SLOTS)
    pull = counted(cell, weight * left, count * SLOTS)
    by_cell = np.repeat(noise, SLOTS)
    usual = _variance(pull, many, by_cell, guess.cell, guess.weight)
    if usual <= 0 or not len(left):
        return np.zeros((count, SLOTS))
    gap = np.abs(np.subtract.outer(np.arange(SLOTS), np.arange(SLOTS)))
    alike = usual * np.exp(-gap / ALIKE_WITHIN)
    precision = (many / by_cell).reshape(count, SLOTS)
    weighed = np.eye(SLOTS) + precision[:, :, None] * alike
    told = (pull / by_cell).reshape(count, SLOTS, 1)
    found: Floats = (alike @ np.linalg.solve(weighed, told))[:, :, 0]
    return found
