"""Lists that were taken in: what each made of the book, so that it can be taken back."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from data.columns import Utc
from data.tables.base import in_city, metadata, needed

# The names of files may hold names of people: their digests tell whether two are the same.
import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("key", String),
    needed("kind", String),
    needed("name_digest", String),
    needed("content_digest", String),
    needed("counts", JSON),
    needed("made_by", String),
    needed("made_at", Utc),
    Column("taken_back_by", String),
    Column("taken_back_at", Utc),
    ForeignKeyConstraint(["city"], ["city.name"]),
    UniqueConstraint("city", "key"),
)

# A row of the book that a list changed: the columns that differ, as they were and as they became.
# `before` is null where the list added the row, `after` where it took it out. Of an added row
# `after` holds a digest; `removed` is the row itself, once it has been taken back out.
import_row = Table(
    "import_row",
    metadata,
    Column("batch_id", ForeignKey("import_batch.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    needed("city", String),
    needed("of_table", String),
    needed("row_key", String),
    # The borrower or collector whose it is: what is hers is taken back together, or not at all.
    needed("whose", String),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("removed", JSON(none_as_null=True)),
    Column("taken_back_at", Utc),
    Index(None, "city", "of_table", "row_key"),
)

# What a person said of the columns of files with these headers, for the next time.
import_columns = Table(
    "import_columns",
    metadata,
    in_city(),
    Column("kind", String, primary_key=True),
    Column("headers_digest", String, primary_key=True),
    needed("told", JSON),
    needed("told_by", String),
    needed("told_at", Utc),
)
