"""What a borrower's life asks: pauses, wishes, consents."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    pass
