"""By which telephone number collectors reach the desk of a city."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("city", sa.Column("desk_phone", sa.String(), nullable=False, server_default=""))
