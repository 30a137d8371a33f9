"""The chance of meeting somebody: by place, day and hour, in pieces of equal chance."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.availability import PRIORS, pieces
from scheduler.model import PlaceKind

HOUR_S = 3600
DAY_S = 24 * HOUR_S

kinds = st.sampled_from(PlaceKind)
seconds = st.integers(0, DAY_S - 1)
hours = st.lists(st.integers(0, 23), max_size=4)


def test_at_home_on_a_working_day() -> None:
    # Right address .85 x answers .65 = .5525, times the chance to be at home: .25 until 16:00,
    # .30 then and .52 from 17:00.
    found = pieces(PRIORS, PlaceKind.HOME, True, 10 * HOUR_S, 18 * HOUR_S - 1)
    assert [(first, last) for first, last, _ in found] == [
        (10 * HOUR_S, 16 * HOUR_S - 1),
        (16 * HOUR_S, 17 * HOUR_S - 1),
        (17 * HOUR_S, 18 * HOUR_S - 1),
    ]
    expected = [0.5525 * 0.25, 0.5525 * 0.30, 0.5525 * 0.52]
    assert [p for _, _, p in found] == pytest.approx(expected)


def test_at_home_on_a_day_off() -> None:
    # 9-12 .55, 12-17 .50, 17-20 .75
    found = pieces(PRIORS, PlaceKind.HOME, False, 9 * HOUR_S, 20 * HOUR_S - 1)
    assert [first // HOUR_S for first, _, _ in found] == [9, 12, 17]
    expected = [0.5525 * 0.55, 0.5525 * 0.50, 0.5525 * 0.75]
    assert [p for _, _, p in found] == pytest.approx(expected)


def test_a_workplace_is_for_office_hours_of_working_days() -> None:
    def at_ten(is_working_day: bool) -> float:
        return PRIORS.p_met(PlaceKind.WORK, is_working_day, 10)

    assert at_ten(True) > PRIORS.p_met(PlaceKind.HOME, True, 10), "at work, not at home"
    assert at_ten(True) > PRIORS.p_met(PlaceKind.WORK, True, 20), "gone home by then"
    assert at_ten(True) > at_ten(False)


@given(kinds, st.booleans(), seconds, seconds, hours)
def test_pieces_cover_the_span_and_differ_from_their_neighbours(
    kind: PlaceKind, is_working_day: bool, a: int, b: int, failed: list[int]
) -> None:
    first, last = min(a, b), max(a, b)
    found = pieces(PRIORS, kind, is_working_day, first, last, failed)
    assert (found[0][0], found[-1][1]) == (first, last)
    for (_, end, p), (begin, _, q) in pairwise(found):
        assert begin == end + 1
        assert p != q
    for begin, end, p in found:
        assert 0 <= p <= 1
        for second in (begin, end):
            assert p == PRIORS.p_met(kind, is_working_day, second // HOUR_S, failed)


def test_an_empty_span_has_no_pieces() -> None:
    assert pieces(PRIORS, PlaceKind.HOME, True, 100, 99) == []


def test_a_single_second_is_a_piece() -> None:
    ((first, last, _),) = pieces(PRIORS, PlaceKind.HOME, True, HOUR_S, HOUR_S)
    assert (first, last) == (HOUR_S, HOUR_S)


def test_past_midnight_the_hours_of_the_day_repeat() -> None:
    ((_, _, night),) = pieces(PRIORS, PlaceKind.HOME, True, DAY_S + 1, DAY_S + 2)
    assert night == PRIORS.p_met(PlaceKind.HOME, True, 0)


def test_each_failure_lowers_its_own_hour_by_a_fifth() -> None:
    span = (9 * HOUR_S, 12 * HOUR_S - 1)  # .25 at home throughout
    (untried,) = pieces(PRIORS, PlaceKind.HOME, True, *span)
    found = pieces(PRIORS, PlaceKind.HOME, True, *span, failed_hours=[10, 10, 18])
    assert [first // HOUR_S for first, _, _ in found] == [9, 10, 11]
    nine, ten, eleven = (p for _, _, p in found)
    assert nine == eleven == untried[2]
    assert ten == pytest.approx(untried[2] * 0.8 * 0.8)


def test_every_prior_is_a_chance_with_a_source_and_no_law() -> None:
    assert set(PRIORS.kinds) == set(PlaceKind)
    for odds in PRIORS.kinds.values():
        for fact in (odds.valid, odds.answers, odds.working_day, odds.day_off, PRIORS.repeat):
            assert fact.source
            assert fact.seen in ("D", "S"), "nothing here was read in an official text"
        assert len(odds.working_day.value) == len(odds.day_off.value) == 24
        chances = (odds.valid.value, odds.answers.value, *odds.working_day.value)
        assert all(0 <= chance <= 1 for chance in (*chances, *odds.day_off.value))
