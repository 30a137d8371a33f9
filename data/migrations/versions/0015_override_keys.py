"""A press that is sent twice asks once for an override."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("rule_override", sa.Column("key", sa.String(), nullable=True))
    op.create_index("uq_rule_override_key", "rule_override", ["city", "key"], unique=True)
