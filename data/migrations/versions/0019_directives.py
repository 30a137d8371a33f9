"""What dispatchers say of borrowers: must go, not today, not before a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "directive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", UTC, nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", UTC, nullable=True),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["city", "borrower_id"],
            ["borrower.city", "borrower.id"],
            name="fk_directive_city_borrower_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_directive"),
    )
    op.create_index("ix_directive_city_borrower_id", "directive", ["city", "borrower_id"])
    its_key = ["city", "key", "borrower_id"]
    op.create_index("uq_directive_key", "directive", its_key, unique=True)
