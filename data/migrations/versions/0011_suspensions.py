"""Suspended visits, and the rules and facts that each visit passed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_suspension()
    create_grounds()
    for table in ("kept_rules", "visit_grounds"):
        make_append_only(table)
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


def create_grounds() -> None:
    op.create_table(
        "kept_rules",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_kept_rules"),
    )
    op.create_table(
        "visit_grounds",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("point_lat", sa.Float(), nullable=True),
        sa.Column("point_lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_visit_grounds_plan_id"),
        sa.ForeignKeyConstraint(["rules"], ["kept_rules.digest"], name="fk_visit_grounds_rules"),
        sa.PrimaryKeyConstraint("plan_id", "visit_id", "stage", name="pk_visit_grounds"),
    )


def make_append_only(table: str) -> None:
    """Let rows be added and never changed; the first migration made PostgreSQL's function."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
