"""Lists that were taken in: each kept once, with what it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from data import tables
from data.store.events import Transaction
from data.store.imports.images import Image, images
from data.store.imports.retention import forget_old
from data.store.imports.scope import Scope, rows_in
from scheduler.errors import NotFoundError
from scheduler.ports import BookChange

batch, row = tables.import_batch.c, tables.import_row.c
LISTED = 100
COUNTED = ("new", "changed", "unchanged", "gone")


@dataclass(frozen=True, slots=True)
class NewImport:
    """A list to be taken in. `key` is of the press that does it: the same twice does it once."""

    key: str
    kind: str
    name_digest: str
    content_digest: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A list that was taken in.

    `rows` are those of the book that it changed, `back` how many of them are taken back.
    """

    id: int
    city: str
    kind: str
    name_digest: str
    content_digest: str
    counts: Mapping[str, int]
    made_by: str
    made_at: datetime
    taken_back_by: str | None
    taken_back_at: datetime | None
    rows: int = 0
    back: int = 0

    @property
    def is_back(self) -> bool:
        """Whether nothing of it is left to take back."""
        return self.back == self.rows and self.taken_back_at is not None


def take_in(
    tx: Transaction, city: str, new: NewImport, scope: Scope, put: Callable[[], BookChange]
) -> tuple[int, BookChange]:
    """Take a list in by `put`, and keep what it changed; return its number and what it changed.

    One whose key is known was taken in before: nothing is done again. What lists before have
    changed is let go of once they are too old to be taken back.
    """
    if (known := _known(tx.connection, city, new.key)) is not None:
        return known, BookChange()
    before = rows_in(tx.connection, city, scope)
    change = put()
    counts = {name: len(getattr(change, name)) for name in COUNTED}
    made = {"made_by": tx.by.actor, "made_at": tx.by.at, "counts": counts, "city": city}
    told = {
        "key": new.key,
        "kind": new.kind,
        "name_digest": new.name_digest,
        "content_digest": new.content_digest,
    }
    statement = insert(tables.import_batch).values(**told, **made).returning(batch.id)
    id = int(tx.connection.execute(statement).scalar_one())
    keep(tx, city, id, list(images(before, rows_in(tx.connection, city, scope))))
    gone = forget_old(tx, city)
    told_too = {"forgotten": gone} if gone else {}
    tx.note("file.imported", str(id), city=city, after={"kind": new.kind, **counts, **told_too})
    return id, change


def keep(tx: Transaction, city: str, id: int, changed: list[Image]) -> None:
    """Keep what a list changed, in order."""
    if changed:
        rows = [
            {
                "batch_id": id,
                "position": position,
                "city": city,
                "of_table": one.table,
                "row_key": one.key,
                "whose": one.whose,
                "before": one.before,
                "after": one.after,
            }
            for position, one in enumerate(changed)
        ]
        tx.connection.execute(insert(tables.import_row), rows)


def list_batches(connection: Connection, city: str, limit: int = LISTED) -> list[Batch]:
    """Return the lists that a city took in, the newest first."""
    query = _with_counts().where(batch.city == city).order_by(batch.id.desc()).limit(limit)
    return [Batch(**found) for found in connection.execute(query).mappings()]


def get_batch(connection: Connection, city: str, id: int) -> Batch:
    """Return one of them; NotFoundError where the city has none of that number."""
    query = _with_counts().where(batch.city == city, batch.id == id)
    found = connection.execute(query).mappings().one_or_none()
    if found is None:
        raise NotFoundError(f"{city} has no import {id}: look at the list of imports")
    return Batch(**found)


def same_content(connection: Connection, city: str, kind: str, content: str) -> Batch | None:
    """Return the newest list of the same content that still stands, None where there is none."""
    query = (
        _with_counts()
        .where(batch.city == city, batch.kind == kind, batch.content_digest == content)
        .where(batch.taken_back_at.is_(None))
        .order_by(batch.id.desc())
        .limit(1)
    )
    found = connection.execute(query).mappings().one_or_none()
    return Batch(**found) if found else None


def _known(connection: Connection, city: str, key: str) -> int | None:
    return connection.scalar(select(batch.id).where(batch.city == city, batch.key == key))


def _with_counts() -> Any:
    its = row.batch_id == batch.id
    rows = select(func.count()).where(its).scalar_subquery().label("rows")
    back = select(func.count()).where(its, row.taken_back_at.is_not(None)).scalar_subquery()
    told = [column for column in tables.import_batch.columns if column.name != "key"]
    return select(*told, rows, back.label("back"))
