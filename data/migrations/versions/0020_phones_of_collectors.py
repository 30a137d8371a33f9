"""Where a dispatcher reaches a collector."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("collector", sa.Column("phone", sa.String(), nullable=False, server_default=""))
