"""XLSX: cells as the text that a person sees in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from data.readers.limits import refuse_large, refuse_unpacked
from data.readers.report import FileError

if TYPE_CHECKING:
    import pandas as pd

Faults = dict[tuple[int, int], str]

_DIGITS_KEPT = 10**15
"""From here on Excel's numbers lose digits; what is left is written 6.221…E+18."""

_FORMULA = re.compile(rb"<f[\s>/]")

HELP_SHEET = "说明 Help"


def read_workbook(
    data: bytes, sheet: str | None = None
) -> tuple[pd.DataFrame, Faults, tuple[str, ...]]:
    """Return a sheet's cells as text, the faults by (line, column), and what else there is.

    Raises
    ------
    FileError
        Where there is no such sheet, or the workbook is damaged.
    """
    try:
        return _read(data, sheet)
    except FileError:
        raise
    except Exception as error:  # openpyxl lets through whatever its XML readers raise
        raise FileError(
            f"the workbook cannot be read ({error}): open it in a spreadsheet program and save it "
            "again as .xlsx"
        ) from error


def _read(data: bytes, sheet: str | None) -> tuple[pd.DataFrame, Faults, tuple[str, ...]]:
    import pandas as pd

    refuse_unpacked(_unpacked_bytes(data))
    book = _open(data, with_formulas=False)
    chosen = _choose(book, sheet)
    faults: Faults = {}
    rows: list[list[str]] = []
    for line, cells in _lines(chosen):
        rows.append([cell_text(cell) for cell in cells])
        for column, cell in enumerate(cells):
            if cell.data_type == "e":
                faults[line, column] = _error_text(line, column)
    if _has_formulas(data):
        faults |= _unstored_formulas(data, chosen)
    width = max(map(len, rows), default=0)
    frame = pd.DataFrame([row + [""] * (width - len(row)) for row in rows], dtype=object)
    return frame, faults, _other_sheets(book, chosen.title)


def cell_text(cell: Any) -> str:
    """Return what an openpyxl cell shows: ISO dates, whole numbers without '.0', kept zeros."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format or "")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value // timedelta(hours=1)}:{value // timedelta(minutes=1) % 60:02}"
    return str(value)


def _number_text(value: float, number_format: str) -> str:
    if abs(value) >= _DIGITS_KEPT:
        return f"{value:.14E}"
    if value != int(value):
        return repr(value)
    is_padded = number_format and set(number_format) == {"0"}
    return str(int(value)).zfill(len(number_format) if is_padded else 0)


def _open(data: bytes, *, with_formulas: bool) -> Any:
    # Heavy, and not needed for CSV.
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=not with_formulas)


def _choose(book: Any, sheet: str | None) -> Any:
    if sheet is not None and sheet not in book.sheetnames:
        raise FileError(f"there is no sheet {sheet!r}; there are {', '.join(book.sheetnames)}")
    visible = [page for page in book.worksheets if page.sheet_state == "visible"]
    if sheet is None and not visible:
        raise FileError("the workbook has no visible sheet: show the one to import")
    chosen = visible[0] if sheet is None else book[sheet]
    chosen.reset_dimensions()  # other programs write sizes that are wrong
    return chosen


def _unpacked_bytes(data: bytes) -> int:
    """Return what the parts of a workbook say of their sizes; no more than that is read of them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(part.file_size for part in archive.infolist())


def _lines(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield each row by its number; FileError where they become too many."""
    seen = 0
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        seen += len(cells)
        refuse_large(line, seen)
        yield line, cells


def _other_sheets(book: Any, chosen: str) -> tuple[str, ...]:
    others = [name for name in book.sheetnames if name != chosen and name != HELP_SHEET]
    if not others:
        return ()
    return (f"sheet {chosen!r} was read; not read: {', '.join(others)}",)


def _cell_name(line: int, column: int) -> str:
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column + 1)}{line}"


def _error_text(line: int, column: int) -> str:
    return f"is an error of the spreadsheet (cell {_cell_name(line, column)}); mend the cell"


def _has_formulas(data: bytes) -> bool:
    """Tell whether any sheet has a formula: only then a second reading is worth its time."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        return any(_FORMULA.search(archive.read(name)) for name in sheets if name.endswith(".xml"))


def _unstored_formulas(data: bytes, sheet: Any) -> Faults:
    """Find the formulas of `sheet` whose result was never computed."""
    formulas = _open(data, with_formulas=True)[sheet.title]
    formulas.reset_dimensions()
    faults: Faults = {}
    for (line, cells), (_, results) in zip(_lines(formulas), _lines(sheet), strict=True):
        for column, (cell, result) in enumerate(zip(cells, results, strict=True)):
            # A result that is an empty text keeps the type 'str'.
            if cell.data_type == "f" and result.value is None and result.data_type != "str":
                faults[line, column] = (
                    f"is a formula without a result (cell {_cell_name(line, column)}); open the "
                    "file in a spreadsheet program and save it, or paste values"
                )
    return faults
