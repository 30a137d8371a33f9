"""CSV as Excel opens it: a byte order mark, and no text that would become a formula."""

from __future__ import annotations

import csv
import io
from datetime import time

from data.exports.day import ExportDay
from data.exports.table import Cell, headers, rows

FORMULA_SIGNS = tuple("=+-@＝＋－＠")
"""Excel and others compute what begins so, in full width too."""


def write_csv(day: ExportDay) -> bytes:
    """Return the day's table as CSV in UTF-8, a row per stop."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([band] for band in day.bands)
    writer.writerow(headers(day))
    writer.writerows([guarded(cell) for cell in row] for row in rows(day))
    return stream.getvalue().encode("utf-8-sig")


def guarded(cell: Cell) -> Cell:
    """Return a cell that stays what it is: text that looks like a formula gets an apostrophe."""
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, str) and cell.lstrip().startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell
