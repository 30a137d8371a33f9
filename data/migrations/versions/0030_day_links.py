"""Links by which collectors come into a day without a password."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("field_device", sa.Column("link", sa.String(), nullable=True))
    op.create_table(
        "day_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("collector_id", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("ends_at", UTC, nullable=False),
        sa.Column("spent_at", UTC, nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("others_at", UTC, nullable=True),
        sa.Column("taken_back_at", UTC, nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["city", "collector_id"],
            ["collector.city", "collector.id"],
            name="fk_day_link_city_collector_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_day_link"),
    )
    op.create_index("ix_day_link_digest", "day_link", ["digest"], unique=True)
    op.create_index("ix_day_link_city_on", "day_link", ["city", "on"])
