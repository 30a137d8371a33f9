"""Odds that are learned: recovered, unlearned, followed, and the priors where nothing is known."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from random import Random

import numpy as np
import pytest

from scheduler.availability import PRIORS, Asked, Attempt, LearnedOdds, Odds, Told, learned_odds
from scheduler.availability.attempts import told_by
from scheduler.calendar import DayKind
from scheduler.lifecycle import Code
from scheduler.model import PlaceKind
from tests.scheduler.availability.worlds import (
    TODAY,
    World,
    as_the_priors,
    by_person,
    by_segment,
    changed,
    error,
    flat,
    p_at,
    turned_round,
)


def learned(world: World, days: int) -> LearnedOdds:
    found = learned_odds(world.attempts(days), TODAY)
    assert isinstance(found, LearnedOdds)
    return found


def test_nothing_but_time_place_kind_employment_and_who_it_was_is_learned_from() -> None:
    told = {field.name for field in fields(Attempt)}
    assert told == {"on", "second", "borrower_id", "kind", "segment", "day", "told"} | {"is_stated"}
    assert {field.name for field in fields(Asked)} == {
        *("kind", "day", "borrower_id", "segment", "failed_hours", "stated"),
    }


def test_hours_that_somebody_named_teach_of_such_words_and_of_no_other_hour() -> None:
    # Four of five are met in hours that they named, all in the morning; others .4 at any hour.
    told = list(World(flat).attempts(10))
    named = [
        replace(one, second=10 * 3600, is_stated=True, told=Told(number % 5 > 0))
        for number, one in enumerate(told[:400])
    ]
    named = [replace(one, borrower_id=f"named {n}") for n, one in enumerate(named)]
    without, with_them = learned_odds(told, TODAY), learned_odds([*told, *named], TODAY)
    assert isinstance(without, LearnedOdds)
    assert isinstance(with_them, LearnedOdds)
    assert np.array_equal(with_them.present, without.present)
    assert without.stated == PRIORS.stated.value
    # .80 met is more than all who are there and open by .65: nobody is in more than surely.
    assert with_them.stated == 1.0
    few = [replace(one, told=Told(n % 5 == 0)) for n, one in enumerate(named)]
    less = learned_odds([*told, *few], TODAY)
    assert isinstance(less, LearnedOdds)
    assert less.stated * 0.65 == pytest.approx(0.2, abs=0.04)


def test_without_facts_the_odds_are_the_priors() -> None:
    assert learned_odds([], TODAY) is PRIORS
    (one, *_) = World(flat).attempts(1)
    for other in (0, 181):  # not before the day; longer ago than is learned from
        assert learned_odds([replace(one, on=TODAY - timedelta(days=other))], TODAY) is PRIORS


def test_who_found_wrong_addresses_alone_learns_of_addresses_and_of_no_hour() -> None:
    found = [replace(one, told=Told.WRONG_ADDRESS) for one in World(flat).attempts(2)]
    odds = learned_odds(found, TODAY)
    chances = [known.curve(Asked(PlaceKind.HOME, DayKind.WORKING)) for known in (PRIORS, odds)]
    assert all(0 < less < more for more, less in zip(*chances, strict=True))


def test_the_same_facts_give_the_same_odds_in_whatever_order() -> None:
    world = World(by_segment, people=200, segments=("", "retired", "shifts"), a_day=40)
    attempts = list(world.attempts(10))
    first = learned_odds(attempts, TODAY)
    Random(3).shuffle(attempts)
    again = learned_odds(iter(attempts), TODAY)
    assert isinstance(first, LearnedOdds)
    assert isinstance(again, LearnedOdds)
    assert again.basis == first.basis
    assert again == first
    assert np.array_equal(again.present, first.present)
    assert again.likeness == first.likeness
    assert first != learned_odds(attempts[1:], TODAY), "other facts are other odds"


@pytest.mark.parametrize(
    ("world", "within"),
    [
        (World(as_the_priors), 0.03),
        (World(flat), 0.03),
        (World(turned_round), 0.06),
        (World(by_segment, segments=("worker", "retired", "shifts")), 0.08),
        (World(flat, wrong=0.1), 0.05),
    ],
)
def test_the_error_falls_with_what_is_told(world: World, within: float) -> None:
    # The priors err by .22 where the world is flat, and by .39 where it contradicts them.
    late = error(learned(world, 30), world)
    assert late < within
    assert world.chance is as_the_priors or late < error(learned(world, 2), world)
    assert world.chance is as_the_priors or late < 0.3 * error(PRIORS, world)


def test_a_world_without_differences_is_planned_by_one_level_after_a_month() -> None:
    odds = learned(World(flat), 30)
    levels = {round(p_at(odds, hour, TODAY), 2) for hour in range(9, 20)}
    assert max(levels) - min(levels) <= 0.04
    assert odds.likeness.person + odds.likeness.hours + odds.likeness.evening < 0.1


def test_persons_are_told_apart_by_their_own_visits() -> None:
    world = World(by_person, people=300)  # twelve visits each in a month
    odds = learned(world, 30)
    assert odds.likeness.evening > 0.15
    assert error(odds, world) < 0.6 * error(PRIORS, world)
    early, late = (p_at(odds, 19, TODAY, f"b{person}") for person in (0, 1))
    assert late > early + 0.2


def test_a_change_fifteen_days_ago_is_followed() -> None:
    world = World(changed)
    assert error(learned(world, 45), world) < 0.06
    before = learned_odds(world.attempts(45), TODAY - timedelta(days=15))
    assert error(before, world) > 0.3, "what was true before is not any more"


def test_failures_lower_their_own_hours_by_the_prior_until_pairs_say_otherwise() -> None:
    # One person alone: the priors' .8 for repeating a slot, at ten of a working day, is her own.
    seen = Attempt(
        TODAY - timedelta(days=4), 36_900, "b1", PlaceKind.HOME, "", DayKind.WORKING, Told.NOT_MET
    )
    odds = learned_odds([seen], TODAY)
    hers, others = (p_at(odds, 10, TODAY, who) for who in ("b1", "b2"))
    usual = others / odds.valid[0]  # type: ignore[union-attr]
    still_valid = float(odds.still_valid[0])  # type: ignore[union-attr]
    assert hers / still_valid / usual == pytest.approx(0.8, abs=0.02)
    assert p_at(odds, 16, TODAY, "b1") == pytest.approx(usual_at(odds, 16) * still_valid, rel=0.02)


def usual_at(odds: Odds, hour: float) -> float:
    return p_at(odds, hour, TODAY) / float(odds.valid[0])  # type: ignore[attr-defined]


def test_of_addresses_that_were_not_found_wrong_at_once_more_are_right() -> None:
    """Three of ten live elsewhere, and everybody opens there: whoever is visited again is right."""
    told: dict[bool, list[Attempt]] = {False: [], True: []}
    for one in World(flat, people=300).attempts(30):
        told[int(one.borrower_id[1:]) % 10 < 3].append(one)
    wrong = {one.borrower_id: replace(one, told=Told.WRONG_ADDRESS) for one in told[True]}
    odds = learned_odds([*told[False], *wrong.values()], TODAY)
    assert isinstance(odds, LearnedOdds)
    assert odds.still_valid[0] > 0.98
    assert odds.valid[0] < odds.still_valid[0] - 0.01


def test_where_addresses_are_wrong_by_luck_alone_a_second_visit_finds_as_many() -> None:
    odds = learned(World(flat, people=300, wrong=0.3), 30)
    assert isinstance(odds, LearnedOdds)
    # Of 3,600 visits all but 300 are later ones: a standard error of .01, and the priors' pull.
    assert odds.valid[0] == pytest.approx(0.7, abs=0.03)
    assert odds.still_valid[0] == pytest.approx(0.7, abs=0.03)


def test_a_wrong_address_tells_of_addresses_and_not_of_who_is_in() -> None:
    attempts = list(World(flat).attempts(10))
    wrong = [replace(one, told=Told.WRONG_ADDRESS, borrower_id="x") for one in attempts[:300]]
    without, with_them = learned_odds(attempts, TODAY), learned_odds([*attempts, *wrong], TODAY)
    assert isinstance(without, LearnedOdds)
    assert isinstance(with_them, LearnedOdds)
    assert with_them.valid[0] < without.valid[0] - 0.1
    assert with_them.present == pytest.approx(without.present, abs=1e-6)


@pytest.mark.parametrize(
    ("code", "was_met", "told"),
    [
        (Code.PTP, True, Told.MET),
        (Code.NOT_HOME, False, Told.NOT_MET),
        (Code.HOUSEHOLD_ONLY, False, Told.NOT_MET),
        (Code.MOVED, False, Told.WRONG_ADDRESS),
        (Code.NOT_REACHED, False, None),
        (Code.CANCELLED_PAID, False, None),
        (Code.HOSPITAL, False, None),
    ],
)
def test_what_a_result_tells(code: Code, was_met: bool, told: Told | None) -> None:
    assert told_by(code, was_met=was_met) is told


def test_a_curve_has_few_levels_near_what_was_learned() -> None:
    world = World(by_person, people=300)
    odds = learned(world, 30)
    for person in range(20):
        asked = Asked(PlaceKind.HOME, DayKind.WORKING, f"b{person}")
        curve, chances = odds.curve(asked), odds.chances(asked)
        assert len(set(curve)) <= 9
        assert np.abs(np.array(curve[18:42]) - chances[18:42]).max() <= max(
            0.05, np.ptp(chances[12:44]) / 8
        )
