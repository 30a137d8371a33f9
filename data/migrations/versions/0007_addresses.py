"""What people decide about addresses: where a text, a compound or a lane is, and doors learned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("place", sa.Column("confidence", sa.Float(), nullable=False, server_default="1"))
    for column in (
        sa.Column("stood_lat", sa.Float(), nullable=True),
        sa.Column("stood_lon", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
    ):
        op.add_column("visit_mark", column)
    op.create_table(
        "address_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("point_lat", sa.Float(), nullable=False),
        sa.Column("point_lon", sa.Float(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", UTC, nullable=False),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", UTC, nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_address_override_city"),
        sa.ForeignKeyConstraint(
            ["replaces"], ["address_override.id"], name="fk_address_override_replaces"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_address_override"),
    )
    op.create_index(
        "uq_address_override_in_force",
        "address_override",
        ["city", "address_key"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "own_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("point_lat", sa.Float(), nullable=False),
        sa.Column("point_lon", sa.Float(), nullable=False),
        sa.Column("radius_m", sa.Float(), nullable=False),
        sa.Column("datum", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("removed_by", sa.String(), nullable=True),
        sa.Column("removed_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_own_place_city"),
        sa.PrimaryKeyConstraint("id", name="pk_own_place"),
    )
    op.create_index("ix_own_place_city_source", "own_place", ["city", "source"])
    op.create_table(
        "door_dismissal",
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("seen_until", UTC, nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_door_dismissal_city"),
        sa.ForeignKeyConstraint(
            ["city", "place_id"], ["place.city", "place.id"], name="fk_door_dismissal_city_place_id"
        ),
        sa.PrimaryKeyConstraint("city", "place_id", name="pk_door_dismissal"),
    )
