"""Calls for help and problems, as desks have seen and closed them; how long a city waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "field_alarm",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=True),
        sa.Column("seen_at", UTC, nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", UTC, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["key"], ["field_record.key"], name="fk_field_alarm_key"),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_field_alarm_city"),
        sa.PrimaryKeyConstraint("key", name="pk_field_alarm"),
    )
    op.create_index("ix_field_alarm_city_closed_at", "field_alarm", ["city", "closed_at"])
    for name, minutes in (("arrive_within_min", "15"), ("leave_within_min", "45")):
        waits = sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text(minutes))
        op.add_column("city", waits)
