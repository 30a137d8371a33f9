"""Intervals cover what they say, and replications go on until they are as narrow as asked."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from scheduler.staffing.arrays import Ints
from scheduler.staffing.believed import Believed
from scheduler.staffing.chance import Chance
from scheduler.staffing.driving import drive_plan
from scheduler.staffing.intervals import (
    Figures,
    difference,
    mean_of,
    mean_of_groups,
    ratio_of_groups,
    until_sure,
)
from tests.scheduler.staffing.test_believed import DAY, a_day, likely
from tests.slowly import slowly


def test_the_half_width_is_students() -> None:
    # 1, 2, 3: a deviation of 1, of 3 values; t of 2 degrees of freedom is 4.303 for 95 %.
    told = mean_of(np.array([1, 2, 3]))
    assert (told.mean, told.of) == (2.0, 3)
    assert told.half_width == pytest.approx(4.303 / 3**0.5, abs=1e-3)
    assert mean_of(np.array([5])).half_width == inf
    with pytest.raises(ValueError, match="no replications"):
        mean_of(np.array([]))
    with pytest.raises(ValueError, match="cannot be paired"):
        difference(np.array([1]), np.array([1, 2]))


def test_replications_go_on_until_the_mean_is_sure_enough_and_numbers_continue() -> None:
    asked: list[int] = []

    def run(reps: Ints) -> Figures:
        asked.extend(reps.tolist())
        return {"x": Chance(1).normal("x", "y", 0, reps), "y": np.zeros(len(reps))}

    told = until_sure(run, {"x": 0.1}, first=10, batch=40)
    assert asked == list(range(10, 10 + len(asked)))
    # 1.96 / sqrt(n) is 0.1 for 384.
    assert 300 <= len(asked) <= 480
    assert mean_of(told["x"]).half_width <= 0.1
    assert len(told["y"]) == len(asked)
    assert len(until_sure(run, {"x": 1e-9}, most=60, batch=40)["x"]) == 60


@pytest.mark.parametrize(("repeats", "size"), slowly([(40, 5), (100, 12)], rest=[(100, 12)]))
def test_an_interval_of_95_percent_covers_the_mean_of_many(repeats: int, size: int) -> None:
    day, plan = a_day(*(likely(number, 0.4) for number in range(1, size + 1)), end_h=20)

    def met(reps: Ints, seed: int) -> Ints:
        return drive_plan(day, plan, Believed(day, Chance(seed), DAY), reps).visits_met

    true = met(np.arange(5000), 1).mean()
    covered = [mean_of(met(np.arange(60), 2 + seed)).covers(true) for seed in range(repeats)]
    # At 95 % the chance of fewer than 36 of 40 is 5 %, and that of fewer than 90 of 100 is 1 %;
    # the seeds are these, and so is the answer.
    assert np.mean(covered) >= 0.9


def test_the_same_luck_tells_a_small_difference_with_far_fewer_replications() -> None:
    day, plan = a_day(*(likely(number, 0.4) for number in range(1, 6)))
    better, _ = a_day(*(likely(number, 0.45) for number in range(1, 6)))

    def met(problem: object, seed: int) -> Ints:
        told = better if problem is better else day
        return drive_plan(told, plan, Believed(told, Chance(seed), DAY), range(200)).visits_met

    same = difference(met(better, 1), met(day, 1))
    other = difference(met(better, 1), met(day, 2))
    assert same.covers(5 * 0.05)
    assert same.half_width < 0.5 * other.half_width


def test_values_of_one_group_share_their_luck() -> None:
    # The means of the groups are 1, 2 and 3, as above; that there are two values in each adds
    # nothing to what is known of other groups.
    told = mean_of_groups(np.array([1, 1, 1, 3, 4, 2]), 3)
    assert (told.mean, told.of) == (2.0, 3)
    assert told.half_width == pytest.approx(4.303 / 3**0.5, abs=1e-3)
    assert mean_of_groups(np.array([1, 2, 3]), 1) == mean_of(np.array([1, 2, 3]))
    for values, groups in (([1, 2, 3], 2), ([1, 2], 0), ([], 2)):
        with pytest.raises(ValueError, match="groups of one size"):
            mean_of_groups(np.array(values), groups)


def test_a_ratio_is_as_sure_as_what_is_left_over_of_it() -> None:
    """Six for three: two each. Beside that the values are -1, 0 and 1, of one below the line."""
    told = ratio_of_groups(np.array([1, 2, 3]), np.array([1, 1, 1]), 1)
    assert (told.mean, told.of) == (2.0, 3)
    assert told.half_width == pytest.approx(4.303 / 3**0.5, abs=1e-3)
    sure = ratio_of_groups(np.array([2.0, 6.0, 4.0]), np.array([1, 3, 2]), 1)
    assert (sure.mean, sure.half_width) == (2.0, 0.0), "both go up and down together"
    none = ratio_of_groups(np.array([5.0, 5.0]), np.array([0, 0]), 2)
    assert (none.mean, none.half_width) == (inf, inf)


@pytest.mark.parametrize("groups", [1, 4])
def test_the_interval_of_a_ratio_covers_the_true_one(groups: int) -> None:
    """Counts around 20 whose sums cost 3 each and 60 besides: 6 for one."""
    luck = np.random.default_rng(5)
    covered = 0
    for _ in range(400):
        counts = luck.poisson(20, 40)
        costs = 3 * counts + 60 + luck.normal(0, 10, 40)
        covered += ratio_of_groups(costs, counts, groups).covers(6.0)
    assert 0.91 <= covered / 400 <= 0.98
