"""Which learned times plans keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "times_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("service_before_s", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", UTC, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("taken_back_by", sa.String(), nullable=False, server_default=""),
        sa.Column("taken_back_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_times_decision_city"),
        sa.PrimaryKeyConstraint("id", name="pk_times_decision"),
    )
    op.create_index("uq_times_decision_key", "times_decision", ["city", "key"], unique=True)
