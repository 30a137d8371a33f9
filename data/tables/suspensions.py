"""Suspended visits."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    text,
)

from data.columns import Utc
from data.tables.base import metadata, needed

# A planned visit that may not be made since an event; one that had begun by then is only flagged.
# `by_…` name the event that brought it, `lifted_…` the one that let the visit be made again, or
# gave another cause: then the next row begins where this one ends.
suspension = Table(
    "suspension",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("plan_id", Integer),
    needed("visit_id", String),
    needed("borrower_id", String),
    needed("since", Utc),
    needed("by_actor", String),
    needed("by_kind", String),
    needed("by_subject", String),
    needed("why", String),
    needed("text", String),
    needed("source", String),
    needed("is_law", Boolean),
    needed("was_begun", Boolean),
    Column("lifted_at", Utc),
    needed("lifted_kind", String, server_default=""),
    needed("lifted_subject", String, server_default=""),
    ForeignKeyConstraint(["city"], ["city.name"]),
    ForeignKeyConstraint(["plan_id"], ["plan.id"]),
    Index(None, "city", "borrower_id"),
)

Index(
    "uq_suspension_open",
    suspension.c.plan_id,
    suspension.c.visit_id,
    unique=True,
    sqlite_where=text("lifted_at IS NULL"),
    postgresql_where=text("lifted_at IS NULL"),
)
