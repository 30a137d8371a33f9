"""Whether a city's calendars may tell whom a stop is to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # What was never decided stays closed.
    op.add_column(
        "city",
        sa.Column("calendar_details", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
