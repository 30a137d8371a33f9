"""Scores of cases, as a model or a bureau exports them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from data.readers.report import Progress, ReadResult
from data.readers.rows import Row, read_rows
from data.readers.score_columns import SCORES
from data.readers.tables import File
from scheduler.scores import Score


def read_scores(
    file: File, *, cases: Collection[str], today: date, progress: Progress | None = None
) -> ReadResult[Score]:
    """Read scores.

    Parameters
    ----------
    file
        CSV or XLSX with the columns of `SCORES`.
    cases
        Ids of the book's cases.
    today
        No score can be of a later day.
    progress
        Called with (rows done, rows in all).

    Raises
    ------
    FileError
        Where nothing can be imported.
    """

    def make(row: Row) -> Score | None:
        if row.get("contract") is not None and row.get("contract") not in cases:
            row.refuse("contract", "is no contract of the book; import its case first")
        on = row.get("score_date")
        if on is not None and on > today:
            row.refuse("score_date", "lies ahead; write the day on which it was scored")
        if row.is_bad:
            return None
        return Score(row.get("contract"), row.get("score_source"), on, row.get("score"))

    return read_rows(file, SCORES).result(make, progress=progress)
