"""Which learned times plans keep."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from data.columns import Plain, Utc
from data.tables.base import metadata, needed
from scheduler.forecast import Learned

# A line for each decision; taking it back fills its last two columns, and nothing else is changed.
times_decision = Table(
    "times_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("learned", Plain(Learned)),
    needed("first", Date),
    needed("last", Date),
    needed("service_before_s", Integer),
    needed("decided_by", String),
    needed("decided_at", Utc),
    needed("key", String),  # of the press
    needed("taken_back_by", String, server_default=""),
    Column("taken_back_at", Utc),
    ForeignKeyConstraint(["city"], ["city.name"]),
    Index("uq_times_decision_key", "city", "key", unique=True),
)
