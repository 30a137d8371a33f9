"""Who goes with whom, as the supervisor has decided."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from data.readers.report import Progress, ReadResult, lines_text
from data.readers.rows import Row, Rows, read_rows
from data.readers.shifts import check_collector
from data.readers.staff_columns import PAIRS
from data.readers.tables import File
from scheduler.model import Pair

MEMBERS = ("first", "second")


def read_pairs(
    file: File,
    *,
    collectors: AbstractSet[str] | None = None,
    progress: Progress | None = None,
) -> ReadResult[Pair]:
    """Read the pairs; one without a date holds every day.

    Parameters
    ----------
    file
        CSV or XLSX with the columns of `PAIRS`; both ids are required.
    collectors
        Ids that there are; None accepts any.
    progress
        Called with (rows done, rows in all).

    Raises
    ------
    FileError
        Where nothing can be imported.
    """
    rows = read_rows(file, PAIRS)
    _refuse_second_partners(rows)

    def make(row: Row) -> Pair | None:
        for member in MEMBERS:
            check_collector(row, member, collectors)
        if row.get("first") is not None and row.get("first") == row.get("second"):
            row.refuse("second", "is the first again; name the other of the two")
        return None if row.is_bad else Pair(row.get("first"), row.get("second"), row.get("date"))

    return rows.result(make, progress=progress)


def _refuse_second_partners(rows: Rows) -> None:
    """Keep out rows by which somebody goes with two on one day.

    A pair without a date is there on every day, so also on the dates of others.
    """
    appearances: dict[str, list[tuple[Row, str]]] = {}
    for row in rows:
        for member in MEMBERS:
            if row.get(member) is not None and row.get("first") != row.get("second"):
                appearances.setdefault(row.get(member), []).append((row, member))
    for those in appearances.values():
        for row, member in those:
            others = [other.line for other, _ in those if _meet(row, other)]
            if others:
                row.refuse(
                    member,
                    f"is in another pair of the same day ({lines_text(others)}); keep one",
                )


def _meet(row: Row, other: Row) -> bool:
    """Tell whether two rows hold on a common day."""
    if row.index == other.index or row.has_fault("date") or other.has_fault("date"):
        return False
    days: tuple[date | None, date | None] = (row.get("date"), other.get("date"))
    return None in days or days[0] == days[1]
