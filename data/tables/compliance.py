"""Signatures under profiles, and house rules set aside by a second person."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from data.columns import Plain, Utc, Word
from data.tables.base import Listed, metadata, needed, of_city
from data.tables.book import event
from scheduler.overriding import AskState

# That somebody has read and signed the doubtful values of a profile, by their digest.
profile_signature = Table(
    "profile_signature",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("profile", String),
    needed("version", String),
    needed("digest", String),
    needed("rules", Plain(Listed)),
    needed("signed_by", String),
    needed("signed_at", Utc),
    ForeignKeyConstraint(["city"], ["city.name"]),
    UniqueConstraint("city", "profile", "digest"),
)

# A house rule to be set aside for a borrower on a day, and what a second person decided.
rule_override = Table(
    "rule_override",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("borrower_id", String),
    needed("rule", String),
    needed("on", Date),
    needed("reason", String),
    needed("state", Word(AskState)),
    needed("asked_by", String),
    needed("asked_at", Utc),
    Column("decided_by", String),
    Column("decided_at", Utc),
    needed("note", String),
    Column("key", String),  # the asker's own, so that asking twice by it asks once
    of_city("borrower_id", "borrower"),
    Index(None, "city", "on"),
    Index("uq_rule_override_key", "city", "key", unique=True),
)

# One that is asked or allowed: nobody asks twice for the same.
Index(
    "uq_rule_override_open",
    rule_override.c.city,
    rule_override.c.borrower_id,
    rule_override.c.rule,
    rule_override.c.on,
    unique=True,
    sqlite_where=text("state IN ('asked', 'allowed')"),
    postgresql_where=text("state IN ('asked', 'allowed')"),
)

# Refusals are counted by their days.
Index("ix_event_kind_at", event.c.kind, event.c.at)
