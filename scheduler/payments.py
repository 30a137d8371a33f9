"""What has been paid, as the lender tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in on a case. `key` is the sender's own, as in `Contact`.

    `overdue` is what is still overdue after it, where the sender told; a reversal is negative.
    """

    key: str
    case_id: str
    amount: Decimal
    at: datetime
    method: str = ""
    overdue: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What is overdue on a case, as of `at`."""

    case_id: str
    overdue: Decimal
    days_past_due: int | None
    at: datetime
