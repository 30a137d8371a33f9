"""Hours as people write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.readers import hours
from scheduler.model import EVERY_DAY, DailyWindow

WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
EVENING = (time(18), time(20))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:00-20:00", [(*EVENING, EVERY_DAY)]),
        ("18:00～20:00", [(*EVENING, EVERY_DAY)]),
        ("18点至20点", [(*EVENING, EVERY_DAY)]),
        ("18时—20时", [(*EVENING, EVERY_DAY)]),
        ("18点半到20点15分", [(time(18, 30), time(20, 15), EVERY_DAY)]),
        ("18:00:00 to 20:00:00", [(*EVENING, EVERY_DAY)]),
        ("Mon-Fri 18:00-20:00", [(*EVENING, WORKDAYS)]),
        ("周一至周五 18点-20点", [(*EVENING, WORKDAYS)]),
        ("每天 18:00-20:00", [(*EVENING, EVERY_DAY)]),
        (
            "09:00-12:00; 18:00-20:00",
            [(time(9), time(12), EVERY_DAY), (*EVENING, EVERY_DAY)],
        ),
        (
            "Mon-Fri 18:00-20:00; Sat,Sun 9:00-12:00",
            [(*EVENING, WORKDAYS), (time(9), time(12), WEEKEND)],
        ),
        (
            "工作日 18:00-20:00；周末 10:00-12:00",
            [(*EVENING, WORKDAYS), (time(10), time(12), WEEKEND)],
        ),
        (
            "周末 9:00-12:00，18:00-20:00",  # both spans at the weekend
            [(time(9), time(12), WEEKEND), (*EVENING, WEEKEND)],
        ),
        ("Saturday 20:00-24:00", [(time(20), time(23, 59), frozenset({5}))]),
    ],
)
def test_windows(text: str, expected: list[tuple[time, time, frozenset[int]]]) -> None:
    assert hours.windows(text) == tuple(DailyWindow(*window) for window in expected)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("20:00-18:00", "20:00-18:00, which ends before it starts"),
        ("22:00-02:00", "ends before it starts"),
        ("9:00-9:00", "ends before it starts"),
        ("25:00-26:00", "from 00:00 to 24:00"),
        ("9:75-10:00", "from 00:00 to 24:00"),
        ("evening", "no hours"),
        ("9:00", "no hours"),
        ("9:00-12:00 maybe", "no hours"),
        ("Someday 9:00-12:00", "no weekday"),
        ("下午2点-5点", "no weekday"),  # 14:00 or 2:00: never guessed
    ],
)
def test_impossible_windows(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        hours.windows(text)


@given(
    st.lists(
        st.builds(
            lambda start, length, days: (start, min(1439, start + length), days),
            st.integers(0, 1400),
            st.integers(1, 600),
            st.sets(st.integers(0, 6), min_size=1).map(frozenset),
        ),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_any_windows_come_back_as_written(spans: list[tuple[int, int, frozenset[int]]]) -> None:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    text = "; ".join(
        f"{','.join(names[day] for day in sorted(days))} "
        f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
        for start, end, days in spans
    )
    expected = [
        DailyWindow(time(start // 60, start % 60), time(end // 60, end % 60), days)
        for start, end, days in spans
    ]
    assert hours.windows(text) == tuple(expected)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", WORKDAYS),
        ("monday to friday", WORKDAYS),
        ("周一至周五", WORKDAYS),
        ("星期一,三,五", {0, 2, 4}),
        ("周六日", WEEKEND),
        ("周六、周日", WEEKEND),
        ("Sat-Mon", {5, 6, 0}),  # through Sunday
        ("Tue, Thurs", {1, 3}),
        ("工作日和周六", {0, 1, 2, 3, 4, 5}),
    ],
)
def test_weekdays(text: str, days: set[int]) -> None:
    assert hours.weekdays(text) == days


@pytest.mark.parametrize("text", ["1-5", "noday", "Monster", "-"])
def test_no_weekdays(text: str) -> None:
    with pytest.raises(ValueError, match="no weekday"):
        hours.weekdays(text)


@pytest.mark.parametrize(
    ("text", "minute"), [("9:00", 540), ("09:00:00", 540), ("24:00", 1440), ("18点30分", 1110)]
)
def test_clock(text: str, minute: int) -> None:
    assert hours.clock(text) == minute


@pytest.mark.parametrize("text", ["24:01", "9:60", "nine", "-1:00"])
def test_no_clock(text: str) -> None:
    with pytest.raises(ValueError, match="no time of day"):
        hours.clock(text)


def test_breaks() -> None:
    noon = (12 * 60, 13 * 60)
    floating = (11 * 60 + 30, 13 * 60 + 30)
    hour, half = timedelta(hours=1), timedelta(minutes=30)
    assert hours.breaks("12:00-13:00") == (hours.BreakHours(noon, hour),)
    assert hours.breaks("30min 11:30-13:30") == (hours.BreakHours(floating, half),)
    assert hours.breaks("30分钟 11:30-13:30 带薪；12点-13点 (unpaid)") == (
        hours.BreakHours(floating, half, is_paid=True),
        hours.BreakHours(noon, hour),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3h 12:00-13:00", "does not fit"),
        ("30min", "no hours"),
        ("12:00-13:00 tea", "no length"),
        ("13:00-12:00", "before it starts"),
    ],
)
def test_wrong_breaks(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        hours.breaks(text)


@pytest.mark.parametrize("text", ["90", "90min", "90 分钟", "1.5h", "1.5小时", "1:30", "90.0"])
def test_durations(text: str) -> None:
    assert hours.duration(text) == timedelta(minutes=90)


def test_no_duration() -> None:
    with pytest.raises(ValueError, match="no length of time"):
        hours.duration("yes")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 14:00-16:00",
        "2026年11月23日14点-16点",
        "20261123 14:00~16:00",
        "2026/11/23，14:00至16:00",
    ],
)
def test_appointments(text: str) -> None:
    assert hours.appointment(text) == (date(2026, 11, 23), (14 * 60, 16 * 60))


@pytest.mark.parametrize("text", ["14:00-16:00", "2026-11-23", "2026-11-23 14:00", "tomorrow"])
def test_appointments_without_day_or_hours(text: str) -> None:
    with pytest.raises(ValueError, match="2026-11-23 14:00-16:00"):
        hours.appointment(text)


def test_the_end_of_a_day_is_the_next_midnight() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    assert hours.instant(date(2026, 11, 30), 1440, zone) == datetime(2026, 12, 1, tzinfo=zone)
