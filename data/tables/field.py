"""The phones of a day, and what they have told."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from data.columns import Utc, Word
from data.tables.base import metadata, needed, of_city
from scheduler.field.attachments import AttachmentKind
from scheduler.field.company import How
from scheduler.field.records import RecordKind, RecordState

# A phone that may bring what it has recorded of a day until `deposits_until`; what it brings with
# is kept as a digest. One that has ended may read nothing, and still brings what it holds. `link`
# is what its collector came in by, where it was no password.
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
    Column("link", String),
    of_city("collector_id", "collector"),
    Index(None, "digest", unique=True),
)

# A collector's way into one day without a password. Of the link and of the phone that it was
# opened on digests are kept alone; `ends_at` is when the shift that it was made for ends.
day_link = Table(
    "day_link",
    metadata,
    Column("id", String, primary_key=True),
    needed("city", String),
    needed("on", Date),
    needed("collector_id", String),
    needed("actor", String),
    needed("digest", String),
    needed("made_by", String),
    needed("made_at", Utc),
    needed("ends_at", Utc),
    Column("spent_at", Utc),
    Column("phone", String),
    needed("others", Integer, default=0),
    Column("others_at", Utc),
    Column("taken_back_at", Utc),
    Column("taken_back_by", String),
    of_city("collector_id", "collector"),
    Index(None, "digest", unique=True),
    Index(None, "city", "on"),
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

# A photograph, voice note or signature that a record brought; `content` is locked (data/at_rest.py)
# by the key `locked_for`, and gone once it was deleted. Whose door it was at is known from when the
# record is taken in.
attachment = Table(
    "attachment",
    metadata,
    Column("key", String, primary_key=True),
    needed("city", String),
    needed("on", Date),
    needed("visit_id", String),
    needed("borrower_id", String),
    needed("place_id", String),
    needed("what", Word(AttachmentKind)),
    needed("type", String),
    needed("size", Integer),
    needed("sha256", String),
    needed("of", String),
    needed("at", Utc),
    needed("actor", String),
    needed("locked_for", String),
    Column("content", LargeBinary),
    Column("deleted_at", Utc),
    needed("deleted_by", String),
    needed("reason", String),
    ForeignKeyConstraint(["city"], ["city.name"]),
    ForeignKeyConstraint(["key"], ["field_record.key"]),
    Index(None, "city", "borrower_id"),
    Index(None, "city", "on", "visit_id"),
)

# Who is confirmed at the door of a visit, and by what; of each way the first press counts.
visit_presence = Table(
    "visit_presence",
    metadata,
    Column("city", String, primary_key=True),
    Column("on", Date, primary_key=True),
    Column("visit_id", String, primary_key=True),
    Column("collector_id", String, primary_key=True),
    Column("how", Word(How), primary_key=True),
    needed("at", Utc),
    needed("recorded_by", String),
    needed("recorded_at", Utc),
    of_city("collector_id", "collector"),
)

# A call for help, or a problem, stands on every desk of its city until somebody closes it. It is
# raised with its record, whose turn it does not wait for. `note` is what was done.
field_alarm = Table(
    "field_alarm",
    metadata,
    Column("key", String, ForeignKey("field_record.key"), primary_key=True),
    needed("city", String),
    needed("kind", Word(RecordKind)),
    Column("seen_by", String),
    Column("seen_at", Utc),
    Column("closed_by", String),
    Column("closed_at", Utc),
    Column("note", Text),
    ForeignKeyConstraint(["city"], ["city.name"]),
    Index(None, "city", "closed_at"),
)
