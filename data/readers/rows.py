"""The rows of a file with their cells parsed, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from data.readers.columns import Column, Registry, is_in_ten_thousands
from data.readers.report import Progress, ReadResult, RowError, lines_text
from data.readers.tables import File, Table, Understood, read_table
from data.readers.values import money, ten_thousands
from data.readers.words import EMPTY

T = TypeVar("T")

_PROGRESS_EVERY = 500


class Rows:
    """The parsed columns of a file, the faults of its rows, and the notes.

    A value is None where its cell is empty (or says so, as in "-"), faulty, or its column absent.
    """

    def __init__(
        self,
        table: Table,
        registry: Registry,
        mapping: Mapping[str, str],
        understood: Understood | None = None,
    ) -> None:
        if understood:
            recognised = registry.told(table.headers, understood.fields)
        else:
            filled = [i for i, used in enumerate((table.cells != "").any()) if used]
            recognised = registry.recognise(table.headers, mapping, filled)
        self._words = understood.words if understood else {}
        self.lines: list[int] = [int(line) for line in table.cells.index]
        self.positions = dict(recognised.positions)
        self.headers = {name: table.headers[i] for name, i in self.positions.items()}
        self.texts: dict[str, list[str]] = {}
        self.values: dict[str, list[Any]] = {}
        self.notes = [*table.notes, *recognised.unused]
        self.errors: dict[int, list[RowError]] = {}
        self._registry = registry
        self._bad_cells: set[tuple[int, str]] = set()
        for name, position in self.positions.items():
            self._parse(name, table, position)

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self, index) for index in range(len(self.lines)))

    def has(self, *names: str) -> bool:
        """Tell whether the file has any of these columns."""
        return any(name in self.values for name in names)

    def refuse(self, index: int, name: str, problem: str) -> None:
        """Keep a row out because of the cell of field `name`."""
        header = self.headers.get(name, self._registry.by_field[name].title)
        value = self.texts[name][index] if name in self.texts else ""
        error = RowError(self.lines[index], header, value, problem)
        self.errors.setdefault(index, []).append(error)
        self._bad_cells.add((index, name))

    def refuse_repeated(self, name: str, what: str) -> None:
        """Keep out all rows whose value of field `name` stands on several lines."""
        places: dict[Any, list[int]] = {}
        for index, value in enumerate(self.values[name]):
            if value is not None:
                places.setdefault(value, []).append(index)
        for indices in places.values():
            if len(indices) > 1:
                where = lines_text(self.lines[i] for i in indices)
                for index in indices:
                    self.refuse(index, name, f"stands on {where}; keep one row per {what}")

    def known(self) -> frozenset[str]:
        """Return the fields of the domain that the file's columns feed."""
        return frozenset(
            feed for name in self.values for feed in self._registry.by_field[name].feeds
        )

    def result(
        self,
        make: Callable[[Row], T | None],
        *,
        progress: Progress | None = None,
        not_checked: Mapping[str, str] | None = None,
        known: frozenset[str] = frozenset(),
    ) -> ReadResult[T]:
        """Make a record of each row that is right.

        `make` is called for faulty rows too, so that it can name what else is wrong with them.
        `not_checked` says by field what follows where no column feeds it.
        """
        made: list[T] = []
        lines: list[int] = []
        for index, row in enumerate(self):
            record = make(row)
            if record is not None and index not in self.errors:
                made.append(record)
                lines.append(self.lines[index])
            if progress and (index % _PROGRESS_EVERY == 0 or index + 1 == len(self)):
                progress(index + 1, len(self))
        known |= self.known()
        absent = [text for feed, text in (not_checked or {}).items() if feed not in known]
        notes = (*self.notes, *absent)
        errors = self._sorted_errors()
        return ReadResult(tuple(made), known, errors, notes, tuple(lines), self.headers)

    def has_fault(self, index: int, name: str) -> bool:
        return (index, name) in self._bad_cells

    def _sorted_errors(self) -> tuple[RowError, ...]:
        order = {header: self.positions[name] for name, header in self.headers.items()}
        errors = (error for found in self.errors.values() for error in found)
        return tuple(sorted(errors, key=lambda e: (e.line, order.get(e.column, len(order)))))

    def _parse(self, name: str, table: Table, position: int) -> None:
        """Parse each distinct text of a column once: most columns repeat a few."""
        import pandas as pd

        column = self._registry.by_field[name]
        numbers, distinct = pd.factorize(table.cells.iloc[:, position])
        codes = [int(number) for number in numbers]
        parse = _parser(column, table.headers[position])
        words = self._words.get(name, {})
        said = [words.get(text, text) for text in distinct]
        texts = ["" if text.casefold() in EMPTY else text for text in said]
        parsed = [_parse(parse, text) for text in texts]
        self.texts[name] = [texts[code] for code in codes]
        self.values[name] = [parsed[code][0] for code in codes]
        wrong = {code for code, (_, problem) in enumerate(parsed) if problem}
        for index, code in enumerate(codes):
            fault = table.faults.get((self.lines[index], position))
            if fault or code in wrong:
                self.values[name][index] = None
                self.refuse(index, name, fault or parsed[code][1])
            elif column.is_required and self.values[name][index] is None:
                self.refuse(index, name, "is empty; fill it in")


class Row:
    """One row: its values by field."""

    __slots__ = ("_index", "_rows")

    def __init__(self, rows: Rows, index: int) -> None:
        self._rows = rows
        self._index = index

    @property
    def index(self) -> int:
        return self._index

    @property
    def line(self) -> int:
        return self._rows.lines[self._index]

    @property
    def is_bad(self) -> bool:
        return self._index in self._rows.errors

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a field, `default` where there is none."""
        column = self._rows.values.get(name)
        value = None if column is None else column[self._index]
        return default if value is None else value

    def text(self, name: str) -> str:
        """Return the text of a field as it stands in the file."""
        column = self._rows.texts.get(name)
        return "" if column is None else column[self._index]

    def has_fault(self, name: str) -> bool:
        """Tell whether the cell of a field was refused."""
        return self._rows.has_fault(self._index, name)

    def refuse(self, name: str, problem: str) -> None:
        self._rows.refuse(self._index, name, problem)


def read_rows(file: File, registry: Registry) -> Rows:
    """Read a file's rows by the columns of `registry`; raises FileError."""
    table = read_table(file, lambda row: registry.score(row, file.mapping))
    return Rows(table, registry, file.mapping, file.understood)


def _parser(column: Column, header: str) -> Callable[[str], Any]:
    is_scaled = column.parse is money and is_in_ten_thousands(header)
    return ten_thousands if is_scaled else column.parse


def _parse(parse: Callable[[str], Any], text: str) -> tuple[Any, str]:
    """Return the value of a text, or why it has none."""
    if not text:
        return None, ""
    try:
        return parse(text), ""
    except ValueError as error:
        return None, str(error)
