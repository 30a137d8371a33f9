"""Which visit a payment is put down to: an attribution by time, no proof of a cause."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from scheduler.figures.facts import MadeVisit, Paid


def recovered(
    visits: Iterable[MadeVisit], payments: Sequence[Paid], within: timedelta
) -> Mapping[str, Decimal]:
    """Return what was paid by the key of the visit that it is put down to.

    A payment is put down to the last visit before it that met the borrower, if that was `within`
    of it: each counts once, or not at all.
    """
    met: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    paying = {payment.borrower_id for payment in payments}
    for visit in visits:
        if visit.was_made and visit.was_met and visit.borrower_id in paying:
            met[visit.borrower_id].append((visit.at, visit.key))
    for hers in met.values():
        hers.sort()
    found: dict[str, Decimal] = defaultdict(Decimal)
    for payment in payments:
        hers = met.get(payment.borrower_id, [])
        i = bisect_right(hers, payment.at, key=lambda one: one[0])
        if i and payment.at - hers[i - 1][0] <= within:
            found[hers[i - 1][1]] += payment.amount
    return found
