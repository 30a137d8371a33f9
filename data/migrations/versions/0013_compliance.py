"""Signatures under profiles, house rules set aside, agencies and what they are entrusted."""

from __future__ import annotations

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    pass
