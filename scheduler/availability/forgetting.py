"""How fast is forgotten: quicker where the latest days say that the world has become another."""

from __future__ import annotations

import numpy as np

from scheduler.availability.assumptions import Learning
from scheduler.availability.attempts import Attempts, Told
from scheduler.availability.odds import MeetingOdds
from scheduler.availability.pooling import pooled
from scheduler.availability.shrinking import Floats

JUDGED_DAYS, FEWEST_JUDGED, CLEARLY = 5, 60, 2.5
"""A working week tells what has changed, if enough visits were made in it."""


def half_life_days(told: Attempts, priors: MeetingOdds, how: Learning) -> float:
    """Return how fast is forgotten: slowly, unless the latest days are foretold better quickly.

    They are foretold from the days before them, by the pooled curves; better is what leaves a log
    loss smaller by `CLEARLY` standard errors.
    """
    at_door = told.where((told.told != Told.WRONG_ADDRESS) & (told.stated == 0))
    earlier = at_door.where(at_door.age_days > JUDGED_DAYS)
    latest = at_door.where(at_door.age_days <= JUDGED_DAYS)
    if len(latest) < FEWEST_JUDGED or not len(earlier):
        return how.half_life_days
    lives = (how.half_life_days, *how.quick_half_lives_days)
    losses = [_loss(earlier, latest, life, priors, how) for life in lives]
    gains = [losses[0] - loss for loss in losses]
    clear = [
        (float(gain.sum()), life)
        for gain, life in zip(gains, lives, strict=True)
        if gain.sum() > CLEARLY * np.sqrt(gain @ gain)
    ]
    return max(clear, default=(0.0, how.half_life_days))[1]


def _loss(
    earlier: Attempts, latest: Attempts, life: float, priors: MeetingOdds, how: Learning
) -> Floats:
    """Return the log loss of each of the latest attempts."""
    weight = 0.5 ** ((earlier.age_days - JUDGED_DAYS) / life)
    curves = pooled(earlier, weight, priors, how)[0]
    chance = curves[latest.kind, latest.day, latest.slot]
    found: Floats = -np.log(np.where(latest.told == Told.MET, chance, 1 - chance))
    return found
