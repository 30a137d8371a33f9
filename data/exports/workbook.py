"""XLSX: one table, its header frozen, text always text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from decimal import Decimal
from typing import Any

from data.exports.day import ExportDay
from data.exports.table import Cell, headers, rows
from data.readers.templates import put_text

NARROWEST, WIDEST = 8, 48

SHOWN_AS: Mapping[type, str] = {time: "hh:mm", Decimal: "#,##0.00"}
"""How a spreadsheet shows values of a kind; all others as it likes."""


def write_workbook(day: ExportDay) -> bytes:
    """Return the day's table as a workbook of one sheet, a row per stop."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.title = "dayround", day.title
    sheet = book.active
    sheet.title = f"{day.on} v{day.version}"
    table: list[Sequence[Cell]] = [*([band] for band in day.bands), headers(day), *rows(day)]
    put_rows(sheet, table)
    shape(sheet, header=1 + len(day.bands))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put_rows(sheet: Any, table: Iterable[Sequence[Cell]]) -> None:
    """Write cells: text as text whatever it begins with, figures and hours as what they are."""
    for line, cells in enumerate(table, start=1):
        for number, value in enumerate(cells, start=1):
            cell = sheet.cell(line, number)
            if isinstance(value, str):
                put_text(cell, value)
            elif value is not None:
                cell.value = value
                cell.number_format = SHOWN_AS.get(type(value), "General")


def shape(sheet: Any, header: int) -> None:
    """Freeze the header, let the table be filtered, and make the columns as wide as they need."""
    from openpyxl.styles import Font

    sheet.freeze_panes = f"A{header + 1}"
    sheet.auto_filter.ref = f"A{header}:{sheet.dimensions.partition(':')[2]}"
    for line in range(1, header + 1):
        for cell in sheet[line]:
            cell.font = Font(bold=True)
    for column in sheet.iter_cols(min_row=header):
        longest = max(len(str(cell.value or "").encode("gb18030")) for cell in column)
        letter = column[0].column_letter
        sheet.column_dimensions[letter].width = min(max(NARROWEST, longest + 2), WIDEST)
