"""Single cells: what is understood, and what is refused in words that help."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.readers import values
from data.readers.words import DATUMS, MODES, PLACE_KINDS, YES_NO, one_of
from routing.datum import Datum
from routing.travel import Mode
from scheduler.model import PlaceKind, StopFlag


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00123", "00123"),  # leading zeros are part of a number that names something
        ("ＨＴ－００１", "HT-001"),
        ('="00123"', "00123"),  # how a CSV keeps Excel from dropping the zeros
        ("'00123", "00123"),
        ("3E12", "3E12"),  # a contract number, not a lost one: Excel would write E+12
        ("622100123456789012", "622100123456789012"),
    ],
)
def test_identifiers_stay_text(text: str, expected: str) -> None:
    assert values.identifier(text) == expected


@pytest.mark.parametrize("text", ["6.221E+18", "6.22100123456789E+18", "1E+15"])
def test_a_number_that_lost_its_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"last digits .* format the column as text"):
        values.identifier(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234.5", "1234.50"),
        ("¥1,234.50", "1234.50"),
        ("￥１，２３４．５０元", "1234.50"),
        ("1.2万", "12000"),
        ("RMB 3500", "3500"),
        ("0", "0"),
        ("1E+5", "100000"),
        ("0.30000000000000004", "0.30"),  # 0.1 + 0.2 in a spreadsheet
    ],
)
def test_money(text: str, expected: str) -> None:
    assert values.money(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("-5", "negative"),
        ("-¥1,200", "negative"),
        ("12,34", "no sum"),  # neither thousands nor a decimal point
        ("abc", "no sum"),
        ("1e99", "more than a debt"),
        ("622100123456789012", "more than a debt"),  # a contract number in the wrong column
    ],
)
def test_wrong_money(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        values.money(text)


@pytest.mark.parametrize("text", ["1.2", "1.2万", "1.2 万元"])
def test_money_below_a_header_in_ten_thousands(text: str) -> None:
    assert values.ten_thousands(text) == 12_000


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_money_comes_back_as_written(amount: Decimal) -> None:
    assert values.money(f"{amount:,}") == values.money(str(amount)) == amount


@pytest.mark.parametrize("text", ["35", "35天", "35 days", "35.0", "３５", "+35"])
def test_days(text: str) -> None:
    assert values.count(0, 36_500, "天|days?")(text) == 35


@pytest.mark.parametrize(
    ("text", "problem"), [("-1", "between 0"), ("3.5", "whole"), ("x", "whole")]
)
def test_wrong_days(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        values.count(0, 36_500, "天")(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-03", "2026/11/3", "2026.11.3", "20261103", "2026年11月3日", "2026年11月03日"),
        *("2026-11-03 00:00:00", "2026/11/3 0:00", "2026-11-03T00:00", "２０２６－１１－０３"),
        "46329",  # Excel counts from 1899-12-30: 126 years of 365.25 days and some
    ],
)
def test_dates(text: str) -> None:
    assert values.day(text) == date(2026, 11, 3)


@given(st.dates(date(1955, 1, 1), date(2100, 12, 31)))
def test_excel_serials_count_days(day: date) -> None:
    # Excel's own anchor: 36526 is 2000-01-01.
    serial = 36526 + (day - date(2000, 1, 1)).days
    assert values.day(str(serial)) == day


def test_seconds_tell_two_tries_of_one_minute_apart() -> None:
    assert values.moment("2026-11-03 10:05:59") == (date(2026, 11, 3), time(10, 5, 59))


def test_excel_serials_tell_the_clock_behind_the_point() -> None:
    assert values.moment("46000.5") == (values.moment("46000")[0], time(12))
    assert values.moment("46000.999999")[1] == time(23, 59, 59)


@pytest.mark.parametrize("text", ["2026-11-20T10:05:00Z", "2026-11-20 10:05+08:00"])
def test_a_time_of_another_zone_says_so(text: str) -> None:
    with pytest.raises(ValueError, match="has an offset from UTC"):
        values.moment(text)


def test_a_text_has_an_end() -> None:
    """Several ids are the key of a row, which PostgreSQL keeps in 2,700 bytes."""
    assert values.identifier("借" * values.LONGEST_NAME)
    with pytest.raises(ValueError, match="is longer than 200 signs"):
        values.identifier("k" * 5000)
    with pytest.raises(ValueError, match="is longer than 4,000 signs"):
        values.text("x" * 20_000)
    with pytest.raises(ValueError, match="has signs that are no text"):
        values.text("a\x01b")
    assert values.text("two\nlines 😀") == "two\nlines 😀"


@pytest.mark.parametrize(
    "text", ["11/3/2026", "3-Nov", "2026-13-01", "2026-02-30", "soon", "0026-01-01"]
)
def test_dates_that_are_none_or_two(text: str) -> None:
    with pytest.raises(ValueError, match="write"):
        values.day(text)


def test_a_moment_keeps_its_time() -> None:
    assert values.moment("2026/11/3 9:05") == (date(2026, 11, 3), time(9, 5))
    assert values.moment("2026/11/3") == (date(2026, 11, 3), None)
    with pytest.raises(ValueError, match="no day of the calendar"):
        values.moment("2026/11/3 25:00")


def test_swapped_coordinates_are_seen() -> None:
    # Longitudes of Shanghai and New York are no latitudes where streets are.
    for longitude in ("121.47", "-73.99"):
        with pytest.raises(ValueError, match="swapped"):
            values.latitude(longitude)
    assert values.latitude("31.23°") == 31.23
    assert values.longitude("121.47") == 121.47
    with pytest.raises(ValueError, match="no longitude"):
        values.longitude("212")
    with pytest.raises(ValueError, match="no number of degrees"):
        values.longitude("116°23'")
    with pytest.raises(ValueError, match="no latitude"):
        values.latitude("nan")


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("否", set()),
        ("no", set()),
        ("×", set()),
        ("√", {StopFlag.OTHER}),
        ("已结清", {StopFlag.PAID}),
        ("Complaint", {StopFlag.COMPLAINT}),
        ("投诉；住院", {StopFlag.COMPLAINT, StopFlag.HOSPITAL}),
        ("consent_withdrawn", {StopFlag.CONSENT_WITHDRAWN}),
        ("是", {StopFlag.OTHER}),
        ("某种原因", {StopFlag.OTHER}),  # not understood: stops, rather than sends somebody
    ],
)
def test_stops(text: str, flags: set[StopFlag]) -> None:
    assert values.stops(text) == flags


@pytest.mark.parametrize("flag", StopFlag)
def test_every_stop_flag_can_be_written(flag: StopFlag) -> None:
    assert values.stops(flag.value) == {flag}
    assert not values.unknown_stops(flag.value)


def test_unknown_stops_are_named() -> None:
    assert values.unknown_stops("某种原因, 投诉") == {"某种原因"}


def test_lists_and_languages() -> None:
    assert values.words("a, b；c、d|e") == {"a", "b", "c", "d", "e"}
    assert values.languages("普通话、粤语, Klingon") == {"mandarin", "cantonese", "klingon"}


def test_words_of_the_domain_in_both_languages() -> None:
    assert one_of(MODES, "")("E-Bike") is one_of(MODES, "")("电动车") is Mode.EBIKE
    assert one_of(DATUMS, "")("gcj-02") is one_of(DATUMS, "")("火星坐标") is Datum.GCJ02
    assert one_of(PLACE_KINDS, "")("户籍") is PlaceKind.REGISTERED
    assert one_of(YES_NO, "")("√") is one_of(YES_NO, "")("Yes") is True
    assert one_of(YES_NO, "")("×") is one_of(YES_NO, "")("否") is False
    with pytest.raises(ValueError, match="not understood; write car or walk"):
        one_of(MODES, "car or walk")("rocket")


@pytest.mark.parametrize(
    ("text", "bucket"), [("M2", "M2"), ("m7+", "M7"), ("M9", "M7"), ("C", None)]
)
def test_buckets(text: str, bucket: str | None) -> None:
    assert values.bucket(text) == bucket
