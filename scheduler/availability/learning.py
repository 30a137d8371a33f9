"""Odds from attempts: pooled from all, by kind of day, by segment, and last her own history.

Each step moves the one before by no more than the facts ask (shrinking.py). Without facts the odds
are the priors themselves. The same facts give the same odds, in whatever order they are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from scheduler.availability.attempts import DAYS, KINDS, Attempt, Attempts, Told, in_columns
from scheduler.availability.learned import LearnedOdds
from scheduler.availability.odds import DAYS_WORKED, SLOTS, Basis, MeetingOdds
from scheduler.availability.own import MOST_OWN, Histories, History, Pairs, likeness, pairs_of
from scheduler.availability.priors import PRIORS
from scheduler.availability.shrinking import Facts, Floats, Guess, Ints, Shift, bounded, shift
from scheduler.calendar import DayKind
from scheduler.model import PlaceKind

LOOK_BACK_DAYS = 180
"""How long a visit is learned from; after it, it would weigh next to nothing."""

JUDGED_DAYS, FEWEST_JUDGED, CLEARLY = 5, 60, 2.5
"""A working week tells what has changed, if enough visits were made in it."""

TOLD_AT_ONCE = 0.5
"""The share of wrong addresses that a first visit is told of: a house assumption (D). Elsewhere
nobody opens, and it looks like one who is out."""

OF_ALL = Guess(level=0.15, shape=0.7, cell=0.04)
OF_DAYS = Guess(level=0.05, shape=0.3, cell=0.03)
OF_SEGMENTS = Guess(level=0.08, shape=0.5, cell=0.06)


@dataclass(frozen=True, slots=True)
class Learning:
    """How fast is learned and forgotten: house assumptions, shown as such.

    A visit's weight halves each `half_life_days`: long enough that a crew's few visits a day add
    up, short enough that a change of season is followed within some weeks. Where the latest days
    say clearly that the world has become another, it halves each `quick_half_lives_days` instead,
    whichever foretells these days best. Of one person there are few visits, and she changes her
    work seldom: `own_half_life_days`. What the priors say of all is worth little, since they were
    measured elsewhere; that kinds of day and segments differ has to be shown by more.
    `valid_worth` is how many addresses the prior for right ones is worth, `stated_worth` how many
    meetings the one for hours that she named, `pairs_worth` how many pairs of visits the factor for
    repeating a slot.
    """

    half_life_days: float = 21.0
    quick_half_lives_days: tuple[float, ...] = (7.0, 3.5)
    own_half_life_days: float = 60.0
    of_all: Guess = OF_ALL
    of_days: Guess = OF_DAYS
    of_segments: Guess = OF_SEGMENTS
    valid_worth: float = 40.0
    stated_worth: float = 20.0
    pairs_worth: float = 100.0


USUAL = Learning()
DAY_OFF = np.array([int(day not in DAYS_WORKED) for day in DAYS])


def learned_odds(
    attempts: Iterable[Attempt] | Attempts,
    before: date,
    *,
    priors: MeetingOdds = PRIORS,
    how: Learning = USUAL,
) -> LearnedOdds | MeetingOdds:
    """Return what the attempts of the days before one teach; the priors where there are none.

    Attempts of `LOOK_BACK_DAYS` are learned from; older ones are passed over.
    """
    told = attempts if isinstance(attempts, Attempts) else in_columns(attempts, before)
    told = told.where(told.age_days <= LOOK_BACK_DAYS)
    if not len(told):
        return priors
    life = half_life_days(told, priors, how)
    weight = 0.5 ** (told.age_days / life)
    valid = _valid(told, weight, priors, how)
    still_valid = _still_valid(told, weight, valid, how)
    at_door = told.where(told.told != Told.WRONG_ADDRESS)
    weight = weight[told.told != Told.WRONG_ADDRESS]
    stated = _stated(at_door, weight, priors, how)
    present, expected = _expected(at_door, weight, stated, priors, how)
    surprise = _surprise(at_door, expected)
    # What was no surprise before a change would be taken for a person's own.
    own_life = how.own_half_life_days if life == how.half_life_days else life
    own = 0.5 ** (at_door.age_days / own_life)
    alike = likeness(_pairs(at_door, surprise, own), priors.repeat.value, how.pairs_worth)
    return LearnedOdds(
        basis=Basis(len(told), before, _digest(told, priors, how)),
        priors=priors,
        segments={name: i for i, name in enumerate(told.segments)},
        present=present,
        valid=valid,
        still_valid=still_valid,
        stated=stated,
        likeness=alike,
        histories=_histories(at_door, surprise, own),
        visits=_visits(told),
    )


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
    curves = _pooled(earlier, weight, priors, how)[0]
    chance = curves[latest.kind, latest.day, latest.slot]
    found: Floats = -np.log(np.where(latest.told == Told.MET, chance, 1 - chance))
    return found


def _valid(told: Attempts, weight: Floats, priors: MeetingOdds, how: Learning) -> Floats:
    """Return the share of right addresses by place kind: those that no visit told to be wrong."""
    prior = np.array([priors.kinds[kind].valid.value for kind in KINDS])
    return _shares(told, weight, prior, how)


def _shares(told: Attempts, weight: Floats, prior: Floats, how: Learning) -> Floats:
    is_right = told.told != Told.WRONG_ADDRESS
    many = np.bincount(told.kind, weight, len(KINDS))
    right = np.bincount(told.kind, weight * is_right, len(KINDS))
    found: Floats = (how.valid_worth * prior + right) / (how.valid_worth + many)
    return found


def _still_valid(told: Attempts, weight: Floats, valid: Floats, how: Learning) -> Floats:
    """Return the share of right addresses, by place kind, among those visited once already.

    Somebody who was told of a wrong address does not come again: fewer are left. Until later visits
    say how many, it is assumed that a first visit is told of `TOLD_AT_ONCE` of them.
    """
    later = told.where(_is_later(told))
    return _shares(later, weight[_is_later(told)], 1 - (1 - valid) * (1 - TOLD_AT_ONCE), how)


def _is_later(told: Attempts) -> NDArray[np.bool_]:
    """Whether an earlier attempt was made at such a place of the same person."""
    whose, order = _by_person(told)
    later = np.empty(len(order), bool)
    later[order] = np.diff(whose[order], prepend=-1) == 0
    return later


def _stated(told: Attempts, weight: Floats, priors: MeetingOdds, how: Learning) -> float:
    """Return how likely she is there in hours that she named, by how many of them met her.

    The prior counts as so many meetings: with k of them expected and k' had beside it, its chance
    is moved by (worth + k') / (worth + k).
    """
    weight = weight * told.stated
    answers = np.array([priors.kinds[kind].answers.value for kind in KINDS])
    assumed_met = float((weight * answers[told.kind]).sum()) * priors.stated.value
    met = float((weight * (told.told == Told.MET)).sum())
    moved = (how.stated_worth + met) / (how.stated_worth + assumed_met)
    return float(min(1.0, priors.stated.value * moved))


def _expected(
    told: Attempts, weight: Floats, stated: float, priors: MeetingOdds, how: Learning
) -> tuple[Floats, Floats]:
    """Return the curves, and what is expected of each attempt.

    What was found in hours that somebody named teaches nothing of hours that nobody did.
    """
    unnamed = told.stated == 0
    curves, expected = _present(told.where(unnamed), weight[unnamed], priors, how)
    answers = np.array([priors.kinds[kind].answers.value for kind in KINDS])
    found = bounded(
        np.maximum(
            curves[told.segment, told.kind, told.day, told.slot], stated * answers[told.kind]
        )
    )
    found[unnamed] = expected
    return curves, found


def _present(
    told: Attempts, weight: Floats, priors: MeetingOdds, how: Learning
) -> tuple[Floats, Floats]:
    """Return the curves by segment, place kind and kind of day, and what they expect of each."""
    curves, facts = _pooled(told, weight, priors, how)
    return _by_segment(told, facts, curves, how.of_segments)


def _pooled(
    told: Attempts, weight: Floats, priors: MeetingOdds, how: Learning
) -> tuple[Floats, Facts]:
    """Return the curves by place kind and kind of day, and the attempts with what they expect."""
    kinds, days, off = len(KINDS), len(DAYS), DAY_OFF[told.day]
    curves = np.array([[assumed(priors, kind, day) for day in DAYS] for kind in KINDS])
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


def assumed(priors: MeetingOdds, kind: PlaceKind, day: DayKind) -> list[float]:
    """Return the chance by half hour that a visit at a right address meets her, as assumed."""
    odds = priors.kinds[kind]
    hours = odds.present(day)
    return [float(hours[slot // 2] * odds.answers.value) for slot in range(SLOTS)]


def _surprise(told: Attempts, expected: Floats) -> Floats:
    """Return how many standard deviations each result lies from what was expected."""
    expected = bounded(expected)
    met = (told.told == Told.MET).astype(float)
    found: Floats = (met - expected) / np.sqrt(expected * (1 - expected))
    return found


def _pairs(told: Attempts, surprise: Floats, weight: Floats) -> Pairs:
    whose, order = _by_person(told)
    hour, off = told.second[order] / 3600, DAY_OFF[told.day[order]]
    return pairs_of(whose[order], surprise[order], hour, off, weight[order])


def _by_person(told: Attempts) -> tuple[Ints, Ints]:
    """Return a number for each person and place kind, and the order by them, the latest last."""
    whose = told.who * len(KINDS) + told.kind
    return whose, np.lexsort((told.told, told.second, -told.age_days, whose))


def _histories(told: Attempts, surprise: Floats, weight: Floats) -> Histories:
    """Return the latest visits to each person by place kind; none where nobody was at a door."""
    if not len(told.who):
        return {}
    whose, order = _by_person(told)
    hour, off = told.second / 3600, DAY_OFF[told.day]
    starts = np.flatnonzero(np.diff(whose[order], prepend=-1))
    found = {}
    for rows in np.split(order, starts[1:]):
        rows = rows[-MOST_OWN:]
        first = rows[0]
        key = told.people[told.who[first]], int(told.kind[first])
        found[key] = History(hour[rows], off[rows], surprise[rows], weight[rows])
    return found


def _visits(told: Attempts) -> dict[tuple[PlaceKind, DayKind], int]:
    many = np.bincount(told.kind * len(DAYS) + told.day, minlength=len(KINDS) * len(DAYS))
    pairs = ((kind, day) for kind in KINDS for day in DAYS)
    return dict(zip(pairs, many.tolist(), strict=True))


def _digest(told: Attempts, priors: MeetingOdds, how: Learning) -> str:
    """Name the facts and the way they are learned from."""
    return sha256(f"{told.digest} {priors!r} {how!r}".encode()).hexdigest()[:16]
