"""What a borrower's life asks: pauses, wishes, consents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    create(
        "pause",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
    )
    create(
        "wish",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("blocked", sa.Text(), nullable=False),
        sa.Column("place_kind", sa.String(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
    )
    create(
        "consent",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
    )


def create(name: str, *columns: sa.Column[object]) -> None:
    """Create a table of what holds for a borrower until somebody ends it."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("borrower_id", sa.String(), nullable=False),
        *columns,
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["city", "borrower_id"],
            ["borrower.city", "borrower.id"],
            name=f"fk_{name}_city_borrower_id",
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_city_borrower_id", name, ["city", "borrower_id"])
