"""Who of a crew is confirmed at the door of a visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "visit_presence",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("collector_id", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["city", "collector_id"],
            ["collector.city", "collector.id"],
            name="fk_visit_presence_city_collector_id",
        ),
        sa.PrimaryKeyConstraint(
            "city", "on", "visit_id", "collector_id", "how", name="pk_visit_presence"
        ),
    )
