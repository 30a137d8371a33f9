"""What is learned of when somebody is met: whether a city learns it, and what plans went by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column(
        "city",
        sa.Column("learns_availability", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.add_column(
        "loan_case", sa.Column("employment", sa.String(), nullable=False, server_default="")
    )
    op.add_column("plan", sa.Column("odds", sa.Text(), nullable=False, server_default="{}"))
