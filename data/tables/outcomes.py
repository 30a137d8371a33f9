"""What comes of visits: consequences, promises, agreements, assessments and tasks."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from data.columns import Money, Utc, Word
from data.tables.base import metadata, needed, of_city
from scheduler.agreements import Degree
from scheduler.follow_ups import Task, TaskState
from scheduler.following import StepKind
from scheduler.promises import PromiseStatus

# What an outcome has led to, a row for each case or place that a step was about. `detail` is the
# step as plain JSON, `before` what stood there, so that it can be undone. No row is removed.
consequence = Table(
    "consequence",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("agency", String),
    needed("borrower_id", String),
    needed("case_id", String),
    needed("place_id", String),
    Column("outcome_key", ForeignKey("outcome.key"), nullable=False),
    needed("kind", Word(StepKind)),
    needed("detail", JSON),
    Column("before", JSON(none_as_null=True)),
    needed("policy_version", String),
    needed("made_by", String),
    needed("made_at", Utc),
    Column("undone_by", String),
    Column("undone_at", Utc),
    of_city("borrower_id", "borrower"),
    Index(None, "city", "borrower_id"),
    Index(None, "outcome_key"),
)

promise = Table(
    "promise",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("agency", String),
    needed("borrower_id", String),
    needed("case_id", String),
    needed("amount", Money),
    needed("due", Date),
    needed("given_at", Utc),
    # The key of the outcome or of the contact at which it was given.
    needed("source", String),
    needed("method", String),
    needed("grace_days", Integer),
    needed("status", Word(PromiseStatus)),
    needed("paid", Money),
    needed("made_by", String),
    needed("made_at", Utc),
    Column("judged_at", Utc),
    of_city("borrower_id", "borrower"),
    of_city("case_id", "loan_case"),
    Index(None, "city", "due"),
    Index(None, "city", "borrower_id"),
    Index(None, "source"),
)

agreement = Table(
    "agreement",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("agency", String),
    needed("borrower_id", String),
    needed("case_id", String),
    needed("source", String),
    needed("total", Money),
    needed("signed_on", Date),
    # Where documents are kept, and their SHA-256: never the documents.
    needed("signature_reference", String),
    needed("signature_sha256", String),
    needed("photo_reference", String),
    needed("photo_sha256", String),
    needed("made_by", String),
    needed("made_at", Utc),
    Column("withdrawn_at", Utc),
    of_city("borrower_id", "borrower"),
    of_city("case_id", "loan_case"),
    Index(None, "city", "borrower_id"),
    Index(None, "source"),
)

instalment = Table(
    "instalment",
    metadata,
    Column("agreement_id", ForeignKey("agreement.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    needed("due", Date),
    needed("amount", Money),
    Column("promise_id", ForeignKey("promise.id"), nullable=False),
)

waiver = Table(
    "waiver",
    metadata,
    Column("agreement_id", ForeignKey("agreement.id"), primary_key=True),
    needed("amount", Money),
    needed("reason", String),
    needed("approved_by", String),
    needed("recorded_by", String),
    needed("recorded_at", Utc),
    CheckConstraint("approved_by <> recorded_by", name="ck_waiver_two_people"),
)

assessment = Table(
    "assessment",
    metadata,
    Column("outcome_key", ForeignKey("outcome.key"), primary_key=True),
    needed("city", String),
    needed("borrower_id", String),
    needed("observations", String),
    Column("ability", Word(Degree)),
    Column("willingness", Word(Degree)),
    needed("made_by", String),
    needed("made_at", Utc),
    of_city("borrower_id", "borrower"),
    Index(None, "city", "borrower_id"),
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", Integer, primary_key=True),
    needed("city", String),
    needed("agency", String),
    needed("borrower_id", String),
    needed("case_id", String),
    needed("task", Word(Task)),
    needed("due", Date),
    needed("source", String),
    needed("state", Word(TaskState)),
    needed("made_by", String),
    needed("made_at", Utc),
    Column("ended_by", String),
    Column("ended_at", Utc),
    of_city("borrower_id", "borrower"),
    Index(None, "city", "state", "due"),
    Index(None, "city", "borrower_id"),
    Index(None, "source"),
)
