"""What outcomes lead to: promises, agreements, assessments, follow-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

UTC = sa.DateTime(timezone=True)
# As in 0001: SQLite, which has only floats, counts 1/10000.
MONEY = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    for column in (
        sa.Column("case_id", sa.String(), nullable=False, server_default=""),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("corrects", sa.String(), nullable=False, server_default=""),
        sa.Column("corrected_by", sa.String(), nullable=True),
    ):
        op.add_column("outcome", column)
    make_consequence()
    make_promise()
    make_agreement()
    make_assessment()
    make_follow_up()


def make_consequence() -> None:
    op.create_table(
        "consequence",
        sa.Column("id", sa.Integer(), nullable=False),
        *whose("consequence"),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("outcome_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("policy_version", sa.String(), nullable=False),
        *made(),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["outcome_key"], ["outcome.key"], name="fk_consequence_outcome_key"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consequence"),
    )
    index("consequence", "city", "borrower_id")
    index("consequence", "outcome_key")


def make_promise() -> None:
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        *whose("promise", with_case=True),
        sa.Column("amount", MONEY, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("given_at", UTC, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("paid", MONEY, nullable=False),
        *made(),
        sa.Column("judged_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
    )
    index("promise", "city", "due")
    index("promise", "city", "borrower_id")
    index("promise", "source")


def make_agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        *whose("agreement", with_case=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("total", MONEY, nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signature_reference", sa.String(), nullable=False),
        sa.Column("signature_sha256", sa.String(), nullable=False),
        sa.Column("photo_reference", sa.String(), nullable=False),
        sa.Column("photo_sha256", sa.String(), nullable=False),
        *made(),
        sa.Column("withdrawn_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
    )
    index("agreement", "city", "borrower_id")
    index("agreement", "source")
    op.create_table(
        "instalment",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("amount", MONEY, nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name="fk_instalment_agreement_id"
        ),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"], name="fk_instalment_promise_id"),
        sa.PrimaryKeyConstraint("agreement_id", "position", name="pk_instalment"),
    )
    op.create_table(
        "waiver",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("amount", MONEY, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UTC, nullable=False),
        sa.CheckConstraint("approved_by <> recorded_by", name="ck_waiver_two_people"),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name="fk_waiver_agreement_id"),
        sa.PrimaryKeyConstraint("agreement_id", name="pk_waiver"),
    )


def make_assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("outcome_key", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("observations", sa.String(), nullable=False),
        sa.Column("ability", sa.String(), nullable=True),
        sa.Column("willingness", sa.String(), nullable=True),
        *made(),
        hers("assessment"),
        sa.ForeignKeyConstraint(["outcome_key"], ["outcome.key"], name="fk_assessment_outcome_key"),
        sa.PrimaryKeyConstraint("outcome_key", name="pk_assessment"),
    )
    index("assessment", "city", "borrower_id")


def make_follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        *whose("follow_up"),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *made(),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
    )
    index("follow_up", "city", "state", "due")
    index("follow_up", "city", "borrower_id")
    index("follow_up", "source")


def whose(table: str, *, with_case: bool = False) -> list[sa.schema.SchemaItem]:
    """Return the columns that say whose a row is, with their references."""
    names = ("city", "agency", "borrower_id", "case_id")
    items: list[sa.schema.SchemaItem] = [
        sa.Column(name, sa.String(), nullable=False) for name in names
    ]
    if with_case:
        items.append(
            sa.ForeignKeyConstraint(
                ["city", "case_id"],
                ["loan_case.city", "loan_case.id"],
                name=f"fk_{table}_city_case_id",
            )
        )
    return [*items, hers(table)]


def hers(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["city", "borrower_id"],
        ["borrower.city", "borrower.id"],
        name=f"fk_{table}_city_borrower_id",
    )


def made() -> list[sa.Column[object]]:
    """Return the columns that say by whom and when."""
    return [
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
    ]


def index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
