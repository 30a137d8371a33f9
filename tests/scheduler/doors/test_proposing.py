"""Where a door is by where crews stood, and when nothing is said."""

from __future__ import annotations

import cmath
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from routing.point import Point, distance_m
from scheduler.doors import CheckIn, Proposal, propose
from tests.scheduler.doors.standing import DOOR, check_in, off, visits

PRESENT = off(-80 + 0j)  # the address puts it 80 m west of the door
NEAR = st.builds(cmath.rect, st.floats(0, 15), st.floats(0, 7))
"""Errors of good fixes, in metres from the door."""


def proposed(told: list[CheckIn], present: Point = PRESENT) -> Proposal:
    found = propose(present, told)
    assert found is not None
    return found


def test_three_visits_that_agree_move_a_place() -> None:
    found = proposed(visits([0j, 6 + 0j, 6j]))
    # The corner of a right angle, 90° < 120°: Fermat's point lies inside, some 2 m from it.
    assert distance_m(found.point, DOOR) < 4
    assert found.moved_m == pytest.approx(80, abs=4)
    # Each of three phones errs 20 m by the floor, 13 m on an axis: 2.76 · 13.2 / √3, with 10 m.
    assert found.radius_m == pytest.approx(23.4, abs=0.1)
    assert found.newest_at == check_in(2).at
    assert (len(found.visits), found.others, found.place_id) == (3, (), "P1")
    assert found.why == (
        "3 of 3 visits, on 3 days by the phones of 2 collectors, stood within 5 m of a point that "
        "is 81 m from where the place is; somebody answered the door on 3 of them"
    )


@pytest.mark.parametrize(
    "told",
    [
        [],
        visits([0j, 0j]),
        [replace(one, on=check_in(0).on) for one in visits([0j, 1j, 2j])],
        visits([0j, 1j, 2j], told_by="ann"),
        visits([0j, 1j, 2j, 3j], code="NOT_HOME"),
    ],
    ids=["none", "two visits", "one day", "one phone", "nobody ever answered"],
)
def test_nothing_is_said_from_too_little(told: list[CheckIn]) -> None:
    assert propose(PRESENT, told) is None


def test_one_answer_is_enough_to_know_whose_door_it_is() -> None:
    told = [*visits([0j, 1j, 2j], code="NOT_HOME"), check_in(3)]
    assert proposed(told).point != PRESENT


def test_a_place_that_is_nearly_right_stays() -> None:
    told = visits([0j, 3 + 0j, 3j, -3j])
    assert propose(off(20 + 0j), told) is None  # 20 m: seen from where the crew is sent
    assert propose(off(30 + 0j), told) is not None


def test_unsure_phones_must_move_it_farther() -> None:
    unsure = visits([0j, 3 + 0j, 3j], accuracy_m=60.0)
    # 2.76 · 39.7 / √3 = 63 m, with 10 m: the 95 % circle of three phones that tell 60 m.
    assert propose(off(-60 + 0j), unsure) is None
    assert proposed(unsure, off(-75 + 0j)).radius_m == pytest.approx(64.1, abs=0.5)


def test_visits_to_two_doors_have_none_in_their_middle() -> None:
    two_doors = visits([0j, 1j, 2j, 300 + 0j, 301 + 0j, 302 + 0j])
    assert propose(PRESENT, two_doors) is None


def test_visits_that_scatter_do_not_agree() -> None:
    around = [cmath.rect(150, turn) for turn in np.linspace(0, 2 * np.pi, 7)[:6]]
    assert propose(off(-400 + 0j), visits(around)) is None


def test_a_wild_fix_is_set_aside_and_named() -> None:
    told = visits([0j, 6 + 0j, 6j, -6 + 0j, 2000 + 0j])
    found = proposed(told)
    assert found.others == (told[4],)
    assert found.point == proposed(told[:4]).point
    assert "4 of 5 visits" in found.why


@given(
    st.lists(NEAR, min_size=4, max_size=7),
    st.builds(cmath.rect, st.floats(0, 20_000_000), st.floats(0, 7)),
    st.floats(1, 100),
)
def test_one_bad_fix_moves_the_answer_by_less_than_the_good_ones_differ(
    good: list[complex], bad: complex, accuracy_m: float
) -> None:
    """Good fixes lie within 15 m of the door, the fifth or one more anywhere on earth.

    No fix weighs more than twice another, so the bad one holds a third of the weight at most, and
    the median lies within (1 − α) / √(1 − 2α) · 15 m = 17.3 m (Minsker 2015, lemma 2.1).
    """
    assume(abs(bad) < 9_000_000)  # a quarter of the earth: beyond it a plane makes no sense
    told = [*visits(good), check_in(len(good), accuracy_m=accuracy_m)]
    told[-1] = replace(told[-1], stood=wrapped_off(bad))
    found = propose(PRESENT, told)
    assert found is not None
    assert distance_m(found.point, DOOR) < 17.5


def wrapped_off(metres: complex) -> Point:
    """Return a point far away, on the earth still."""
    lat = max(-89.0, min(89.0, DOOR.lat + metres.imag / 111_195))
    return Point(lat, (DOOR.lon + metres.real / 96_000 + 180) % 360 - 180)


@given(st.permutations(visits([0j, 9 + 0j, 9j, -7 - 7j, 400 + 0j, 3 + 2j])))
def test_order_does_not_matter(told: list[CheckIn]) -> None:
    assert propose(PRESENT, told) == propose(PRESENT, sorted(told, key=lambda one: one.at))


@given(st.floats(-60, 60), st.floats(-179, 179), st.lists(NEAR, min_size=3, max_size=6))
def test_it_is_the_same_anywhere_on_earth(lat: float, lon: float, errors: list[complex]) -> None:
    there = Point(lat, lon)
    here, moved = visits(errors), visits(errors)
    moved = [
        replace(one, stood=off(error, there)) for one, error in zip(moved, errors, strict=True)
    ]
    one, other = proposed(here), proposed(moved, off(-80 + 0j, there))
    assert other.radius_m == pytest.approx(one.radius_m, abs=0.1)
    assert other.moved_m == pytest.approx(one.moved_m, abs=0.5)
    assert distance_m(other.point, there) == pytest.approx(distance_m(one.point, DOOR), abs=0.1)


@given(st.floats(0, 7), st.floats(5, 60), st.floats(5, 50))
def test_even_noise_around_a_door_finds_it(turn: float, noise_m: float, accuracy_m: float) -> None:
    """Five fixes evenly around the door: by symmetry their median is the door itself."""
    ring = [cmath.rect(noise_m, turn + step * 2 * np.pi / 5) for step in range(5)]
    found = propose(PRESENT, visits(ring, accuracy_m=accuracy_m))
    assume(found is not None)
    assert found is not None
    assert distance_m(found.point, DOOR) < 0.1


@pytest.mark.parametrize("seed", range(5))
def test_five_noisy_visits_come_within_fifteen_metres(seed: int) -> None:
    # 12 m on each axis: the median of five errs by 12 · 1.13 / √5 = 6 m on each, and by more
    # than 2.45 times as much (15 m) once in twenty; these seeds are none of those.
    rng = np.random.default_rng(seed)
    told = visits([complex(*rng.normal(0, 12, 2)) for _ in range(5)])
    assert distance_m(proposed(told).point, DOOR) < 15


@given(st.lists(NEAR, max_size=9), st.integers(1, 2))
def test_never_from_two_days(errors: list[complex], days: int) -> None:
    told = [
        replace(one, on=check_in(number % days).on) for number, one in enumerate(visits(errors))
    ]
    assert propose(PRESENT, told) is None
