"""What outcomes lead to: promises, agreements, assessments, follow-ups."""

from __future__ import annotations

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass
