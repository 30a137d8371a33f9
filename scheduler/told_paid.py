"""Cases said at a door to be paid: how long that is believed without the payment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from scheduler.model import Case, StopFlag
from scheduler.payments import Payment

EARLIER = timedelta(days=1)
"""People pay and then tell: a payment of the day before is the one that was told of."""


@dataclass(frozen=True, slots=True)
class ToldPaid:
    """A borrower's word of `at` that a case is paid: believed up to the local day `until`.

    `is_held` while the book stops the case by it; `is_alone` where nothing else stops it as paid:
    neither the lender's list nor its balance. `is_visited` once somebody has been there since.
    """

    case_id: str
    at: datetime
    until: date
    is_held: bool
    is_alone: bool
    is_visited: bool = False

    def has_lapsed(self, on: date) -> bool:
        """Whether on the day `on` it is believed no more."""
        return self.is_alone and on > self.until


def is_of(payment: Payment, told_at: datetime, case_id: str) -> bool:
    """Whether a payment may be the one told of at `told_at`; '' is any case."""
    is_on_it = case_id in ("", payment.case_id)
    return is_on_it and payment.amount > 0 and payment.at >= told_at - EARLIER


def came(told: ToldPaid, payments: Iterable[Payment]) -> Decimal:
    """Return what came in on a case since it was said to be paid."""
    of_it = (one.amount for one in payments if is_of(one, told.at, told.case_id))
    return sum(of_it, Decimal(0))


def without_lapsed(cases: Sequence[Case], told: Iterable[ToldPaid], on: date) -> list[Case]:
    """Return cases as they stand on a day: what is believed no more stops none of them."""
    lapsed = {one.case_id for one in told if one.is_held and one.has_lapsed(on)}
    paid = frozenset({StopFlag.PAID})
    return [replace(one, stops=one.stops - paid) if one.id in lapsed else one for one in cases]


def unpaid(told: Iterable[ToldPaid], payments: Sequence[Payment], on: date) -> list[ToldPaid]:
    """Return what the next visit is warned of: said to be paid, and nothing came of it."""
    lapsed = (one for one in told if one.has_lapsed(on) and not one.is_visited)
    return [one for one in lapsed if not came(one, payments)]
