"""What a column may be called and what is in it; which header of a file is which column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.readers.report import FileError
from data.readers.words import fold

_IN_BRACKETS = re.compile(r"[(\[【]([^)\]】]*)[)\]】]")
_REMARKS = frozenset(
    {
        *("", "元", "单位元", "人民币", "人民币元", "rmb", "cny", "twd", "hkd", "usd", "eur"),
        *(
            "万",
            "万元",
            "单位万元",
            "人民币万元",
            "天",
            "日",
            "day",
            "days",
            "人",
            "次",
            "度",
            "degrees",
        ),
        *("分钟", "min", "minutes", "yyyymmdd", "必填", "选填", "required", "optional"),
    }
)
"""What may stand in brackets behind a title without changing what it means. Anything else may:
电话(配偶) is not the borrower's number."""
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a file: the single source for reading, template and docs.

    Parameters
    ----------
    field
        Name for mapping: 'home_address'.
    zh, en
        Titles, as the template writes them: 'zh / en'.
    parse
        From the cell's text to a value; raises ValueError in words that go on from the value.
    help_zh, help_en
        What the column does.
    synonyms
        Other titles that are understood.
    feeds
        The fields of the domain that it fills: 'case.overdue'.
    is_required
        Whether each row must have it.
    choices
        What a spreadsheet offers in its cells.
    meanings
        What a word of a file that is not understood can be said to mean; the choices by default.
    is_strange
        Tells a word that is read all the same, though nobody knows what it means.
    example
        What the template's made-up row shows.
    """

    field: str
    zh: str
    en: str
    parse: Callable[[str], Any]
    help_zh: str
    help_en: str
    synonyms: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    is_required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    meanings: tuple[str, ...] = ()
    is_strange: Callable[[str], bool] | None = None

    def understands(self, text: str) -> bool:
        """Tell whether `text` means something that is known."""
        try:
            self.parse(text)
        except ValueError:
            return False
        return not (self.is_strange and self.is_strange(text))

    @property
    def title(self) -> str:
        return f"{self.zh} / {self.en}"

    @property
    def titles(self) -> tuple[str, ...]:
        return (self.title, self.zh, self.en, self.field, *self.synonyms)


@dataclass(frozen=True)
class Recognised:
    """Which column of a file holds which field; `unused` are the other headers, with a hint."""

    positions: Mapping[str, int]
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registry:
    """The columns of one kind of file, by field and by title."""

    columns: tuple[Column, ...]
    by_field: Mapping[str, Column] = field(init=False)
    by_title: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_field", {column.field: column for column in self.columns})
        by_title = {fold(title): column for column in self.columns for title in column.titles}
        object.__setattr__(self, "by_title", by_title)

    def find(self, header: str) -> Column | None:
        """Return the column of a header: 逾期金额(元) is 逾期金额, 地址(家庭) is 家庭地址."""
        title, remark = _split(header)
        spellings = (header, f"{remark}{title}", title if remark in _REMARKS else "")
        found = (self.by_title.get(fold(spelling)) for spelling in spellings)
        return next(filter(None, found), None)

    def bare(self, header: str) -> Column | None:
        """Return the column of a header, whatever is remarked in brackets behind it."""
        return self.by_title.get(fold(_split(header)[0]))

    def score(self, row: Sequence[str], mapping: Mapping[str, str]) -> int:
        """Return how many cells of `row` are headers."""
        return sum(cell in mapping or self.find(cell) is not None for cell in row if cell)

    def recognise(
        self, headers: Sequence[str], mapping: Mapping[str, str], filled: Iterable[int]
    ) -> Recognised:
        """Find the fields of `headers`; a mapped one stands before one recognised by its title.

        `filled` are the positions that have a value somewhere.

        Raises
        ------
        FileError
            Where two headers mean one field, a required one is absent, or the mapping names a
            header or field that is not there: all of it at once.
        """
        found = self._positions(headers, mapping)
        self._refuse(found, headers, self._wrong_mapping(headers, mapping))
        used = {position for positions in found.values() for position in positions}
        unused = [self._hint(headers, i) for i in sorted(set(filled) - used)]
        return Recognised({name: where[0] for name, where in found.items()}, tuple(unused))

    def told(self, headers: Sequence[str], fields: Mapping[int, str]) -> Recognised:
        """Return the columns as a person tells them; the others are not used, knowingly.

        Raises
        ------
        FileError
            Where two columns are told to be one field, or a required one is missing.
        """
        found: dict[str, list[int]] = {}
        for position in sorted(fields):
            if position < len(headers) and fields[position] in self.by_field:
                found.setdefault(fields[position], []).append(position)
        self._refuse(found, headers)
        return Recognised({name: where[0] for name, where in found.items()})

    def missing(self, fields: Iterable[str]) -> list[Column]:
        """Return the columns that every list needs and that are not among `fields`."""
        there = set(fields)
        return [
            column for column in self.columns if column.is_required and column.field not in there
        ]

    def _refuse(
        self,
        found: Mapping[str, list[int]],
        headers: Sequence[str],
        problems: Iterable[str] = (),
    ) -> None:
        """Raise FileError, with `problems` first, where columns are absent or told twice."""
        absent = [
            f"no column {column.title!r} is there; add it, or map one of "
            f"{', '.join(filter(None, headers))!r} to {column.field!r}"
            for column in self.missing(found)
        ]
        if told := [*problems, *_twice(found, headers), *absent]:
            raise FileError("; ".join(told))

    def _positions(
        self, headers: Sequence[str], mapping: Mapping[str, str]
    ) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        mapped = set(mapping.values())
        for position, header in enumerate(headers):
            column = self.find(header)
            name = mapping.get(header) or (column.field if column else None)
            if name and (header in mapping or name not in mapped):
                found.setdefault(name, []).append(position)
        return found

    def _wrong_mapping(self, headers: Sequence[str], mapping: Mapping[str, str]) -> Iterable[str]:
        for header, name in mapping.items():
            if header not in headers:
                yield f"the mapping names header {header!r}, which the file has not"
            if name not in self.by_field:
                close = _closest(name, self.by_field) or ", ".join(self.by_field)
                yield f"the mapping names field {name!r}, which is none; perhaps {close}"

    def _hint(self, headers: Sequence[str], position: int) -> str:
        header = headers[position]
        if not header:
            return f"column {position + 1} has no header and is not used; write one above it"
        close = _closest(fold(header), self.by_title)
        meant = f"; if it is {self.by_title[close].title!r}, map" if close else "; to use it, map"
        name = self.by_title[close].field if close else "a field"
        return f"column {header!r} is not used{meant} {header!r} to {name}"


def is_in_ten_thousands(header: str) -> bool:
    """Tell whether the sums below a header are in 万元."""
    return "万" in _split(header)[1]


def _split(header: str) -> tuple[str, str]:
    """Return a header without brackets, and what stands in them."""
    narrow = unicodedata.normalize("NFKC", header)
    return _IN_BRACKETS.sub("", narrow), fold("".join(_IN_BRACKETS.findall(narrow)))


def _closest(word: str, words: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(words), n=1, cutoff=_ALIKE)), None)


def _twice(found: Mapping[str, list[int]], headers: Sequence[str]) -> Iterable[str]:
    for name, positions in found.items():
        if len(positions) > 1:
            which = " and ".join(f"{headers[i]!r} (column {i + 1})" for i in positions)
            yield f"{which} both mean {name!r}; rename or delete all but one"
