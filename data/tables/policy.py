"""The versions of a city's policy, and scores."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from data.columns import Money, Utc
from data.tables.base import in_city, metadata, needed, of_city

# A version is written once; approving it fills its last two columns, and nothing else is changed.
policy_version = Table(
    "policy_version",
    metadata,
    in_city(),
    Column("number", Integer, primary_key=True),
    needed("valid_from", Date),
    needed("content", Text),
    needed("digest", String),
    needed("note", String),
    needed("made_by", String),
    needed("made_at", Utc),
    Column("approved_by", String),
    Column("approved_at", Utc),
)

# What a model or a bureau says of a case: the chance, 0 to 1, that it is paid.
case_score = Table(
    "case_score",
    metadata,
    in_city(),
    Column("case_id", String, primary_key=True),
    Column("source", String, primary_key=True),
    Column("on", Date, primary_key=True),
    needed("chance", Money),
    needed("imported_by", String),
    needed("imported_at", Utc),
    of_city("case_id", "loan_case"),
    Index(None, "city", "on"),
)
