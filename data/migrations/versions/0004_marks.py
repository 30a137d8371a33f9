"""When crews begin, arrive and leave; and what is said with an outcome."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

UTC = sa.DateTime(timezone=True)
MONEY = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "visit_mark",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("crew", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_visit_mark_city"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_visit_mark_plan_id"),
        sa.PrimaryKeyConstraint("key", name="pk_visit_mark"),
    )
    op.create_index("ix_visit_mark_city_on", "visit_mark", ["city", "on"])
    for column in (
        sa.Column("amount", MONEY, nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("method", sa.String(), nullable=False, server_default=""),
        sa.Column("suits_start", UTC, nullable=True),
        sa.Column("suits_end", UTC, nullable=True),
    ):
        op.add_column("outcome", column)
