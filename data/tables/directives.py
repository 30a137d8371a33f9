"""What dispatchers say of borrowers for plans: must go, not today, not before a day."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table

from data.columns import Utc, Word
from data.tables.base import metadata, needed, of_city
from scheduler.directives import DirectiveKind

directive = Table(
    "directive",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("borrower_id", String),
    needed("kind", Word(DirectiveKind)),
    needed("on", Date),
    needed("reason", String),
    needed("said_by", String),
    needed("said_at", Utc),
    Column("key", String),
    Column("ended_by", String),
    Column("ended_at", Utc),
    Column("replaced_by", Integer),
    of_city("borrower_id", "borrower"),
    Index(None, "city", "borrower_id"),
    Index("uq_directive_key", "city", "key", "borrower_id", unique=True),
)
"""One that has ended stays; `replaced_by` is the later word that took its place."""
