"""Whether odds keep their word: bins, scores and drift."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from scheduler.availability.calibration import (
    Foretold,
    calibration,
    drift,
    reliability,
    score,
)
from tests.scheduler.availability.worlds import TODAY, World, flat, turned_round


def visits(said: float, true: float, count: int, seed: int) -> list[Foretold]:
    rng = Random(seed)
    return [Foretold(said, rng.random() < true) for _ in range(count)]


def test_scores_of_two_visits() -> None:
    # Brier: (.2^2 + .5^2) / 2; log loss: -(ln .8 + ln .5) / 2.
    told = score([Foretold(0.8, met=True), Foretold(0.5, met=False)])
    assert told.brier == pytest.approx(0.145)
    assert told.log_loss == pytest.approx((0.22314 + 0.69315) / 2, abs=1e-4)
    with pytest.raises(ValueError, match="nothing to score"):
        score([])


def test_bins_hold_each_visit_once_with_the_interval_of_their_share() -> None:
    said = [*visits(0.31, 0.3, 40, 1), *visits(0.39, 0.4, 60, 2), *visits(1.0, 1.0, 5, 3)]
    low, high = reliability(said)
    assert (low.share.of, high.share.of) == (100, 5)
    assert low.said == pytest.approx((40 * 0.31 + 60 * 0.39) / 100)
    assert low.share.interval is not None
    assert low.share.interval[0] < 0.36 < low.share.interval[1]


def test_odds_that_are_right_are_seldom_called_worse_and_wrong_ones_are() -> None:
    right = [drift(visits(0.3, 0.3, 400, seed)).is_clear for seed in range(200)]
    assert sum(right) <= 6  # two are expected of 200 looks at a level of 1 %
    assert drift(visits(0.4, 0.3, 400, 1)).is_clear
    too_sure = [*visits(0.1, 0.35, 300, 1), *visits(0.9, 0.65, 300, 2)]
    assert drift(too_sure).is_clear, "right on average, and too sure of themselves"


def test_learned_odds_beat_the_priors_where_these_are_wrong() -> None:
    told = calibration(World(turned_round).attempts(30), TODAY)
    assert told is not None
    assert told.first == TODAY - timedelta(days=7)
    assert (told.visits, told.learned_from) == (7 * 120, 23 * 120)
    assert told.learned.brier < told.base.brier < told.priors.brier
    assert told.learned.log_loss < told.base.log_loss < told.priors.log_loss
    assert not told.drift.is_clear


def test_a_change_of_the_last_days_is_told_as_drift() -> None:
    before = [one for one in World(flat).attempts(30) if one.on < TODAY - timedelta(days=7)]
    since = World(lambda *_: 0.2).attempts(7, seed=2)
    told = calibration([*before, *since], TODAY)
    assert told is not None
    assert told.drift.is_clear
    assert told.drift.too_high == pytest.approx(0.2, abs=0.05)


def test_without_earlier_days_nothing_can_be_judged() -> None:
    assert calibration(World(flat).attempts(5), TODAY) is None
    assert calibration([], TODAY) is None
