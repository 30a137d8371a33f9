"""What reading a file answers: records, and every fault with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from scheduler.errors import DayroundError

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
    are all faults of all rows that stay out; `notes` what a person should know besides.
    """

    records: tuple[T, ...]
    known: frozenset[str]
    errors: tuple[RowError, ...]
    notes: tuple[str, ...]


def lines_text(lines: Iterable[int]) -> str:
    """Return 'line 3' or 'lines 3, 7 and 12 more'."""
    ordered = sorted(set(lines))
    shown = ", ".join(map(str, ordered[:_LINES_SHOWN]))
    more = len(ordered) - _LINES_SHOWN
    return f"line{'s' if len(ordered) > 1 else ''} {shown}" + (
        f" and {more} more" if more > 0 else ""
    )
