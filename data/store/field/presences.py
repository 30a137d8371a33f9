"""Who of a crew is confirmed at the door of a visit."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from data import database, tables
from data.store.events import Transaction
from data.store.rows import from_row, to_row
from scheduler.field.company import Presence

presence, event = tables.visit_presence.c, tables.event.c
WRONG = "visit.code_wrong"


def put_presence(tx: Transaction, city: str, on: date, told: Presence) -> bool:
    """Keep that somebody is at a door; answer whether that is new: of each way once.

    The record or the press that tells it has its own event.
    """
    by = {"recorded_by": tx.by.actor, "recorded_at": tx.by.at}
    row = to_row(told, city=city, on=on, **by)
    return tx.connection.execute(_if_new(tx.connection.dialect.name), row).rowcount == 1


@cache
def _if_new(dialect: str) -> Any:
    """Return what inserts a presence unless it is there."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(tables.visit_presence).on_conflict_do_nothing()


def wrong_codes(engine: Engine, city: str, on: date, who: str, actor: str) -> int:
    """Return how many wrong codes of somebody a person has told on a day."""
    query = select(event.after).where(
        event.subject == who, event.city == city, event.kind == WRONG, event.actor == actor
    )
    with database.reading(engine) as connection:
        return sum(after["on"] == on.isoformat() for after in connection.scalars(query))


def presences_of(engine: Engine, city: str, on: date) -> dict[str, list[Presence]]:
    """Return who is at each door of a day, by the visits' ids."""
    query = select(tables.visit_presence).where(presence.city == city, presence.on == on)
    found: dict[str, list[Presence]] = defaultdict(list)
    with database.reading(engine) as connection:
        for row in connection.execute(query.order_by(presence.at)).mappings():
            found[row["visit_id"]].append(from_row(Presence, row))
    return found
