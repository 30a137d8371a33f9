"""A table of a policy while it is read: each fault is noted with its key, and reading goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a key; `path` is '' where it is the whole text."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}" if self.path else self.text


@dataclass
class Parts:
    """A table as it was told; `faults` are shared with the tables inside it."""

    told: Mapping[str, Any]
    path: str = ""
    faults: list[Fault] = field(default_factory=list)

    def has(self, key: str) -> bool:
        return key in self.told

    def fault(self, key: str, text: str) -> None:
        """Note what is wrong with a key, or with the table itself where it is ''."""
        path = ".".join(filter(None, (self.path, key)))
        self.faults.append(Fault(path, text))

    def refuse_unknown(self, known: Sequence[str]) -> None:
        for key in self.told:
            if key not in known:
                self.fault(key, f"unknown key; there are {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.told.get(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value.strip()
        self.fault(key, "expected text")
        return ""

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        value = self.told.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.fault(key, f"expected a whole number from {least} to {most}, not {_quoted(value)}")
        return least

    def number(self, key: str, most: Decimal, default: Decimal | None = None) -> Decimal:
        value = self.told.get(key, default)
        is_number = isinstance(value, Decimal | int) and not isinstance(value, bool)
        if is_number and 0 <= Decimal(value) <= most:  # NaN is neither
            return Decimal(value)
        self.fault(key, f"expected a number from 0 to {most}, not {_quoted(value)}")
        return Decimal(0)

    def word(self, key: str, kind: type[Word]) -> Word:
        value = self.told.get(key)
        if value in [each.value for each in kind]:
            return kind(value)
        self.fault(key, f"expected one of {', '.join(kind)}, not {_quoted(value)}")
        return next(iter(kind))

    def words(self, key: str, known: Sequence[str] = ()) -> tuple[str, ...]:
        """Return a list of words, each one of `known` if any are."""
        value = self.told.get(key, [])
        if not isinstance(value, list) or not all(_is_word(each) for each in value):
            self.fault(key, f"expected a list of words, not {_quoted(value)}")
            return ()
        if unknown := [each for each in value if known and each not in known]:
            self.fault(key, f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
        return tuple(each.strip() for each in value)

    def table(self, key: str) -> Parts:
        value = self.told.get(key, {})
        return self._inside(key, value)

    def tables(self, key: str) -> Iterator[Parts]:
        """Yield the tables of a list, which people count from 1."""
        value = self.told.get(key)
        if not isinstance(value, list):
            self.fault(key, "expected a list of tables")
            return
        for number, each in enumerate(value, start=1):
            yield self._inside(f"{key} {number}", each)

    def _inside(self, key: str, value: Any) -> Parts:
        path = ".".join(filter(None, (self.path, key)))
        if isinstance(value, Mapping):
            return Parts(value, path, self.faults)
        self.fault(key, f"expected a table, not {_quoted(value)}")
        return Parts({}, path, self.faults)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _quoted(value: Any) -> str:
    return "nothing" if value is None else repr(str(value) if isinstance(value, Decimal) else value)
