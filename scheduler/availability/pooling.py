"""Curves pooled from all attempts: by place kind, then kind of day, then segment.

Each layer moves the one before by no more than its groups ask (shrinking.py).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduler.availability.assumptions import Learning
from scheduler.availability.attempts import DAYS, KINDS, Attempts, Told
from scheduler.availability.odds import DAYS_WORKED, SLOTS, MeetingOdds
from scheduler.availability.shrinking import Facts, Floats, Guess, Ints, Shift, shift
from scheduler.calendar import DayKind
from scheduler.model import PlaceKind

DAY_OFF = np.array([int(day not in DAYS_WORKED) for day in DAYS])


def curves_of(
    told: Attempts, weight: Floats, priors: MeetingOdds, how: Learning
) -> tuple[Floats, Floats]:
    """Return the curves by segment, place kind and kind of day, and what they expect of each."""
    curves, facts = pooled(told, weight, priors, how)
    return _by_segment(told, facts, curves, how.of_segments)


def pooled(
    told: Attempts, weight: Floats, priors: MeetingOdds, how: Learning
) -> tuple[Floats, Facts]:
    """Return the curves by place kind and kind of day, and the attempts with what they expect."""
    kinds, days, off = len(KINDS), len(DAYS), DAY_OFF[told.day]
    curves = np.array([[_assumed(priors, kind, day) for day in DAYS] for kind in KINDS])
    facts = Facts(
        curves[told.kind, told.day, told.slot],
        (told.told == Told.MET).astype(float),
        weight,
        told.slot,
    )
    layers: tuple[tuple[Ints, int, Ints, Guess], ...] = (
        (told.kind, kinds, np.arange(kinds)[:, None] + np.zeros(days, int), how.of_all),
        (told.kind * 2 + off, kinds * 2, np.arange(kinds)[:, None] * 2 + DAY_OFF, how.of_days),
        (
            told.kind * days + told.day,
            kinds * days,
            np.arange(kinds * days).reshape(kinds, days),
            how.of_days,
        ),
    )
    for group, count, groups, guess in layers:
        moved = shift(facts, group, count, guess)
        facts = replace(facts, expected=moved.of(group, facts.expected, facts.slot))
        curves = _all_moved(moved, groups, curves)
    return curves, facts


def _by_segment(
    told: Attempts, facts: Facts, curves: Floats, guess: Guess
) -> tuple[Floats, Floats]:
    """Return the curves of each segment; the first is of those whose segment is not known."""
    each = len(KINDS) * 2
    segments = len(told.segments)
    group = np.where(told.segment > 0, told.segment * each + told.kind * 2 + DAY_OFF[told.day], -1)
    moved = shift(facts, group, segments * each, guess)
    is_known = group >= 0
    expected = facts.expected.copy()
    expected[is_known] = moved.of(group[is_known], expected[is_known], facts.slot[is_known])
    within = np.arange(len(KINDS))[:, None] * 2 + DAY_OFF
    known = [_all_moved(moved, segment * each + within, curves) for segment in range(1, segments)]
    return np.stack([curves, *known]), expected


def _all_moved(moved: Shift, groups: Ints, curves: Floats) -> Floats:
    """Return the curves of each place kind and kind of day by the groups that they belong to."""
    found = np.empty_like(curves)
    for kind, day in np.ndindex(groups.shape):
        found[kind, day] = moved.curve(int(groups[kind, day]), curves[kind, day])
    return found


def _assumed(priors: MeetingOdds, kind: PlaceKind, day: DayKind) -> list[float]:
    """Return the chance by half hour that a visit at a right address meets her, as assumed."""
    odds = priors.kinds[kind]
    hours = odds.present(day)
    return [float(hours[slot // 2] * odds.answers.value) for slot in range(SLOTS)]
