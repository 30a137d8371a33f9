"""How a person read the columns of a list, remembered for the next one with the same headers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from data import tables
from data.plain import to_json
from data.readers.digest import digest
from data.readers.tables import Understood
from data.store.events import Transaction
from data.store.rows import upsert

column = tables.import_columns.c


def remember(
    tx: Transaction, city: str, kind: str, headers: Sequence[str], told: Understood
) -> None:
    """Remember what somebody said of a list's columns."""
    plain = {
        "fields": {str(position): name for position, name in told.fields.items()},
        "words": {name: dict(words) for name, words in told.words.items()},
    }
    row = {
        "city": city,
        "kind": kind,
        "headers_digest": headers_digest(headers),
        "told": plain,
        "told_by": tx.by.actor,
        "told_at": tx.by.at,
    }
    if remembered(tx.connection, city, kind, headers, told.header_line) != told:
        upsert(tx.connection, tables.import_columns, [row])
        tx.note("columns.told", f"{city} {kind}", city=city, after={"columns": len(told.fields)})


def remembered(
    connection: Connection, city: str, kind: str, headers: Sequence[str], header_line: int
) -> Understood | None:
    """Return what was said last of lists with these headers, None where nothing was."""
    query = select(column.told).where(
        column.city == city, column.kind == kind, column.headers_digest == headers_digest(headers)
    )
    told = connection.scalar(query)
    if told is None:
        return None
    fields = {int(position): name for position, name in told["fields"].items()}
    return Understood(header_line, fields, told["words"])


def headers_digest(headers: Sequence[str]) -> str:
    """Return a digest of headers, in their order."""
    return digest(to_json(list(headers)))
