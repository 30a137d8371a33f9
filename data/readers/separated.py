"""CSV: its encoding, its separator, its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from data.readers.limits import refuse_large
from data.readers.report import FileError

if TYPE_CHECKING:
    import pandas as pd

SEPARATORS = (",", ";", "\t")

_HEAD_ROWS = 10


def read_separated(
    data: bytes, encoding: str | None, score: Callable[[Sequence[str]], int]
) -> pd.DataFrame:
    """Return all cells as text, rows as they stand, by the separator whose headers score best."""
    import pandas as pd

    text = decode(data, encoding).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.count("\n")
    refuse_large(lines, lines)
    separator = _separator(text, score)
    # An upper bound: separators inside quotes make columns that stay empty.
    width = 1 + max(line.count(separator) for line in text.split("\n"))
    refuse_large(lines, width * (lines + 1))
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            header=None,
            names=list(range(width)),
            index_col=False,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
        )
    except pd.errors.ParserError as error:
        raise FileError(
            f"the CSV cannot be split into cells ({error}): look for a quotation mark without its "
            "partner, or save the list as .xlsx"
        ) from error
    return frame.fillna("").astype(object)


def decode(data: bytes, encoding: str | None = None) -> str:
    """Return the text of `data`: UTF-8, UTF-16 with its mark, else GB18030.

    Raises
    ------
    FileError
        Where it is none of them, or not in the `encoding` given.
    """
    if encoding is None:
        encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except LookupError as error:
        raise FileError(f"encoding {encoding!r} is not known; try 'gb18030' or 'big5'") from error
    except UnicodeError as error:
        raise FileError(
            f"the text is not {encoding} ({error}): save it as CSV UTF-8 or .xlsx, or name its "
            "encoding"
        ) from error
    if "\0" in text:
        raise FileError("the file is no text: save the list as .xlsx or as CSV UTF-8")
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _separator(text: str, score: Callable[[Sequence[str]], int]) -> str:
    """Return the separator by which the first rows show most headers, then most columns."""

    def fitness(separator: str) -> tuple[int, int]:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), _HEAD_ROWS))
        return max(map(score, rows), default=0), max(map(len, rows), default=0)

    try:
        return max(SEPARATORS, key=fitness)
    except csv.Error as error:
        raise FileError(f"the CSV cannot be read ({error}): save the list as .xlsx") from error
