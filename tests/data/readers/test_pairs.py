"""Pairs given by the supervisor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from data.readers.pairs import read_pairs
from data.readers.tables import File
from scheduler.model import Pair

Write = Callable[..., File]

HEADER = ["工号一", "工号二", "日期"]


def test_pairs_of_every_day_and_of_one(write_csv: Write) -> None:
    result = read_pairs(
        write_csv(
            HEADER,
            ["1", "2", ""],
            ["3", "4", "2026-11-23"],
            ["3", "5", "2026-11-24"],  # another partner on another day
        )
    )
    assert result.errors == ()
    assert result.records == (
        Pair("1", "2"),
        Pair("3", "4", date(2026, 11, 23)),
        Pair("3", "5", date(2026, 11, 24)),
    )


def test_nobody_goes_with_two(write_csv: Write) -> None:
    result = read_pairs(
        write_csv(
            HEADER,
            ["1", "2", ""],
            ["3", "1", "2026-11-23"],  # 1 goes with 2 on every day
            ["4", "5", "2026-11-23"],
            ["5", "4", "2026-11-23"],  # the same pair again
            ["6", "7", "2026-11-23"],
        )
    )
    assert result.records == (Pair("6", "7", date(2026, 11, 23)),)
    assert [(error.line, error.column, error.value) for error in result.errors] == [
        (2, "工号一", "1"),
        (3, "工号二", "1"),
        (4, "工号一", "4"),
        (4, "工号二", "5"),
        (5, "工号一", "5"),
        (5, "工号二", "4"),
    ]
    assert "same day (line 3); keep one" in result.errors[0].problem


def test_wrong_pairs(write_csv: Write) -> None:
    result = read_pairs(
        write_csv(HEADER, ["1", "1", ""], ["2", "9", ""], ["3", "", "x"]), collectors=set("123")
    )
    assert result.records == ()
    assert [(error.line, error.column) for error in result.errors] == [
        (2, "工号二"),
        (3, "工号二"),
        (4, "工号二"),
        (4, "日期"),
    ]
    assert "the first again" in result.errors[0].problem
    assert "no collector of the book" in result.errors[1].problem
