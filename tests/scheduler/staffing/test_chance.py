"""Luck hangs on who and when, and is as evenly spread as it says."""

from __future__ import annotations

import numpy as np

from scheduler.staffing.chance import Chance

REPS = np.arange(4000)


def test_a_replication_has_the_same_luck_alone_and_among_others() -> None:
    chance = Chance(5)
    all_of_them = chance.uniform("answers", "b1", 3, REPS)
    some = chance.uniform("answers", "b1", 3, np.array([7, 2]))
    assert some.tolist() == [all_of_them[7], all_of_them[2]]
    also = chance.uniform("answers", "b1", 3, REPS, also=REPS % 5)
    assert also[7] == chance.uniform("answers", "b1", 3, np.array([7]), also=np.array([2]))[0]


def test_every_part_of_the_question_changes_the_draw() -> None:
    asked = [(5, "answers", "b1", 3), (6, "answers", "b1", 3), (5, "lasts", "b1", 3)]
    asked += [(5, "answers", "b2", 3), (5, "answers", "b1", 4)]
    drawn = [Chance(seed).uniform(what, who, day, REPS) for seed, what, who, day in asked]
    together = np.corrcoef(drawn)
    # 4,000 independent pairs have a correlation of 0 with a deviation of 1 / sqrt(4000) = 0.016.
    assert np.abs(together - np.eye(len(asked))).max() < 0.07


def test_draws_are_evenly_and_normally_spread() -> None:
    drawn = Chance(1).uniform("x", "y", 0, REPS)
    # Of 20 cells each expects 200: chi-square with 19 degrees of freedom is below 43.8 in 99.9 %.
    counts = np.histogram(drawn, 20, (0, 1))[0]
    assert ((counts - 200) ** 2 / 200).sum() < 43.8
    neighbours = np.corrcoef(drawn[:-1], drawn[1:])[0, 1]
    assert abs(neighbours) < 0.07
    normal = Chance(1).normal("x", "y", 0, REPS)
    assert abs(normal.mean()) < 0.07
    assert abs(normal.std() - 1) < 0.05
    assert np.isfinite(normal).all()
