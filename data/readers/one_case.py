"""One case as somebody types it: read as a list of one row is, with the same faults."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory

from data.readers.case_columns import CASES
from data.readers.cases import read_cases
from data.readers.report import ReadResult
from data.readers.tables import File
from routing.datum import Datum
from scheduler.ports import CaseRecord


def read_one_case(
    cells: Mapping[str, str],
    *,
    zone: tzinfo,
    agency: str = "",
    key: bytes = b"",
    now: datetime | None = None,
) -> ReadResult[CaseRecord]:
    """Read a case from the texts of its fields; one that is empty is no column at all.

    Coordinates are in WGS-84. The errors name a column by its title.

    Raises
    ------
    FileError
        Where a column that every case needs is empty.
    """
    filled = {field: text for field, text in cells.items() if text.strip()}
    with TemporaryDirectory(prefix="one-case-") as folder:
        file = Path(folder) / "case.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([CASES.by_field[field].title for field in filled])
            writer.writerow(filled.values())
        return read_cases(File(file), zone=zone, agency=agency, datum=Datum.WGS84, key=key, now=now)
