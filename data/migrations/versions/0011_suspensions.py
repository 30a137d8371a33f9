"""Suspended visits, and the rules and facts that each visit passed."""

from __future__ import annotations

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    pass
