"""The phones of a day, and what they have told."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from data.columns import Utc, Word
from data.tables.base import metadata, needed, of_city
from scheduler.field.records import RecordKind, RecordState

# A phone that may bring what it has recorded of a day until `deposits_until`; what it brings with
# is kept as a digest. One that has ended may read nothing, and still brings what it holds.
field_device = Table(
    "field_device",
    metadata,
    Column("id", String, primary_key=True),
    needed("city", String),
    needed("on", Date),
    needed("collector_id", String),
    needed("actor", String),
    needed("digest", String),
    needed("made_at", Utc),
    needed("deposits_until", Utc),
    Column("ended_at", Utc),
    of_city("collector_id", "collector"),
    Index(None, "digest", unique=True),
)

# `body` is what was told, `told` what the book made of it. One that could not be opened is kept
# as it came, in `sealed` (base64), and has neither place nor time of its own. No row is deleted.
field_record = Table(
    "field_record",
    metadata,
    Column("key", String, primary_key=True),
    needed("city", String),
    needed("on", Date),
    needed("device", String),
    needed("visit_id", String),
    needed("seq", Integer),
    Column("kind", Word(RecordKind)),
    needed("at", Utc),
    needed("wall_at", Utc),
    Column("plan_id", Integer),
    Column("body", JSON(none_as_null=True)),
    needed("state", Word(RecordState)),
    Column("told", JSON(none_as_null=True)),
    Column("sealed", Text),
    needed("received_at", Utc),
    Column("applied_at", Utc),
    Column("decided_by", String),
    Column("decided_at", Utc),
    ForeignKeyConstraint(["city"], ["city.name"]),
    ForeignKeyConstraint(["device"], ["field_device.id"]),
    Index(None, "device", "visit_id", "seq"),
    Index(None, "city", "on"),
    Index(None, "state"),
)
