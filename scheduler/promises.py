"""Promises to pay, and what has become of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class PromiseStatus(StrEnum):
    """Open until its day and the days of grace are over."""

    OPEN = "open"
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Promise:
    """A borrower's promise to pay `amount` on a case by `due`, with days of grace.

    `id` is of the book. `given_at` is when it was made; `source` the key of the outcome or contact.
    """

    id: int
    borrower_id: str
    case_id: str
    amount: Decimal
    due: date
    given_at: datetime
    source: str
    method: str = ""
    grace_days: int = 0
    status: PromiseStatus = PromiseStatus.OPEN
    paid: Decimal = Decimal(0)
