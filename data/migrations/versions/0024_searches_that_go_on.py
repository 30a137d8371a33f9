"""What a search has reached, and which work made a plan: one that is cut off goes on from there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("job", sa.Column("reached", sa.JSON(), nullable=True))
    op.add_column("plan", sa.Column("job", sa.Integer(), nullable=True))
    op.create_index("uq_plan_job", "plan", ["job"], unique=True)
