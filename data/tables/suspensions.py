"""Suspended visits, and what each planned visit stood on."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from data.columns import Plain, Utc, Word
from data.tables.base import metadata, needed, point
from scheduler.grounds import Stage, VisitFacts

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

# Rules as JSON text, and the checksum of it: most visits of a plan passed the same.
kept_rules = Table(
    "kept_rules",
    metadata,
    Column("digest", String, primary_key=True),
    needed("rules", Text),
)

# What a visit stood on when its plan was added, and when it was published. Neither this table nor
# the one above is ever changed: triggers refuse it.
visit_grounds = Table(
    "visit_grounds",
    metadata,
    Column("plan_id", Integer, primary_key=True),
    Column("visit_id", String, primary_key=True),
    Column("stage", Word(Stage), primary_key=True),
    # The edit of the draft after which it stood so.
    Column("revision", Integer, primary_key=True, server_default=text("0")),
    needed("at", Utc),
    needed("borrower_id", String),
    needed("profile", String),
    needed("rules_version", String),
    needed("rules", String),
    needed("facts", Plain(VisitFacts)),
    *point("point", nullable=True),
    ForeignKeyConstraint(["plan_id"], ["plan.id"]),
    ForeignKeyConstraint(["rules"], ["kept_rules.digest"]),
)
