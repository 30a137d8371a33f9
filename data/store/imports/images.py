"""What a list changed, row by row: the book before it held against the book after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from data.plain import reader, to_json, to_plain
from data.readers.digest import digest
from data.store.rows import Row
from data.tables import metadata

BY_MACHINE: Mapping[str, frozenset[str]] = {
    "place": frozenset(
        {
            *("point_lat", "point_lon", "precision", "radius_m", "confidence"),
            *("looked_up", "matched", "unmatched"),
        }
    )
}
"""Columns that are looked up again by themselves: that they differ is nobody's doing."""

WHOSE = ("borrower_id", "collector_id", "first")
"""Columns that say whose a row is; a borrower or collector is her own."""

BY_CASE = frozenset({"balance", "payment", "case_score"})
"""Tables whose rows name a contract alone."""


@dataclass(frozen=True, slots=True)
class Image:
    """A row that a list changed: `before` is None where it added it, `after` where it removed it.

    Values are plain. Of an added row `after` is its digest, of a changed one both hold what
    differs.
    """

    table: str
    key: str
    whose: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


Rows = Mapping[tuple[str, Any], Row]


def images(before: Rows, after: Rows) -> Iterator[Image]:
    """Yield what differs, in the order of the tables."""
    whose = _owners(before, after)
    for name, key in dict.fromkeys((*after, *before)):
        old, new = before.get((name, key)), after.get((name, key))
        if old == new:
            continue
        row = new if new is not None else old
        assert row is not None, "it stands in one of them"
        yield Image(name, to_json(to_plain(key)), whose(name, row), *_sides(name, old, new))


def _sides(
    name: str, old: Row | None, new: Row | None
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    if old is None:
        assert new is not None, "one of them is there"
        return None, {"digest": row_digest(name, new)}
    if new is None:
        return plain_row(old), None
    differ = [column for column in new if new[column] != old[column]]
    return plain_row(old, differ), plain_row(new, differ)


def _owners(before: Rows, after: Rows) -> Any:
    """Return what tells whose a row is."""
    of_case = {
        key[0]: row["borrower_id"]
        for (name, key), row in (*before.items(), *after.items())
        if name == "loan_case"
    }

    def whose(name: str, row: Row) -> str:
        if name in BY_CASE:
            return str(of_case.get(row["case_id"], row["case_id"]))
        return str(next((row[column] for column in WHOSE if column in row), row.get("id", "")))

    return whose


def row_digest(name: str, row: Row) -> str:
    """Return a digest of a row, without what machines look up again."""
    passed = BY_MACHINE.get(name, frozenset())
    kept = {column: to_plain(value) for column, value in row.items() if column not in passed}
    return digest(to_json(kept))


def plain_row(row: Row, columns: Any = None) -> dict[str, Any]:
    """Return the columns of a row, all by default, as plain values."""
    return {column: to_plain(row[column]) for column in (columns or row)}


def row_from(table: Table, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that `plain_row` made plain."""
    kinds: dict[str, Any] = {column.name: column.type.python_type for column in table.columns}
    return {
        name: None if value is None else reader(kinds[name])(value) for name, value in plain.items()
    }


def table_named(name: str) -> Table:
    """Return a table of the book by its name."""
    return metadata.tables[name]
