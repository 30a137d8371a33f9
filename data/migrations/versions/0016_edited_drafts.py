"""Drafts that people edit: their locks, their log, and what a visit stood on after an edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

GROUNDS = (
    "plan_id, visit_id, stage, at, borrower_id, profile, rules_version, rules, facts, "
    "point_lat, point_lon"
)


def upgrade() -> None:
    op.add_column("plan", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("plan", sa.Column("based_on", sa.Integer(), nullable=True))
    op.add_column("plan", sa.Column("locks", sa.Text(), nullable=False, server_default="[]"))
    create_log()
    make_append_only("plan_edit")
    if op.get_bind().dialect.name == "sqlite":
        make_grounds_anew()
        make_append_only("visit_grounds")
        return
    op.execute("ALTER TABLE visit_grounds ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")
    op.drop_constraint("pk_visit_grounds", "visit_grounds")
    op.create_primary_key(
        "pk_visit_grounds", "visit_grounds", ["plan_id", "visit_id", "stage", "revision"]
    )


def create_log() -> None:
    op.create_table(
        "plan_edit",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_plan_edit_city"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_plan_edit_plan_id"),
        sa.PrimaryKeyConstraint("plan_id", "number", name="pk_plan_edit"),
        sa.UniqueConstraint("city", "key", name="uq_plan_edit_city_key"),
    )


def make_grounds_anew() -> None:
    """Give the table another key: SQLite cannot alter one."""
    op.execute("ALTER TABLE visit_grounds RENAME TO visit_grounds_before")
    op.create_table(
        "visit_grounds",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("point_lat", sa.Float(), nullable=True),
        sa.Column("point_lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_visit_grounds_plan_id"),
        sa.ForeignKeyConstraint(["rules"], ["kept_rules.digest"], name="fk_visit_grounds_rules"),
        sa.PrimaryKeyConstraint(
            "plan_id", "visit_id", "stage", "revision", name="pk_visit_grounds"
        ),
    )
    op.execute(f"INSERT INTO visit_grounds ({GROUNDS}) SELECT {GROUNDS} FROM visit_grounds_before")
    op.execute("DROP TABLE visit_grounds_before")


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
