"""Promises by phone, and contacts that were corrected."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

MONEY = sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.add_column("contact", sa.Column("amount", MONEY, nullable=True))
    op.add_column("contact", sa.Column("due", sa.Date(), nullable=True))
    op.add_column("contact", sa.Column("grace_days", sa.Integer(), nullable=True))
    for name in ("method", "corrects"):
        op.add_column("contact", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("contact", sa.Column("corrected_by", sa.String(), nullable=True))
