"""The roster: who works when, with breaks."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta, tzinfo
from itertools import chain

from data.readers.hours import BreakHours, Hours, window
from data.readers.report import Progress, ReadResult, lines_text
from data.readers.rows import Row, Rows, read_rows
from data.readers.staff_columns import SHIFTS
from data.readers.tables import File
from scheduler.model import EVERY_DAY, Break, Shift

_MOST_DAYS = 366

NOT_CHECKED = {
    "shift.breaks": "no break column: days are planned without a rest",
    "shift.max_overtime": "no overtime column: nobody works past the end of her shift",
}


def read_shifts(
    file: File,
    *,
    zone: tzinfo,
    collectors: AbstractSet[str] | None = None,
    progress: Progress | None = None,
) -> ReadResult[Shift]:
    """Read a roster; a row with an until date becomes a shift for each of its days.

    Parameters
    ----------
    file
        CSV or XLSX with the columns of `SHIFTS`; collector, date, start and end are required.
    zone
        Of the city, in which the hours are.
    collectors
        Ids that there are; None accepts any.
    progress
        Called with (rows done, rows in all).

    Raises
    ------
    FileError
        Where nothing can be imported.
    """
    rows = read_rows(file, SHIFTS)
    _refuse_second_shifts(rows)

    def make(row: Row) -> list[Shift] | None:
        check_collector(row, "collector", collectors)
        _check_dates(row)
        _check_hours(row)
        return None if row.is_bad else [_shift(row, on, zone) for on in _days(row)]

    result = rows.result(make, progress=progress, not_checked=NOT_CHECKED)
    shifts = tuple(chain.from_iterable(result.records))
    return ReadResult(shifts, result.known, result.errors, result.notes)


def check_collector(row: Row, name: str, collectors: AbstractSet[str] | None) -> None:
    """Refuse a row whose field `name` is no collector."""
    if collectors is not None and row.get(name) not in {*collectors, None}:
        row.refuse(name, "is no collector of the book; import her first, or mend the id")


def _days(row: Row) -> list[date]:
    """Return the days of a row; none where its dates are faulty."""
    first = row.get("date")
    if first is None or row.has_fault("until"):
        return []
    length = (row.get("until", first) - first).days + 1
    days = (first + timedelta(days=ahead) for ahead in range(min(length, _MOST_DAYS)))
    return [day for day in days if day.weekday() in row.get("weekdays", EVERY_DAY)]


def _check_dates(row: Row) -> None:
    first, until = row.get("date"), row.get("until")
    if first and until and not 0 <= (until - first).days < _MOST_DAYS:
        row.refuse("until", f"is not from {first} to a year later; write the last day of the shift")
    elif first and not row.has_fault("until") and not row.has_fault("weekdays") and not _days(row):
        row.refuse("weekdays", "are none of the days from date to until; mend one of them")


def _check_hours(row: Row) -> None:
    start, end = row.get("start"), row.get("end")
    if start is None or end is None:
        return
    if start >= end:
        row.refuse(
            "end",
            f"is not after the start ({row.text('start')}); a shift that passes midnight is not "
            "supported: end it at 24:00 and begin another on the next day",
        )
    elif not all(start <= rest.hours[0] and rest.hours[1] <= end for rest in row.get("breaks", ())):
        row.refuse("breaks", "is not inside the shift; write hours between its start and end")


def _refuse_second_shifts(rows: Rows) -> None:
    """Keep out rows that give somebody two shifts on a day."""
    on: dict[tuple[str, date], list[Row]] = {}
    for row in rows:
        for day in _days(row):
            on.setdefault((row.get("collector"), day), []).append(row)
    refused: set[int] = set()
    for (collector, day), those in on.items():
        where = lines_text(row.line for row in those)
        for row in those if len(those) > 1 else ():
            if collector is not None and row.index not in refused:
                refused.add(row.index)
                row.refuse(
                    "collector",
                    f"has two shifts on {day} ({where}); write one with a break between",
                )


def _shift(row: Row, on: date, zone: tzinfo) -> Shift:
    hours: Hours = (row.get("start"), row.get("end"))
    return Shift(
        collector_id=row.get("collector"),
        window=window(on, hours, zone),
        breaks=tuple(_break(rest, on, zone) for rest in row.get("breaks", ())),
        max_overtime=row.get("overtime", timedelta(0)),
    )


def _break(rest: BreakHours, on: date, zone: tzinfo) -> Break:
    return Break(window(on, rest.hours, zone), rest.length, rest.is_paid)
