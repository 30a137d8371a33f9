"""Suspended visits, and the rules and facts that each visit passed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_suspension()
    op.create_index("ix_stop_borrower_id", "stop", ["borrower_id"])
    op.create_index("ix_outcome_city_borrower_id", "outcome", ["city", "borrower_id"])


def create_suspension() -> None:
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("since", UTC, nullable=False),
        sa.Column("by_actor", sa.String(), nullable=False),
        sa.Column("by_kind", sa.String(), nullable=False),
        sa.Column("by_subject", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("is_law", sa.Boolean(), nullable=False),
        sa.Column("was_begun", sa.Boolean(), nullable=False),
        sa.Column("lifted_at", UTC, nullable=True),
        sa.Column("lifted_kind", sa.String(), nullable=False, server_default=""),
        sa.Column("lifted_subject", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_suspension_city"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_suspension_plan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_suspension"),
    )
    op.create_index("ix_suspension_city_borrower_id", "suspension", ["city", "borrower_id"])
    op.create_index(
        "uq_suspension_open",
        "suspension",
        ["plan_id", "visit_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
