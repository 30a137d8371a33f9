"""How large a list may be: far more than a lender sends, far less than a machine can hold.

A few kilobytes can claim to be gigabytes; whoever uploads them must not stop the desk for all.
"""

from __future__ import annotations

from data.readers.report import FileError

MOST_ROWS = 200_000
MOST_CELLS = 20_000_000
"""The empty ones counted: a hundred columns in each of the most rows."""

MOST_UNPACKED_BYTES = 256 << 20
"""Of a workbook; 50,000 rows of 40 columns have half of it."""


def refuse_large(rows: int, cells: int) -> None:
    """Raise FileError where a list has more rows or cells than are read."""
    if rows > MOST_ROWS:
        raise FileError(
            f"the list has more than {MOST_ROWS:,} rows, the blank ones counted: delete what is "
            "blank below it, or split it and import the parts"
        )
    if cells > MOST_CELLS:
        raise FileError(
            f"the list has more than {MOST_CELLS:,} cells, the empty ones counted: remove columns "
            "and rows that are not needed"
        )


def refuse_unpacked(size_bytes: int) -> None:
    """Raise FileError where a workbook would unpack to more than is read."""
    if size_bytes > MOST_UNPACKED_BYTES:
        raise FileError(
            f"the workbook unpacks to {size_bytes >> 20:,} MB, and {MOST_UNPACKED_BYTES >> 20} MB "
            "are read at most: save the one sheet alone, or as CSV UTF-8"
        )
