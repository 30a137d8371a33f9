"""Kinds of days: make-up working days, years that are not announced, other countries."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar import DayInfo, DayKind, day_info, lunar_new_year

MAKE_UP_DAYS_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]  # State Council's notice


@pytest.mark.parametrize(("month", "day"), MAKE_UP_DAYS_2026)
def test_a_make_up_day_is_a_weekend_day_that_is_worked(month: int, day: int) -> None:
    on = date(2026, month, day)
    assert on.weekday() >= 5
    assert day_info("CN", on).kind is DayKind.MAKE_UP


def test_2026_has_no_other_make_up_day() -> None:
    days = (date.fromordinal(n) for n in range(*year(2026)))
    assert sum(day_info("CN", on).kind is DayKind.MAKE_UP for on in days) == 6


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 2, 13), DayKind.WORKING),  # the Friday before
        (date(2026, 2, 14), DayKind.MAKE_UP),  # Saturday
        (date(2026, 2, 15), DayKind.HOLIDAY),  # Sunday, the holiday's first day
        (date(2026, 2, 23), DayKind.HOLIDAY),  # Monday, its last
        (date(2026, 2, 24), DayKind.WORKING),
        (date(2026, 11, 21), DayKind.WEEKEND),  # a plain Saturday
    ],
)
def test_days_around_the_spring_festival_of_2026(on: date, kind: DayKind) -> None:
    assert day_info("CN", on).kind is kind
    assert not day_info("CN", on).is_provisional


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2027, 2, 8), DayKind.HOLIDAY),  # day 3, statutory
        (date(2027, 3, 6), DayKind.WEEKEND),  # a Saturday that may yet be worked
        (date(2027, 3, 5), DayKind.WORKING),
    ],
)
def test_a_year_not_announced_is_provisional_and_says_so(on: date, kind: DayKind) -> None:
    info = day_info("CN", on)
    assert (info.kind, info.is_provisional) == (kind, True)
    assert "provisional" in str(info)


def test_a_day_says_what_it_is() -> None:
    assert str(day_info("CN", date(2026, 2, 14))) == "2026-02-14 (make-up, Spring Festival)"
    assert str(DayInfo(date(2026, 11, 23), DayKind.WORKING)) == "2026-11-23 (working)"


def test_other_countries_have_their_statutory_holidays() -> None:
    thanksgiving = date(2026, 11, 26)  # the fourth Thursday of November
    assert day_info("US", thanksgiving).kind is DayKind.HOLIDAY
    assert day_info("US", date(2027, 11, 26)).kind is DayKind.WORKING  # a Friday
    assert not day_info("US", date(2027, 11, 25)).is_provisional


def test_no_country_knows_weekends_alone() -> None:
    assert day_info("", date(2026, 12, 25)).kind is DayKind.WORKING
    assert day_info("", date(2026, 12, 26)).kind is DayKind.WEEKEND


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(LookupError, match="'XX'"):
        day_info("XX", date(2026, 1, 1))


@pytest.mark.parametrize(
    "first",  # as the Hong Kong Observatory's tables give them
    [date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26)],
)
def test_the_lunar_new_year(first: date) -> None:
    assert lunar_new_year(first.year) == first


def year(number: int) -> tuple[int, int]:
    return date(number, 1, 1).toordinal(), date(number + 1, 1, 1).toordinal()
