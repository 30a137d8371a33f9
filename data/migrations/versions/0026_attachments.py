"""Photographs, voice notes and signatures that phones bring, locked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("locked_for", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("deleted_at", UTC, nullable=True),
        sa.Column("deleted_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["city"], ["city.name"], name="fk_attachment_city"),
        sa.ForeignKeyConstraint(["key"], ["field_record.key"], name="fk_attachment_key"),
        sa.PrimaryKeyConstraint("key", name="pk_attachment"),
    )
    for columns in (["city", "borrower_id"], ["city", "on", "visit_id"]):
        op.create_index(f"ix_attachment_{'_'.join(columns)}", "attachment", columns)
