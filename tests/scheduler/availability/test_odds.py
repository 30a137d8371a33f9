"""The chance of meeting somebody: by place, day and hour, in pieces of equal chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.availability import PRIORS, Asked, Curve, pieces, stated_spans
from scheduler.calendar import DayKind
from scheduler.model import PlaceKind, Window
from tests.scheduler.little_book import ON, SHANGHAI, at, case, daily, place

HOUR_S = 3600
DAY_S = 24 * HOUR_S

kinds = st.sampled_from(PlaceKind)
seconds = st.integers(0, DAY_S - 1)
hours = st.lists(st.integers(0, 23), max_size=4)
WORKING, WEEKEND = DayKind.WORKING, DayKind.WEEKEND


def curve(kind: PlaceKind, day: DayKind = WORKING, failed: Sequence[int] = ()) -> Curve:
    return PRIORS.curve(Asked(kind, day, failed_hours=tuple(failed)))


def test_at_home_on_a_working_day() -> None:
    # Right address .85 x answers .65 = .5525, times the chance to be at home: .25 until 16:00,
    # .30 then and .52 from 17:00.
    found = pieces(curve(PlaceKind.HOME), 10 * HOUR_S, 18 * HOUR_S - 1)
    assert [(first, last) for first, last, _ in found] == [
        (10 * HOUR_S, 16 * HOUR_S - 1),
        (16 * HOUR_S, 17 * HOUR_S - 1),
        (17 * HOUR_S, 18 * HOUR_S - 1),
    ]
    expected = [0.5525 * 0.25, 0.5525 * 0.30, 0.5525 * 0.52]
    assert [p for _, _, p in found] == pytest.approx(expected)


def test_at_home_on_a_day_off() -> None:
    # 9-12 .55, 12-17 .50, 17-20 .75
    found = pieces(curve(PlaceKind.HOME, WEEKEND), 9 * HOUR_S, 20 * HOUR_S - 1)
    assert [first // HOUR_S for first, _, _ in found] == [9, 12, 17]
    expected = [0.5525 * 0.55, 0.5525 * 0.50, 0.5525 * 0.75]
    assert [p for _, _, p in found] == pytest.approx(expected)


def test_a_workplace_is_for_office_hours_of_working_days() -> None:
    at_work = curve(PlaceKind.WORK)
    assert at_work[20] > curve(PlaceKind.HOME)[20], "at ten: at work, not at home"
    assert at_work[20] > at_work[40], "gone home by eight in the evening"
    assert at_work[20] > curve(PlaceKind.WORK, WEEKEND)[20]


@pytest.mark.parametrize("kind", PlaceKind)
def test_a_holiday_is_a_day_off_and_a_day_made_up_for_is_worked(kind: PlaceKind) -> None:
    assert curve(kind, DayKind.HOLIDAY) == curve(kind, WEEKEND)
    assert curve(kind, DayKind.MAKE_UP) == curve(kind, WORKING)


@given(kinds, st.sampled_from(DayKind), seconds, seconds, hours)
def test_pieces_cover_the_span_and_differ_from_their_neighbours(
    kind: PlaceKind, day: DayKind, a: int, b: int, failed: list[int]
) -> None:
    first, last = min(a, b), max(a, b)
    chances = curve(kind, day, failed)
    found = pieces(chances, first, last)
    assert (found[0][0], found[-1][1]) == (first, last)
    for (_, end, p), (begin, _, q) in pairwise(found):
        assert begin == end + 1
        assert p != q
    for begin, end, p in found:
        assert 0 <= p <= 1
        for second in (begin, end):
            assert p == chances[second // 1800]


def test_an_empty_span_has_no_pieces() -> None:
    assert pieces(curve(PlaceKind.HOME), 100, 99) == []


def test_a_single_second_is_a_piece() -> None:
    ((first, last, _),) = pieces(curve(PlaceKind.HOME), HOUR_S, HOUR_S)
    assert (first, last) == (HOUR_S, HOUR_S)


def test_past_midnight_the_hours_of_the_day_repeat() -> None:
    ((_, _, night),) = pieces(curve(PlaceKind.HOME), DAY_S + 1, DAY_S + 2)
    assert night == curve(PlaceKind.HOME)[0]


def test_each_failure_lowers_its_own_hour_by_a_fifth() -> None:
    span = (9 * HOUR_S, 12 * HOUR_S - 1)  # .25 at home throughout
    (untried,) = pieces(curve(PlaceKind.HOME), *span)
    found = pieces(curve(PlaceKind.HOME, failed=[10, 10, 18]), *span)
    assert [first // HOUR_S for first, _, _ in found] == [9, 10, 11]
    nine, ten, eleven = (p for _, _, p in found)
    assert nine == eleven == untried[2]
    assert ten == pytest.approx(untried[2] * 0.8 * 0.8)


def test_every_prior_is_a_chance_with_a_source_and_no_law() -> None:
    assert set(PRIORS.kinds) == set(PlaceKind)
    for odds in PRIORS.kinds.values():
        for fact in (
            odds.valid,
            odds.answers,
            odds.working_day,
            odds.day_off,
            PRIORS.repeat,
            PRIORS.stated,
        ):
            assert fact.source
            assert fact.seen in ("D", "S"), "nothing here was read in an official text"
        assert len(odds.working_day.value) == len(odds.day_off.value) == 24
        chances = (odds.valid.value, odds.answers.value, *odds.working_day.value)
        assert all(0 <= chance <= 1 for chance in (*chances, *odds.day_off.value))


def test_hours_that_she_named_come_before_the_assumption() -> None:
    # Half past ten to noon: there by .9 instead of .25, at a right address by .85, answers by .65.
    asked = Asked(PlaceKind.HOME, WORKING, stated=((10 * HOUR_S + 1800, 12 * HOUR_S - 1),))
    found = PRIORS.curve(asked)
    assert found[21:24] == pytest.approx([0.85 * 0.9 * 0.65] * 3)
    assert found[20] == curve(PlaceKind.HOME)[20]
    failed = PRIORS.curve(replace(asked, failed_hours=(11,)))
    assert failed[22] == pytest.approx(0.8 * found[22]), "what she said stays subject to evidence"
    assert PRIORS.curve(replace(asked, stated=((0, HOUR_S * 24 - 1),)))[38] >= found[38]


def test_a_half_hour_of_which_she_named_a_part_is_not_raised() -> None:
    asked = Asked(PlaceKind.HOME, WORKING, stated=((10 * HOUR_S + 60, 10 * HOUR_S + 1799),))
    assert PRIORS.curve(asked) == curve(PlaceKind.HOME)


def test_an_appointment_or_else_short_hours_of_her_own_say_where_she_is() -> None:
    home = place(windows=(daily("18:00-20:00"), daily("09:00-17:00")))
    assert stated_spans([case("k1")], home, ON, SHANGHAI) == ((18 * HOUR_S, 20 * HOUR_S - 1),)
    agreed = case("k1", appointment=Window(at("10:00"), at("11:30")))
    assert stated_spans([agreed], home, ON, SHANGHAI) == ((10 * HOUR_S, 11 * HOUR_S + 1799),)
    assert stated_spans([agreed], home, ON + timedelta(days=1), SHANGHAI) == (
        (18 * HOUR_S, 20 * HOUR_S - 1),
    )
