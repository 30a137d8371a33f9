"""What reading a file answers: records, and every fault with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from scheduler.errors import DayroundError
from scheduler.ports import NotTaken

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all)."""

_LINES_SHOWN = 8


class FileError(DayroundError, ValueError):
    """A file of which nothing could be imported, and what to do about it."""


@dataclass(frozen=True, slots=True)
class RowError:
    """A cell that keeps its row out.

    `line` is the row's number as a spreadsheet shows it, the header counted; `column` the header
    as it stands in the file; `problem` goes on from the value: "is negative; write …".
    """

    line: int
    column: str
    value: str
    problem: str

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column!r}"
        return (
            f"{where}: {self.value!r} {self.problem}" if self.value else f"{where} {self.problem}"
        )


@dataclass(frozen=True, slots=True)
class ReadResult(Generic[T]):
    """What a file brought.

    `known` names the fields that its columns feed ('case.stops', 'place.windows', …). `errors`
    are all faults of all rows that stay out; `notes` what a person should know besides. `lines`
    are those of the records, `headers` the columns by their fields, for what the book refuses.
    """

    records: tuple[T, ...]
    known: frozenset[str]
    errors: tuple[RowError, ...]
    notes: tuple[str, ...]
    lines: tuple[int, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def with_refused(read: ReadResult[T], refused: Iterable[NotTaken]) -> ReadResult[T]:
    """Return `read` with what the book refused among its faults, each with its line."""
    lined = zip(read.records, read.lines, strict=False)
    by_key = {getattr(one, "key", ""): (one, line) for one, line in lined}
    faults = [
        RowError(line, read.headers[no.field], str(getattr(one, no.field)), no.problem)
        for no in refused
        for one, line in [by_key[no.key]]
    ]
    errors = sorted((*read.errors, *faults), key=lambda error: error.line)
    return replace(read, errors=tuple(errors)) if faults else read


def lines_text(lines: Iterable[int]) -> str:
    """Return 'line 3' or 'lines 3, 7 and 12 more'."""
    ordered = sorted(set(lines))
    shown = ", ".join(map(str, ordered[:_LINES_SHOWN]))
    more = len(ordered) - _LINES_SHOWN
    return f"line{'s' if len(ordered) > 1 else ''} {shown}" + (
        f" and {more} more" if more > 0 else ""
    )
