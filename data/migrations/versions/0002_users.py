"""Users with their passwords, grants and failed log-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "user_account",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("code_digest", sa.String(), nullable=True),
        sa.Column("code_expires", UTC, nullable=True),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("session_stamp", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_user_account"),
    )
    op.drop_table("user_grant")  # 0001 made it, and nothing has ever written it
    op.create_table(
        "user_grant",
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("collector_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_name"], ["user_account.name"], name="fk_user_grant_user_name"
        ),
        sa.ForeignKeyConstraint(
            ["city", "collector_id"],
            ["collector.city", "collector.id"],
            name="fk_user_grant_city_collector_id",
        ),
        sa.PrimaryKeyConstraint("user_name", "role", "city", "agency", name="pk_user_grant"),
    )
    op.create_table(
        "login_failure",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_login_failure"),
    )
