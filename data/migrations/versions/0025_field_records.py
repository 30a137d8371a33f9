"""The phones of a day, and the records that they bring."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "field_device",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("collector_id", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("deposits_until", UTC, nullable=False),
        sa.Column("ended_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["city", "collector_id"],
            ["collector.city", "collector.id"],
            name="fk_field_device_city_collector_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_field_device"),
    )
    op.create_index("ix_field_device_digest", "field_device", ["digest"], unique=True)
    op.create_table(
        "field_record",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("at", UTC, nullable=False),
        sa.Column("wall_at", UTC, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("received_at", UTC, nullable=False),
        sa.Column("applied_at", UTC, nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_field_record_city"),
        sa.ForeignKeyConstraint(["device"], ["field_device.id"], name="fk_field_record_device"),
        sa.PrimaryKeyConstraint("key", name="pk_field_record"),
    )
    for columns in (["device", "visit_id", "seq"], ["city", "on"], ["state"]):
        op.create_index(f"ix_field_record_{'_'.join(columns)}", "field_record", columns)
