"""Workbooks: dates, numbers as text and the reverse, formulas, sheets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook

from data.readers import limits
from data.readers.limits import MOST_ROWS
from data.readers.report import FileError
from data.readers.workbook import read_workbook


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def one_cell(value: Any, number_format: str | None = None) -> str:
    """Return the text that is read from a cell of that value."""
    book = Workbook()
    book.active["A1"] = value
    if number_format:
        book.active["A1"].number_format = number_format
    frame, faults, _ = read_workbook(saved(book))
    assert not faults
    return str(frame.iloc[0, 0])


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("00123", None, "00123"),
        (123, None, "123"),
        (123, "000000", "000123"),  # zeros that only the format shows
        (123.0, None, "123"),
        (1234.5, "#,##0.00", "1234.5"),
        (13800000000, None, "13800000000"),
        (622100123456789012, None, "6.22100123456789E+17"),
        (6.22100123456789e17, None, "6.22100123456789E+17"),
        (date(2026, 11, 3), None, "2026-11-03"),
        (datetime.fromisoformat("2026-11-03 14:30"), None, "2026-11-03 14:30:00"),
        (time(9, 30), None, "09:30:00"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        (True, None, "yes"),
        (46329, "yyyy/m/d", "2026-11-03"),
    ],
)
def test_cells_read_as_a_person_sees_them(value: Any, number_format: str | None, text: str) -> None:
    assert one_cell(value, number_format) == text


def test_text_that_looks_like_a_formula_is_text() -> None:
    book = Workbook()
    cell = book.active["A1"]
    cell.value, cell.data_type = "=1+1", "s"
    assert read_workbook(saved(book))[0].iloc[0, 0] == "=1+1"


def test_a_formula_without_a_result_is_named() -> None:
    book = Workbook()
    book.active.append(["x", "=1+1"])
    book.active.append(["y", "plain"])
    _, faults, _ = read_workbook(saved(book))
    assert list(faults) == [(1, 1)]
    assert "formula without a result (cell B1)" in faults[1, 1]


def with_cell(xml: str) -> bytes:
    """Return a workbook whose cell B1 is `xml`, as other programs write it."""
    book = Workbook()
    book.active.append(["x", 7])
    source, target = io.BytesIO(saved(book)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                assert b'<c r="B1" t="n"><v>7</v></c>' in text
                text = text.replace(b'<c r="B1" t="n"><v>7</v></c>', xml.encode())
            new.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="B1"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="B1" t="str"><f>A1</f><v>x</v></c>', "x"),
        ('<c r="B1" t="str"><f>""</f><v></v></c>', ""),  # computed, and empty
    ],
)
def test_the_stored_result_of_a_formula_is_read(xml: str, text: str) -> None:
    frame, faults, _ = read_workbook(with_cell(xml))
    assert frame.iloc[0, 1] == text
    assert not faults


def test_a_damaged_sheet() -> None:
    with pytest.raises(FileError, match=r"cannot be read .* save it again as \.xlsx"):
        read_workbook(with_cell("<c"))


def test_an_error_of_the_spreadsheet_is_named() -> None:
    _, faults, _ = read_workbook(with_cell('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'))
    assert "error of the spreadsheet (cell B1)" in faults[1, 1]


def two_sheets() -> Any:
    book = Workbook()
    book.active.title = "hidden"
    book.active.sheet_state = "hidden"
    for title in ("first", "second"):
        book.create_sheet(title).append([title])
    return book


def test_the_first_visible_sheet_is_read_and_the_others_told() -> None:
    frame, _, notes = read_workbook(saved(two_sheets()))
    assert frame.iloc[0, 0] == "first"
    assert notes == ("sheet 'first' was read; not read: hidden, second",)


def test_a_sheet_can_be_named() -> None:
    assert read_workbook(saved(two_sheets()), "second")[0].iloc[0, 0] == "second"
    with pytest.raises(FileError, match="no sheet 'third'; there are hidden, first, second"):
        read_workbook(saved(two_sheets()), "third")


def test_an_empty_sheet(write_bytes: Callable[..., Any]) -> None:
    from tests.data.readers.test_tables import read

    with pytest.raises(FileError, match="empty"):
        read(write_bytes(saved(Workbook()), "list.xlsx"))


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def with_sheet(rows: bytes, before: bytes = b"") -> bytes:
    """Return a workbook whose one sheet is these rows of XML."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(Workbook()))) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            told = before + SHEET + rows + b"</sheetData></worksheet>"
            target.writestr(name, told if is_sheet else source.read(name))
    return packed.getvalue()


def test_a_workbook_that_unpacks_to_hundreds_of_times_its_size_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    most = 16 << 20  # a sixteenth of what is read, so that the test need not write it all
    monkeypatch.setattr(limits, "MOST_UNPACKED_BYTES", most)
    bomb = with_sheet(b" " * (most + 1))
    assert len(bomb) < most / 500
    with pytest.raises(FileError, match="unpacks to 16 MB, and 16 MB are read at most"):
        read_workbook(bomb)


def test_rows_that_a_cell_far_away_makes_are_counted() -> None:
    far = f'<row r="{MOST_ROWS + 1}"><c r="A{MOST_ROWS + 1}"><v>1</v></c></row>'
    with pytest.raises(FileError, match="more than 200,000 rows"):
        read_workbook(with_sheet(far.encode()))


def test_cells_that_a_column_far_away_makes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    # A cell in XFD makes 16,384 cells of its row: six such rows have 98,304, seven 114,688.
    monkeypatch.setattr(limits, "MOST_CELLS", 100_000)
    far = [f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 8)]
    assert read_workbook(with_sheet("".join(far[:6]).encode()))[0].shape == (6, 16_384)
    with pytest.raises(FileError, match="more than 100,000 cells"):
        read_workbook(with_sheet("".join(far).encode()))


def test_no_entity_of_a_workbook_is_expanded() -> None:
    a_file = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    with pytest.raises(FileError, match="the workbook cannot be read"):
        read_workbook(with_sheet(cell, a_file))
