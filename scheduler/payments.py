"""What has been paid, as the lender tells it, and what is still overdue after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

NOTHING = Decimal(0)


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

    @property
    def balance(self) -> Balance | None:
        """What it tells of the case's balance, if anything."""
        if self.overdue is None:
            return None
        return Balance(self.case_id, self.overdue, None, self.at)


@dataclass(frozen=True, slots=True)
class Balance:
    """What is overdue on a case, as of `at`.

    `is_listed`: it stood in a case list, where 0 may also mean that nobody filled it in.
    """

    case_id: str
    overdue: Decimal
    days_past_due: int | None
    at: datetime
    is_listed: bool = False


def newer(known: Balance | None, told: Balance) -> Balance:
    """Return which of two balances of a case holds, in whatever order they came.

    Of two at one instant a list's corrects the other, and between two payments of a day, which
    tell no order, the lesser is the later one.
    """
    if known is None or told.at > known.at:
        return told
    if told.at < known.at:
        return known
    return told if told.is_listed or told.overdue < known.overdue else known


def still_overdue(told: Balance, payments: Iterable[Payment]) -> Decimal:
    """Return what is overdue now: what was told last, less what came in after it; never below 0."""
    since = (p.amount for p in payments if p.case_id == told.case_id and p.at > told.at)
    return max(NOTHING, told.overdue - sum(since, NOTHING))


def is_paid_off(told: Balance, overdue: Decimal, *, was_paid: bool) -> bool:
    """Tell whether a case counts as paid when `overdue` is left of what was told.

    That nothing is overdue in a case list alone does not prove it: the cell may be empty.
    """
    return overdue == 0 and (was_paid or not told.is_listed or told.overdue > 0)


def paid_since(
    payments: Iterable[Payment], case_id: str, since: datetime, until: datetime | None = None
) -> Decimal:
    """Return what came in on a case from `since` until before `until`, less what was reversed."""
    return sum(
        (
            p.amount
            for p in payments
            if p.case_id == case_id and since <= p.at and (until is None or p.at < until)
        ),
        NOTHING,
    )
