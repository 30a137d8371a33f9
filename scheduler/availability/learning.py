"""Odds from attempts: pooled from all, by kind of day, by segment, and last her own history.

Each step moves the one before by no more than the facts ask (pooling.py, own.py). Without facts the
odds are the priors themselves. The same facts give the same odds, in whatever order they are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

import numpy as np

from routing.units import HOUR_S
from scheduler.availability.addresses import right_addresses, still_right
from scheduler.availability.assumptions import USUAL, Learning
from scheduler.availability.attempts import DAYS, KINDS, Attempt, Attempts, Told, in_columns
from scheduler.availability.forgetting import half_life_days
from scheduler.availability.learned import LearnedOdds
from scheduler.availability.odds import Basis, MeetingOdds
from scheduler.availability.own import MOST_OWN, Histories, History, Pairs, likeness, pairs_of
from scheduler.availability.pooling import DAY_OFF, curves_of
from scheduler.availability.priors import PRIORS
from scheduler.availability.shrinking import Floats, bounded
from scheduler.calendar import DayKind
from scheduler.model import PlaceKind

LOOK_BACK_DAYS = 180
"""How long a visit is learned from; after it, it would weigh next to nothing."""


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
    valid = right_addresses(told, weight, priors, how)
    still_valid = still_right(told, weight, valid, how)
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
    curves, expected = curves_of(told.where(unnamed), weight[unnamed], priors, how)
    answers = np.array([priors.kinds[kind].answers.value for kind in KINDS])
    found = bounded(
        np.maximum(
            curves[told.segment, told.kind, told.day, told.slot], stated * answers[told.kind]
        )
    )
    found[unnamed] = expected
    return curves, found


def _surprise(told: Attempts, expected: Floats) -> Floats:
    """Return how many standard deviations each result lies from what was expected."""
    expected = bounded(expected)
    met = (told.told == Told.MET).astype(float)
    found: Floats = (met - expected) / np.sqrt(expected * (1 - expected))
    return found


def _pairs(told: Attempts, surprise: Floats, weight: Floats) -> Pairs:
    whose, order = told.by_person()
    hour, off = told.second[order] / HOUR_S, DAY_OFF[told.day[order]]
    return pairs_of(whose[order], surprise[order], hour, off, weight[order])


def _histories(told: Attempts, surprise: Floats, weight: Floats) -> Histories:
    """Return the latest visits to each person by place kind; none where nobody was at a door."""
    if not len(told.who):
        return {}
    whose, order = told.by_person()
    hour, off = told.second / HOUR_S, DAY_OFF[told.day]
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
