"""A program's token may have a role in a city; a city's newest event is found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    for name in ("role", "city", "agency"):
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("api_token", column)
    op.create_index("ix_event_city_id", "event", ["city", "id"])
