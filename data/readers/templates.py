"""Workbooks to fill in: headers in both languages, what each column does, a made-up row."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from data.readers.case_columns import CASES
from data.readers.columns import Column, Registry
from data.readers.contact_columns import CONTACTS
from data.readers.gazetteer_columns import GAZETTEER
from data.readers.payment_columns import PAYMENTS
from data.readers.score_columns import SCORES
from data.readers.staff_columns import COLLECTORS, PAIRS, SHIFTS
from data.readers.workbook import HELP_SHEET

REGISTRIES: Mapping[str, Registry] = {
    "cases": CASES,
    "collectors": COLLECTORS,
    "shifts": SHIFTS,
    "pairs": PAIRS,
    "gazetteer": GAZETTEER,
    "contacts": CONTACTS,
    "payments": PAYMENTS,
    "scores": SCORES,
}

_HELP_TITLES = (
    *("列 / Column", "字段 / Field", "必填 / Required", "说明", "What it does"),
    *("示例 / Example", "也可写作 / Also understood"),
)
_ROWS = 5000
"""So many rows are prepared: text cells, lists to choose from."""


def template(kind: str) -> bytes:
    """Return an XLSX for a kind of list: 'cases', 'collectors', … as in `REGISTRIES`.

    The first sheet has the headers and a made-up row, the second explains each column.

    Raises
    ------
    ValueError
        Where there is no such kind.
    """
    from openpyxl import Workbook

    if kind not in REGISTRIES:
        raise ValueError(f"no template {kind!r}; there are {', '.join(REGISTRIES)}")
    book = Workbook()
    _fill_list(book.active, kind, REGISTRIES[kind].columns)
    _fill_help(book.create_sheet(HELP_SHEET), REGISTRIES[kind].columns)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put_text(cell: Any, text: str) -> None:
    """Set an openpyxl cell to text, also where it begins with '=' and would be a formula."""
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"


def _fill_list(sheet: Any, kind: str, columns: tuple[Column, ...]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.title = kind
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        header = sheet.cell(1, number)
        put_text(header, f"{column.title}{' *' if column.is_required else ''}")
        header.font = Font(bold=True)
        put_text(sheet.cell(2, number), column.example)
        letter = get_column_letter(number)
        # The whole column is text: dates and long numbers stay as they are typed.
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = max(14, len(column.title) + 6)
        if column.choices:
            _offer(sheet, f"{letter}2:{letter}{_ROWS}", column.choices)


def _offer(sheet: Any, cells: str, choices: tuple[str, ...]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(
        type="list",
        formula1=f'"{",".join(choices)}"',
        allow_blank=True,
        showErrorMessage=True,
        error=" / ".join(choices),
    )
    offered.add(cells)
    sheet.add_data_validation(offered)


def _fill_help(sheet: Any, columns: tuple[Column, ...]) -> None:
    from openpyxl.styles import Alignment, Font

    rows = [_HELP_TITLES, *map(_explanation, columns)]
    for line, texts in enumerate(rows, start=1):
        for number, text in enumerate(texts, start=1):
            cell = sheet.cell(line, number)
            put_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=line == 1)
    for letter, width in zip("ABCDEFG", (28, 20, 12, 44, 44, 28, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _explanation(column: Column) -> tuple[str, ...]:
    """Return a column's row of the help sheet, under `_HELP_TITLES`."""
    required = "是 yes" if column.is_required else "否 no"
    also = ", ".join(column.synonyms)
    return (
        *(column.title, column.field, required, column.help_zh, column.help_en),
        *(column.example, also),
    )
