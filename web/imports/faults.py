"""The bad rows of a list as a workbook: as they were sent, with what to do behind each."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from data.readers.templates import put_text

if TYPE_CHECKING:
    from data.readers.tables import Table

TITLE = "错误 / What to do"
"""Header of the added column; a list that is sent again with it is read without it."""


def faults_workbook(table: Table, errors: Sequence[tuple[int, str, str]]) -> bytes:
    """Return the rows of `errors`, each (line, column, what to do), below their headers."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    said: dict[int, list[str]] = defaultdict(list)
    for line, column, problem in errors:
        said[line].append(f"{column}: {problem}")
    book = Workbook()
    sheet: Any = book.active
    _fill(sheet, 1, [*table.headers, TITLE])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, line in enumerate(sorted(said.keys() & set(table.cells.index)), start=2):
        _fill(sheet, number, [*table.cells.loc[line], "; ".join(said[line])])
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, number: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, start=1):
        put_text(sheet.cell(number, column), str(text))
