"""CSV and XLSX: read again by other eyes, with text that would be a formula, and rare signs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.exports.day import BAND, ExportDay
from data.exports.separated import guarded, write_csv
from data.exports.workbook import write_workbook
from data.masking import Masking
from tests.data.exports.little_day import FIRST, REST, SECOND, crew, export_day, visit

RARE = '𠮷䶮镕 "quoted", comma\nand line'
"""A sign of four bytes, one of GB18030's later editions, and all that CSV must quote."""


def read_csv(day: ExportDay) -> list[list[str]]:
    """Read a table as any program does."""
    text = write_csv(day).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def sheet_of(day: ExportDay) -> Any:
    return load_workbook(io.BytesIO(write_workbook(day))).active


def row_of(day: ExportDay) -> dict[str, str]:
    """Return the first row by its headers."""
    headers, row, *_ = read_csv(day)
    return dict(zip(headers, row, strict=True))


def test_a_csv_tells_each_stop_in_order() -> None:
    headers, *rows = read_csv(export_day())
    assert headers[:6] == ["Crew", "Collectors", "Stop", "From", "To", "What"]
    assert [row[2:6] for row in rows] == [
        ["1", "09:00", "09:20", "visit"],
        ["", "11:00", "11:30", "break"],
        ["2", "12:00", "12:20", "another agency's visit"],
    ]
    assert rows[0][6:] == [
        *("王小明", "13800138000", "home", "中山路 1 号"),
        *("C1, C2", "1234.50", "CNY", "25.01", "121.51"),
    ]
    assert rows[2][6:] == [""] * 9


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert write_csv(export_day()).startswith(b"\xef\xbb\xbfCrew,")


def test_headers_and_words_are_in_the_language_asked_for() -> None:
    headers, first, rest, _ = read_csv(export_day(language="zh"))
    assert headers[:4] == ["小组", "外访员", "站", "开始"]
    assert (first[5], first[8], rest[5]) == ("上门", "住址", "休息")


def test_a_masked_table_shows_that_there_is_a_sum() -> None:
    day = export_day(crew(replace(FIRST, overdue=None), REST, SECOND), masking=Masking.MASKED)
    assert [row[11] for row in read_csv(day)[1:]] == ["•••", "", ""]
    (row,) = read_csv(replace(visit(overdue=None), masking=Masking.STREET))[1:]
    assert row[11:13] == ["", ""]


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 138", "-1", "@SUM(A1)", " =1+1", "\t=1", "\n=1", "＝1", "－2", "＠x"]
)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    assert row_of(visit(name=text))["Name"] == f"'{text}"
    sheet = sheet_of(visit(name=text))
    assert (sheet["G2"].value, sheet["G2"].data_type) == (text, "s")


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    told = guarded(text)
    assert isinstance(told, str)
    assert told.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert told.removeprefix("'") == text.removeprefix("'")


def test_figures_are_no_text() -> None:
    assert [guarded(value) for value in (Decimal("-1.50"), -2.5, 3, None)] == [
        *(Decimal("-1.50"), -2.5, 3, None)
    ]


def test_rare_signs_quotes_and_lines_come_back() -> None:
    assert row_of(visit(name=RARE, where=RARE))["Address"] == RARE
    sheet = sheet_of(visit(name=RARE))
    assert sheet["G2"].value == RARE
    assert RARE.encode("gb18030").decode("gb18030") == RARE


def test_a_workbook_is_one_table_below_a_frozen_header() -> None:
    sheet = sheet_of(export_day())
    assert sheet.title == "2026-11-23 v3"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:O4"  # fifteen columns, a header and three stops
    assert [cell.font.bold for cell in sheet[1]] == [True] * 15
    assert (sheet["C2"].value, sheet["C2"].data_type) == (1, "n")
    assert (sheet["H2"].value, sheet["H2"].data_type) == ("13800138000", "s")
    assert (sheet["L2"].value, sheet["L2"].data_type) == (1234.5, "n")
    assert sheet["L2"].number_format == "#,##0.00"
    assert (sheet["D2"].value, sheet["D2"].number_format) == (time(9), "hh:mm")


def test_a_made_up_home_says_so_first() -> None:
    assert read_csv(export_day(is_made_up=True))[0] == [BAND]
    sheet = sheet_of(export_day(is_made_up=True))
    assert sheet["A1"].value == BAND
    assert sheet["A2"].value == "Crew"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:O5"
    assert all("made-up" not in str(cell) for row in read_csv(export_day()) for cell in row)
