"""What senders give a key of their own, so that sending it twice keeps it once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import Table, insert

from data.store.events import Transaction
from data.store.rows import from_row, rows_of, to_row
from scheduler.ports import BookChange


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


def keep_new(
    tx: Transaction, city: str, table: Table, items: Sequence[T]
) -> tuple[list[T], BookChange]:
    """Insert those whose key the city does not know yet; return them, and what became of all.

    What has the key of something else is not kept: the change names it as clashing. That holds
    within `items`, too, where the first stays.
    """
    kept = known(tx, city, table, items)
    new: list[T] = []
    same: list[str] = []
    clashing: list[str] = []
    for item in items:
        if item.key not in kept:
            kept[item.key] = item
            new.append(item)
        else:
            (same if kept[item.key] == item else clashing).append(item.key)
    if new:
        by = {"recorded_by": tx.by.actor, "recorded_at": tx.by.at}
        tx.connection.execute(insert(table), [to_row(item, city=city, **by) for item in new])
    keys = tuple(item.key for item in new)
    return new, BookChange(new=keys, unchanged=tuple(same), clashing=tuple(clashing))


def known(tx: Transaction, city: str, table: Table, items: Sequence[T]) -> dict[str, Any]:
    """Return what the city holds under the keys of `items`."""
    if not items:
        return {}
    keys = sorted({item.key for item in items})
    rows = rows_of(tx.connection, table, city, keys, by="key")
    return {row["key"]: from_row(type(items[0]), row) for row in rows}
