"""Who goes to a case instead of its owner: for a day, or for good."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table

from data.columns import Utc
from data.tables.base import metadata, needed, of_city

stand_in = Table(
    "stand_in",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("case_id", String),
    needed("collector_id", String),
    needed("on", Date),
    needed("said_by", String),
    needed("said_at", Utc),
    Column("key", String),
    Column("ended_by", String),
    Column("ended_at", Utc),
    of_city("case_id", "loan_case"),
    of_city("collector_id", "collector"),
    Index(None, "city", "on"),
    Index("uq_stand_in_key", "city", "key", "case_id", unique=True),
)
"""One that was taken back stays; its day ends it by itself."""

case_gift = Table(
    "case_gift",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("case_id", String),
    Column("before", String),
    Column("owner", String),
    needed("given_by", String),
    needed("given_at", Utc),
    Column("undoes", Integer),
    Column("key", String),
    of_city("case_id", "loan_case"),
    Index(None, "city", "before"),
    Index("uq_case_gift_key", "city", "key", "case_id", unique=True),
)
"""A case given back is a gift of its own; `undoes` is the one before."""
