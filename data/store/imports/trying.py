"""A list taken in on trial: by the very rules of taking in, into copies that nobody else sees.

A database looks for a name among temporary tables first. So the tables that a list may change are
copied into temporary ones of the same names; whatever is written goes there, and goes away with the
transaction. Nobody who writes the book waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, MetaData, Table, func, insert, select, text

from data import tables
from data.store.imports.scope import LOOKED_AT, Scope

ALWAYS = (tables.city, tables.agency)
"""Locked, or added to, with every list."""

KEPT_IN = (tables.import_batch, tables.import_row)
"""Where a list that is taken in stands itself: one on trial is the first."""


def copy_for(connection: Connection, city: str, scope: Scope) -> None:
    """Copy what a list of a scope may change; from then on writes reach the copies alone."""
    is_postgresql = connection.dialect.name == "postgresql"
    book = str(connection.scalar(select(func.current_schema()))) if is_postgresql else "main"
    own = "pg_temp" if is_postgresql else "temp"
    for table in (*ALWAYS, *dict.fromkeys(_written(scope)), *KEPT_IN):
        copied = _as_temporary(table, own)
        copied.create(connection)
        if table not in KEPT_IN:
            _fill(connection, table.to_metadata(MetaData(), schema=book), copied, city)
    if is_postgresql:
        connection.execute(text("SET TRANSACTION READ ONLY"))  # but for what is temporary


def _written(scope: Scope) -> Iterator[Table]:
    return (table for table, _, ids in LOOKED_AT if getattr(scope, ids))


def _as_temporary(table: Table, own: str) -> Table:
    """Return a table of the same columns, keys and indexes that refers to no other."""
    copied = table.to_metadata(MetaData(), schema=own)
    for reference in list(copied.foreign_key_constraints):
        copied.constraints.discard(reference)
    return copied


def _fill(connection: Connection, kept: Table, copied: Table, city: str) -> None:
    """Copy the rows of a city, and let the numbers of new ones go on from there."""
    whose = kept.c.name if kept.name == tables.city.name else kept.c.city
    rows = select(kept).where(whose == city)
    connection.execute(insert(copied).from_select([c.name for c in kept.columns], rows))
    counted = copied.autoincrement_column
    if counted is not None and connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(f"{copied.schema}.{copied.name}", counted.name)
        last = select(func.coalesce(func.max(counted), 0) + 1).scalar_subquery()
        connection.execute(select(func.setval(sequence, last, False)))
