"""The list of collectors."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from data.readers.cases import check_skills
from data.readers.positions import check_positions, points
from data.readers.report import FileError, Progress, ReadResult, lines_text
from data.readers.rows import Row, Rows, read_rows
from data.readers.staff_columns import COLLECTORS
from data.readers.tables import File
from routing.datum import Datum
from routing.point import Point
from routing.travel import Mode
from scheduler.model import Collector

PlaceAddress = Callable[[str], Point | None]
"""Where an address is, or None where it is not known closely enough."""

NOT_CHECKED = {
    "collector.certificate_expires": "no certificate column: expired certificates are not seen",
    "collector.skills": "no skills column: cases that need a skill find nobody",
    "collector.mode": "no travel-mode column: everybody goes by car",
}


def read_collectors(
    file: File,
    *,
    agency: str = "",
    datum: Datum | None = None,
    place: PlaceAddress | None = None,
    known_skills: AbstractSet[str] | None = None,
    progress: Progress | None = None,
) -> ReadResult[Collector]:
    """Read the list of collectors.

    Parameters
    ----------
    file
        CSV or XLSX with the columns of `COLLECTORS`; id, name and a start are required. A day
        ends where it starts if no end is given.
    agency
        Of rows that name none.
    datum
        Of coordinates in rows that name none.
    place
        Finds addresses; without it, each row needs coordinates.
    known_skills
        Skills that there are; None accepts any.
    progress
        Called with (rows done, rows in all).

    Raises
    ------
    FileError
        Where nothing can be imported.
    """
    rows = read_rows(file, COLLECTORS)
    if not rows.has("start_address", "start_lat"):
        raise FileError("no column says where collectors start; add '出发地址 / Start address'")
    check_positions(rows, ("start_", "end_"), datum)
    rows.refuse_repeated("id", "collector")
    ends = {prefix: points(rows, prefix, datum) for prefix in ("start_", "end_")}

    def point(row: Row, prefix: str) -> Point | None:
        return ends[prefix][row.index] or _placed(row, f"{prefix}address", place)

    def make(row: Row) -> Collector | None:
        check_skills(row, known_skills)
        start, end = point(row, "start_"), point(row, "end_")
        if start is None and not _any_fault(row, "start_"):
            row.refuse("start_address", "is empty, and so are coordinates; fill in one of them")
        if row.get("id") in row.get("never_with", ()):
            row.refuse("never_with", "names the collector herself; name the others")
        return None if row.is_bad or start is None else _collector(row, agency, start, end or start)

    known = frozenset({"collector.agency"} if agency else ())
    result = rows.result(make, progress=progress, not_checked=NOT_CHECKED, known=known)
    return replace(result, notes=(*result.notes, *_strangers(rows)))


def _collector(row: Row, agency: str, start: Point, end: Point) -> Collector:
    return Collector(
        id=row.get("id"),
        name=row.get("name"),
        agency=row.get("agency", agency),
        start=start,
        end=end,
        mode=row.get("mode", Mode.CAR),
        skills=row.get("skills", frozenset()),
        languages=row.get("languages", frozenset()),
        certificate_expires=row.get("certificate_expires"),
        is_senior=row.get("senior", False),
        max_visits=row.get("max_visits"),
        never_with=row.get("never_with", frozenset()),
        phone=row.get("phone", ""),
    )


def _placed(row: Row, name: str, place: PlaceAddress | None) -> Point | None:
    address = row.get(name)
    if address is None:
        return None
    found = place(address) if place else None
    if found is None:
        row.refuse(name, "could not be placed; write a fuller address, or give coordinates")
    return found


def _any_fault(row: Row, prefix: str) -> bool:
    return any(row.has_fault(f"{prefix}{part}") for part in ("address", "lat", "lon"))


def _strangers(rows: Rows) -> list[str]:
    """Note the ids in never-with lists that are no collector of the file."""
    ids = set(rows.values["id"])
    lines = [row.line for row in rows if row.get("never_with", frozenset()) - ids]
    return [f"{lines_text(lines)}: never-with names ids that this file has not"] if lines else []
