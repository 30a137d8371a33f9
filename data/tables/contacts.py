"""The contact log, payments and balances."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from data.columns import Money, Utc, Word
from data.tables.base import in_city, metadata, needed, of_city, window
from scheduler.contacts import Channel, ContactResult, Direction, Party

# The senders' keys are their own: one per city, so that two lenders never meet.
contact = Table(
    "contact",
    metadata,
    in_city(),
    Column("key", String, primary_key=True),
    needed("borrower_id", String),
    needed("channel", Word(Channel)),
    needed("direction", Word(Direction)),
    needed("party", Word(Party)),
    needed("result", Word(ContactResult)),
    needed("at", Utc),
    needed("by", String),
    needed("case_id", String),
    needed("contacted", String),
    needed("recording", String),
    needed("note", String),
    *window("appointment", nullable=True),
    Column("amount", Money),
    Column("due", Date),
    Column("grace_days", Integer),
    needed("method", String),
    needed("corrects", String),
    # The contact that took its place; whatever counts contacts leaves it out.
    Column("corrected_by", String),
    needed("recorded_by", String),
    needed("recorded_at", Utc),
    of_city("borrower_id", "borrower"),
    Index(None, "city", "at"),
    Index(None, "city", "borrower_id"),
)

payment = Table(
    "payment",
    metadata,
    in_city(),
    Column("key", String, primary_key=True),
    needed("case_id", String),
    needed("amount", Money),
    needed("at", Utc),
    needed("method", String),
    Column("overdue", Money),
    needed("recorded_by", String),
    needed("recorded_at", Utc),
    of_city("case_id", "loan_case"),
    Index(None, "city", "at"),
    Index(None, "city", "case_id"),
)

# What was overdue on each case when the lender told it last; payments since then lower it.
# `is_paid`: it was paid off since, and the case stopped for it.
balance = Table(
    "balance",
    metadata,
    in_city(),
    Column("case_id", String, primary_key=True),
    needed("overdue", Money),
    Column("days_past_due", Integer),
    needed("at", Utc),
    needed("is_listed", Boolean),
    needed("is_paid", Boolean),
    of_city("case_id", "loan_case"),
)
