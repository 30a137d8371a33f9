"""What a borrower's life asks: pauses, wishes, consents."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table

from data.columns import Plain, Utc, Word
from data.tables.base import metadata, needed, of_city
from scheduler.contacts import Channel
from scheduler.model import DailyWindow, PlaceKind
from scheduler.restraints import PauseKind, WishBy


def _restraint(name: str, *columns: Column[object]) -> Table:
    """Return a table of what holds for a borrower until somebody ends it."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        needed("city", String),
        needed("borrower_id", String),
        *columns,
        needed("made_by", String),
        needed("made_at", Utc),
        Column("ended_by", String),
        Column("ended_at", Utc),
        of_city("borrower_id", "borrower"),
        Index(None, "city", "borrower_id"),
    )


pause = _restraint(
    "pause",
    needed("kind", Word(PauseKind)),
    needed("first", Date),
    Column("last", Date),
    needed("source", String),
)

wish = _restraint(
    "wish",
    needed("source", String),
    needed("blocked", Plain(tuple[DailyWindow, ...])),
    Column("place_kind", Word(PlaceKind)),
    needed("place_id", String),
    Column("channel", Word(Channel)),
    Column("first", Date),
    Column("last", Date),
    needed("by", Word(WishBy)),
)

consent = _restraint(
    "consent",
    needed("rule", String),
    needed("scope", String),
    needed("given_on", Date),
    needed("evidence", String),
    Column("expires", Date),
    needed("place_id", String),
    needed("case_id", String),
    needed("hours", Plain(tuple[DailyWindow, ...])),
)
