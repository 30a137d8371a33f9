"""How many addresses are right: by what visits told, among all and among those visited before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.availability.assumptions import Learning
from scheduler.availability.attempts import KINDS, Attempts, Told
from scheduler.availability.odds import MeetingOdds
from scheduler.availability.shrinking import Floats

TOLD_AT_ONCE = 0.5
"""The share of wrong addresses that a first visit is told of: a house assumption (D). Elsewhere
nobody opens, and it looks like one who is out."""


def right_addresses(told: Attempts, weight: Floats, priors: MeetingOdds, how: Learning) -> Floats:
    """Return the share of right addresses by place kind: those that no visit told to be wrong."""
    prior = np.array([priors.kinds[kind].valid.value for kind in KINDS])
    return _shares(told, weight, prior, how)


def still_right(told: Attempts, weight: Floats, valid: Floats, how: Learning) -> Floats:
    """Return the share of right addresses, by place kind, among those visited once already.

    Somebody who was told of a wrong address does not come again: fewer are left. Until later visits
    say how many, it is assumed that a first visit is told of `TOLD_AT_ONCE` of them.
    """
    later = _is_later(told)
    return _shares(told.where(later), weight[later], 1 - (1 - valid) * (1 - TOLD_AT_ONCE), how)


def _shares(told: Attempts, weight: Floats, prior: Floats, how: Learning) -> Floats:
    is_right = told.told != Told.WRONG_ADDRESS
    many = np.bincount(told.kind, weight, len(KINDS))
    right = np.bincount(told.kind, weight * is_right, len(KINDS))
    found: Floats = (how.valid_worth * prior + right) / (how.valid_worth + many)
    return found


def _is_later(told: Attempts) -> NDArray[np.bool_]:
    """Whether an earlier attempt was made at such a place of the same person."""
    whose, order = told.by_person()
    later = np.empty(len(order), bool)
    later[order] = np.diff(whose[order], prepend=-1) == 0
    return later
