"""Plain values: what JSON can hold of the domain's dataclasses, and the way back.

Sets are sorted and instants are UTC, so that equal values have equal text.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

Reader = Callable[[Any], Any]

to_json = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
"""JSON of plain values; equal values have equal text."""


def to_plain(value: Any) -> Any:
    """Return `value` as text, numbers, lists and dictionaries."""
    return _writer(value.__class__)(value)


@cache
def _writer(kind: Any) -> Reader:
    for base, write in _WRITERS:
        if issubclass(kind, base):
            return write
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        return lambda value: {name: to_plain(getattr(value, name)) for name in names}
    raise TypeError(f"{kind.__name__} has no plain form")


def _same(value: Any) -> Any:
    return value


def _list(values: Any) -> list[Any]:
    return [to_plain(value) for value in values]


# The first base that fits counts: a StrEnum before str, a datetime before date.
_WRITERS: tuple[tuple[type, Reader], ...] = (
    (Enum, lambda value: value.value),
    (NoneType, _same),
    (str, _same),
    (bytes, lambda value: base64.b64encode(value).decode()),
    (int, _same),
    (float, _same),
    (Decimal, lambda value: f"{value.normalize():f}"),
    (datetime, lambda value: value.astimezone(UTC).isoformat()),
    (date, date.isoformat),
    (time, time.isoformat),
    (timedelta, timedelta.total_seconds),
    (frozenset, lambda values: sorted(_list(values))),
    (tuple, _list),
    (list, _list),
    (Mapping, lambda mapping: {str(key): to_plain(value) for key, value in mapping.items()}),
)


@cache
def reader(kind: Any) -> Reader:
    """Return the function that makes a `kind` of its plain form; `kind` may be optional."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        read = reader(next(part for part in parts if part is not NoneType))
        return lambda plain: None if plain is None else read(plain)
    if origin in (tuple, frozenset):
        item = reader(parts[0])
        return lambda plain: origin(map(item, plain))
    if is_dataclass(kind):
        return _dataclass_reader(cast(type, kind))
    if kind in (datetime, date, time):
        return cast(Reader, kind.fromisoformat)
    if kind is bytes:
        return base64.b64decode
    if kind is timedelta:
        return lambda plain: timedelta(seconds=plain)
    if kind is Decimal or issubclass(kind, Enum):
        return cast(Reader, kind)
    return _same


def _dataclass_reader(kind: type) -> Reader:
    """Return how a `kind` is read; what was kept before it had a field has that field's default."""
    hints = get_type_hints(kind)
    readers = {field.name: reader(hints[field.name]) for field in fields(kind)}
    optional = readers.keys() - needed_fields(kind)

    def read(plain: Mapping[str, Any]) -> Any:
        told = (name for name in readers if name in plain or name not in optional)
        return kind(**{name: readers[name](plain[name]) for name in told})

    return read


def needed_fields(kind: Any) -> frozenset[str]:
    """Return the fields of a dataclass that have no default."""
    return frozenset(field.name for field in fields(kind) if _is_needed(field))


def _is_needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
