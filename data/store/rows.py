"""Between the domain's dataclasses and the rows of their tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    SelectBase,
    Table,
    bindparam,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite

from data.plain import to_plain
from routing.point import Point
from scheduler.model import Window

T = TypeVar("T")
Row = Mapping[Any, Any]
Only = str | Collection[str] | SelectBase | None
"""Whom a question is about: one id, these, those that a query finds; None is everybody."""

PARTS: dict[Any, tuple[str, str]] = {Point: ("lat", "lon"), Window: ("start", "end")}
"""Types that take two columns."""

CHUNK = 10_000
"""Ids in one query: PostgreSQL takes 65,535 parameters, SQLite 32,766."""


def to_row(item: Any, **more: Any) -> dict[str, Any]:
    """Return the columns of a dataclass, and `more`."""
    row = dict(more)
    for name, split in _layout(item.__class__).items():
        value = getattr(item, name)
        if split is None:
            row[name] = value
        else:
            for part, column in zip(PARTS[split.kind], split.columns, strict=True):
                row[column] = None if value is None else getattr(value, part)
    return row


def from_row(kind: type[T], row: Row) -> T:
    """Return the `kind` that `to_row` made `row` from; other columns are passed over."""
    values: dict[str, Any] = {}
    for name, split in _layout(cast(Any, kind)).items():
        if split is None:
            values[name] = row[name]
        else:
            first, second = split.columns
            is_there = row[first] is not None
            values[name] = split.kind(row[first], row[second]) if is_there else None
    return kind(**values)


@dataclass(frozen=True, slots=True)
class Split:
    """A field of `kind` that takes two columns."""

    kind: Any
    columns: tuple[str, str]


@cache
def _layout(kind: Any) -> dict[str, Split | None]:
    """Return the fields of a dataclass, and which of them take two columns."""
    layout: dict[str, Split | None] = {}
    for name, hint in get_type_hints(kind).items():
        split = next((part for part in PARTS if part in (hint, *get_args(hint))), None)
        layout[name] = None
        if split:
            first, second = PARTS[split]
            layout[name] = Split(split, (f"{name}_{first}", f"{name}_{second}"))
    return layout


def read(
    connection: Connection, table: Table, kind: type[T], *where: ColumnElement[bool]
) -> list[T]:
    """Return the `kind`s of a table that fit, in the order of their key."""
    query = select(table).where(*where).order_by(*table.primary_key)
    return [from_row(kind, row) for row in connection.execute(query).mappings()]


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, or overwrite the told columns of those whose key is there."""
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table)
    key = [column.name for column in table.primary_key]
    told = {name: statement.excluded[name] for name in rows[0] if name not in key}
    if told:
        statement = statement.on_conflict_do_update(index_elements=key, set_=told)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=key)
    connection.execute(statement, rows)


def rows_of(
    connection: Connection, table: Table, city: str, ids: Sequence[str], by: str = "id"
) -> list[RowMapping]:
    """Return the rows of a city whose column `by` is one of `ids`, by their keys.

    In the order of keys, because PostgreSQL promises none and events are written from them.
    """
    query = _rows_by(table, by)
    return [
        row
        for some in chunks(sorted(ids))
        for row in connection.execute(query, {"its_city": city, "ids": some}).mappings()
    ]


@cache
def _rows_by(table: Table, by: str) -> Select[Any]:
    """Return the query of `rows_of`: to make it takes longer than to answer it."""
    ids = table.c[by].in_(bindparam("ids", expanding=True))
    of_city = table.c.city == bindparam("its_city")
    return select(table).where(of_city, ids).order_by(*table.primary_key)


def among(column: ColumnElement[str], only: Only) -> ColumnElement[bool]:
    """Return the condition that a column holds an id of `only`."""
    if only is None:
        return true()
    if isinstance(only, str):
        return column == only
    return column.in_(only if isinstance(only, SelectBase) else sorted(only))


def chunks(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """Part `ids` into lists that one query can name."""
    return (ids[i : i + CHUNK] for i in range(0, len(ids), CHUNK))


def by_id(items: Sequence[T], key: Callable[[T], str]) -> dict[str, T]:
    """Return `items` by their id.

    Raises
    ------
    ValueError
        Where two have the same.
    """
    found: dict[str, T] = {}
    for item in items:
        if key(item) in found:
            raise ValueError(f"{type(item).__name__} {key(item)!r} stands twice in one import")
        found[key(item)] = item
    return found


def changes(before: Any | None, after: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs between two dataclasses, as plain values: before, and after.

    Of a new one, all that says something.
    """
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    if before == after:
        return old, new
    for name in _layout(after.__class__):
        value = getattr(after, name)
        if before is None:
            if value:
                new[name] = to_plain(value)
        elif (was := getattr(before, name)) != value:
            old[name], new[name] = to_plain(was), to_plain(value)
    return old, new
