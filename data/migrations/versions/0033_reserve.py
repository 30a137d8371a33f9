"""The reserve that a plan was searched with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.add_column(
        "plan", sa.Column("reserve", sa.Integer(), nullable=False, server_default=sa.text("50"))
    )
