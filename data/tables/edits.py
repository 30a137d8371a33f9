"""What people did to a draft, one after another."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from data.columns import Utc
from data.tables.base import metadata, needed

# `body` is the edit; `before` and `after` are the parts of the draft that it touched, in full.
# `undoes` is the number of the edit that this one takes back. No row is ever changed.
plan_edit = Table(
    "plan_edit",
    metadata,
    Column("plan_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    needed("city", String),
    needed("kind", String),
    needed("body", JSON(none_as_null=True)),
    needed("before", JSON(none_as_null=True)),
    needed("after", JSON(none_as_null=True)),
    Column("undoes", Integer),
    needed("key", String),
    needed("made_by", String),
    needed("made_at", Utc),
    ForeignKeyConstraint(["city"], ["city.name"]),
    ForeignKeyConstraint(["plan_id"], ["plan.id"]),
    UniqueConstraint("city", "key"),
)
