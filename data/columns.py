"""Column types that hold the domain's values alike on SQLite and PostgreSQL.

`kind` of each is what goes in and comes out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from data.plain import reader, to_json, to_plain

T = TypeVar("T")
DECIMALS = 4


class Value(TypeDecorator[T]):
    """A value that is stored otherwise than it is used; null stays None."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = String
    cache_ok = True
    kind: Any

    @property
    def python_type(self) -> Any:
        return self.kind

    def store(self, value: T) -> Any:
        raise NotImplementedError

    def load(self, value: Any) -> T:
        raise NotImplementedError

    def process_bind_param(self, value: T | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else self.store(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], T | None]:
        """Return what reads a value of a row: a book has millions, and each call costs."""
        read, load = self.impl_instance.result_processor(dialect, coltype), self.load
        if read is None:
            return lambda value: None if value is None else load(value)
        return lambda value: None if value is None else load(read(value))


class Utc(Value[datetime]):
    """An instant: aware in, UTC on disk, aware UTC out. SQLite alone would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True
    kind = datetime

    def store(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def load(self, value: datetime) -> datetime:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Money(Value[Decimal]):
    """An exact sum of up to four decimals; SQLite, which has only floats, counts 1/10000."""

    impl = Numeric(18, DECIMALS)
    cache_ok = True
    kind = Decimal

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else self.impl)

    def store(self, value: Decimal) -> Decimal:
        parts = value.scaleb(DECIMALS)
        if parts != parts.to_integral_value():
            raise ValueError(f"{value} has more than {DECIMALS} decimals")
        return value

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return super().process_bind_param(value, dialect)
        return int(self.store(value).scaleb(DECIMALS))

    def load(self, value: int | Decimal) -> Decimal:
        return Decimal(value).scaleb(-DECIMALS) if isinstance(value, int) else value


class Seconds(Value[timedelta]):
    """A duration in whole seconds."""

    impl = Integer
    cache_ok = True
    kind = timedelta

    def store(self, value: timedelta) -> int:
        return round(value.total_seconds())

    def load(self, value: int) -> timedelta:
        return timedelta(seconds=value)


class Word(Value[StrEnum]):
    """A member of `kind`, by its value."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def store(self, value: StrEnum) -> Any:
        return self.kind(value).value

    def load(self, value: str) -> Any:
        return self.kind(value)


class Plain(Value[Any]):
    """A value of `kind`, such as `tuple[Break, ...]`, in its plain form as JSON text.

    Most are short and alike from row to row (no skills, any hour): each is read and written once.
    `kind` is hashable and immutable, so that rows may share it.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    def store(self, value: Any) -> str:
        return _to_text(self.kind, value)

    def load(self, value: str) -> Any:
        return _from_text(self.kind, value)


@lru_cache(maxsize=10_000)
def _to_text(_: Any, value: Any) -> str:
    return to_json(to_plain(value))


@lru_cache(maxsize=10_000)
def _from_text(kind: Any, text: str) -> Any:
    return reader(kind)(json.loads(text))
