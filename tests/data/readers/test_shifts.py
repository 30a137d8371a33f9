"""Rosters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data.readers.report import ReadResult
from data.readers.shifts import read_shifts
from data.readers.tables import File
from scheduler.model import Break, Shift, Window

ZONE = ZoneInfo("Asia/Shanghai")
HEADER = ["工号", "日期", "截止日期", "星期", "上班时间", "下班时间", "休息", "最长加班"]

Write = Callable[..., File]


def read(file: File, **options: Any) -> ReadResult[Shift]:
    return read_shifts(file, zone=ZONE, **options)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_a_shift_with_breaks_and_overtime(write_csv: Write) -> None:
    row = [
        "007",
        "2026/11/23",
        "",
        "",
        "9:00",
        "18:00",
        "12:00-13:00; 15min 15:00-16:00 paid",
        "30",
    ]
    result = read(write_csv(HEADER, row))
    assert result.errors == ()
    lunch = Break(Window(at(23, 12), at(23, 13)), timedelta(hours=1))
    tea = Break(Window(at(23, 15), at(23, 16)), timedelta(minutes=15), is_paid=True)
    window = Window(at(23, 9), at(23, 18))
    assert result.records == (Shift("007", window, (lunch, tea), timedelta(minutes=30)),)


def test_a_span_of_days(write_csv: Write) -> None:
    # 2026-11-23 is a Monday; the span ends on Sunday the 29th.
    row = ["007", "2026-11-23", "2026-11-29", "周一至周三、周六", "9:00", "24:00", "", ""]
    result = read(write_csv(HEADER, row))
    assert [shift.window.start.day for shift in result.records] == [23, 24, 25, 28]
    assert result.records[0].window.end == at(24, 0)


def test_what_is_absent_is_said(write_csv: Write) -> None:
    result = read(write_csv(["id", "date", "start", "end"], ["1", "2026-11-23", "9:00", "18:00"]))
    assert result.records[0] == Shift("1", Window(at(23, 9), at(23, 18)))
    assert any("without a rest" in note for note in result.notes)


def test_faults(write_csv: Write) -> None:
    rows = [
        ["1", "2026-11-23", "", "", "22:00", "6:00", "", ""],  # a night shift
        ["2", "2026-11-23", "2026-11-22", "", "9:00", "18:00", "", ""],
        ["3", "2026-11-23", "2026-11-24", "周日", "9:00", "18:00", "", ""],
        ["4", "2026-11-23", "", "", "9:00", "18:00", "18:00-19:00", "lots"],
        ["5", "2026-11-23", "2028-11-23", "", "9:00", "18:00", "", ""],
        ["6", "", "", "", "9am", "", "", ""],
        ["9", "2026-11-23", "", "", "9:00", "18:00", "", ""],
        ["8", "2026-11-23", "", "", "9:00", "18:00", "", ""],
    ]
    result = read(write_csv(HEADER, *rows), collectors=set("1234568"))
    assert [shift.collector_id for shift in result.records] == ["8"]
    assert [(error.line, error.column) for error in result.errors] == [
        (2, "下班时间"),
        (3, "截止日期"),
        (4, "星期"),
        (5, "休息"),
        (5, "最长加班"),
        (6, "截止日期"),
        (7, "日期"),
        (7, "上班时间"),
        (7, "下班时间"),
        (8, "工号"),
    ]
    assert "passes midnight is not supported" in result.errors[0].problem
    assert "no collector of the book" in result.errors[-1].problem


def test_two_shifts_on_a_day_are_told_once_per_row(write_csv: Write) -> None:
    rows = [
        ["1", "2026-11-23", "2026-11-27", "", "9:00", "18:00", "", ""],
        ["1", "2026-11-26", "2026-11-30", "", "9:00", "18:00", "", ""],
        ["2", "2026-11-26", "", "", "9:00", "18:00", "", ""],
    ]
    result = read(write_csv(HEADER, *rows))
    assert {shift.collector_id for shift in result.records} == {"2"}
    assert [error.line for error in result.errors] == [2, 3]
    assert f"two shifts on {date(2026, 11, 26)} (lines 2, 3)" in result.errors[0].problem
