"""What was in the book before a list: kept as long as the list can be taken back, and no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from data import tables
from data.store.events import Transaction

KEPT_FOR = timedelta(days=90)
"""Names and addresses that nobody works by any more are not kept for ever."""

batch, row = tables.import_batch.c, tables.import_row.c


def is_kept(made_at: datetime, now: datetime) -> bool:
    """Whether a list of `made_at` can still be taken back."""
    return now - made_at <= KEPT_FOR


def forget_old(tx: Transaction, city: str) -> int:
    """Let go of what older lists of a city have changed, and return how many rows went.

    That a list came, from whom and what it counted stays; what it made of the book stands there.
    """
    old = select(batch.id).where(batch.city == city, batch.made_at < tx.by.at - KEPT_FOR)
    gone = tx.connection.execute(delete(tables.import_row).where(row.batch_id.in_(old)))
    return gone.rowcount
