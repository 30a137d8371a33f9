"""A file as a table of text: which row is the header, which lines lie below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from data.readers.report import FileError
from data.readers.separated import read_separated
from data.readers.signature import is_workbook
from data.readers.workbook import read_workbook

if TYPE_CHECKING:
    import pandas as pd

HEADER_WITHIN = 10
"""A header is looked for in this many rows: titles often stand above it."""

BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"

HeaderScore = Callable[[Sequence[str]], int]
"""How many cells of a row are headers that are understood."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How a person reads a file: its header's line, and which column is what.

    Parameters
    ----------
    header_line
        As a spreadsheet numbers it, from 1.
    fields
        Fields of the registry by the position of their column, from 0. The other columns are not
        used, knowingly.
    words
        By field, what a word of the file means: another word, which the column understands, or ''.
    """

    header_line: int
    fields: Mapping[int, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, and what a person says about it.

    Parameters
    ----------
    path
        A CSV or XLSX file.
    sheet
        Sheet of a workbook; the first visible one by default.
    encoding
        Of a CSV file, where it is not recognised: 'big5', 'cp1252', …
    mapping
        The file's own headers → fields of the registry, for headers that are not recognised.
    understood
        All columns as a person reads them; nothing is recognised by itself then.
    """

    path: Path
    sheet: str | None = None
    encoding: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    understood: Understood | None = None


@dataclass(frozen=True)
class Table:
    """Text cells below their headers.

    `cells` has one column per header, in their order, and the lines as its index. `faults` are
    cells whose value could not be had, by (line, column); `notes` are told to the person.
    `header_line` is the header's.
    """

    headers: tuple[str, ...]
    cells: pd.DataFrame
    faults: Mapping[tuple[int, int], str]
    notes: tuple[str, ...] = ()
    header_line: int = 1


def read_table(file: File, score: HeaderScore, *, guesses: bool = False) -> Table:
    """Read `file` into text, below the row of its first ten that `score` likes best.

    What a person said of the header's line holds. Where no row is liked at all, one that `guesses`
    takes the first that has most cells filled.

    Raises
    ------
    FileError
        Where it is missing, of another kind, empty, or has no header that is understood.
    """
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise FileError(f"{file.path} cannot be read: {error.strerror or error}") from error
    if not data.strip():
        raise FileError("the file is empty: nothing to import")
    if is_workbook(data):
        frame, faults, notes = read_workbook(data, file.sheet)
    else:
        frame, faults, notes = read_separated(data, file.encoding, score), {}, ()
    frame = frame.apply(lambda column: column.str.strip(BLANKS))
    frame.index = frame.index + 1
    top = [list(row) for row in frame.head(HEADER_WITHIN).itertuples(index=False)]
    header = _header(top, score, file.understood, guesses=guesses)
    return _below_header(frame, header, faults, notes)


def _header(
    top: Sequence[Sequence[str]],
    score: HeaderScore,
    understood: Understood | None,
    *,
    guesses: bool,
) -> int:
    """Return which of the first rows is the header."""
    if understood and understood.header_line <= len(top):
        return understood.header_line - 1
    seen = next((row for row in top if any(row)), None)
    if seen is None:
        raise FileError("the file is empty: no cell of its first rows has text")
    scores = [score(row) for row in top]
    if not any(scores) and guesses:
        scores = [sum(map(bool, row)) for row in top]
    if not any(scores):
        raise FileError(
            f"no header is understood among the first {HEADER_WITHIN} rows; they begin with "
            f"{', '.join(filter(None, seen))!r}: use the template's headers, or map yours to fields"
        )
    return scores.index(max(scores))


def _below_header(
    frame: pd.DataFrame,
    header: int,
    faults: Mapping[tuple[int, int], str],
    notes: tuple[str, ...],
) -> Table:
    """Cut `frame` below its header; its index is the line numbers."""
    titles = tuple(frame.iloc[header])
    body = frame.iloc[header + 1 :]
    is_filled = body != ""
    faulty = body.index.isin({line for line, _ in faults})
    body = body[is_filled.any(axis=1) | faulty]
    if body.empty:
        raise FileError("the file has headers and no rows below them: nothing to import")
    return Table(titles, body, faults, notes, header + 1)
