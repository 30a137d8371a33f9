"""The weights of a visit's value: assumptions of the house, replaced by a city's own policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

P_PAID_IF_MET: Mapping[str, Decimal] = MappingProxyType(
    {
        "M0": Decimal("0.25"),
        "M1": Decimal("0.25"),
        "M2": Decimal("0.22"),
        "M3": Decimal("0.18"),
        "M4": Decimal("0.14"),
        "M5": Decimal("0.11"),
        "M6": Decimal("0.08"),
        "M7": Decimal("0.05"),
    }
)
"""P(paid | met) by bucket, a house assumption.

A promise is given by .35 of those met and kept by .50 of these; .08 pay on the spot: .255, taken
for early buckets. How it falls with the bucket is a guess.
"""


@dataclass(frozen=True)
class VisitPrices:
    """What a visit is worth; house assumptions, in the currency of the book.

    Parameters
    ----------
    p_paid_if_met
        Share of the overdue sum that a visit which meets the borrower brings, by bucket.
    waiting_day, max_waiting_days
        Worth of a meeting for each day that nobody has been there, so that small cases come up
        too in the end, and the most days that count.
    assigned
        Worth of a visit that the lender has assigned, met or not. It is far above what any road
        in a city costs, so only a law, a stop or missing capacity keeps such a case out.
    prior_weight
        How many of a borrower's own promises and paying months weigh as much as her bucket.
    history_days, most_paying_months
        How far back these are counted, and how many paying months count at most.
    score_weight, score_max_age_days
        How far, 0 … 1, a lender's score moves the chance that she pays; an older one is ignored.
    ageing_days
        So many days before a case rolls into the next bucket, where less is recovered, it begins
        to be urgent.
    promise_due, broken_promise, broken_promise_days
        Worth of a meeting where a promise is due and of one where one was broken within so many
        days.
    appointment
        Worth of coming when it was agreed, met or not.
    """

    p_paid_if_met: Mapping[str, Decimal] = field(default_factory=lambda: P_PAID_IF_MET)
    waiting_day: Decimal = Decimal("0.50")
    max_waiting_days: int = 180
    assigned: Decimal = Decimal(10_000)
    prior_weight: Decimal = Decimal(6)
    history_days: int = 365
    most_paying_months: int = 3
    score_weight: Decimal = Decimal("0.5")
    score_max_age_days: int = 90
    ageing_days: int = 7
    promise_due: Decimal = Decimal(50)
    broken_promise: Decimal = Decimal(50)
    broken_promise_days: int = 30
    appointment: Decimal = Decimal(100)
