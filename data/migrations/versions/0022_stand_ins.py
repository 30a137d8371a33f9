"""Who stands in for a case's owner on a day, and the cases that were given for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "stand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("collector_id", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", UTC, nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", UTC, nullable=True),
        its_own("stand_in", "case_id", "loan_case"),
        its_own("stand_in", "collector_id", "collector"),
        sa.PrimaryKeyConstraint("id", name="pk_stand_in"),
    )
    op.create_index("ix_stand_in_city_on", "stand_in", ["city", "on"])
    op.create_index("uq_stand_in_key", "stand_in", ["city", "key", "case_id"], unique=True)
    op.create_table(
        "case_gift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", UTC, nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        its_own("case_gift", "case_id", "loan_case"),
        sa.PrimaryKeyConstraint("id", name="pk_case_gift"),
    )
    op.create_index("ix_case_gift_city_before", "case_gift", ["city", "before"])
    op.create_index("uq_case_gift_key", "case_gift", ["city", "key", "case_id"], unique=True)


def its_own(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """Return the reference to a row of `other` in the same city."""
    name = f"fk_{table}_city_{column}"
    return sa.ForeignKeyConstraint(["city", column], [f"{other}.city", f"{other}.id"], name=name)
