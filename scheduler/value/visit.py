"""What a visit is worth today, in money, term by term; and which visits are beyond money.

The prices are house assumptions (D) in the currency of the city's book, shown as such. They rank
visits against each other and against the road; they forecast no recovery.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal

from scheduler.model import Case, PastVisit
from scheduler.value.prices import VisitPrices

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a visit's value: an amount, and the reckoning in words."""

    name: str
    amount: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Value:
    """A visit's value as the sum of its terms, in the currency of the book."""

    terms: tuple[Term, ...]

    @property
    def total(self) -> Decimal:
        return sum((term.amount for term in self.terms), Decimal(0))


def visit_value(
    cases: Sequence[Case],
    p_met: float,
    on: date,
    zone: tzinfo,
    *,
    past: Iterable[PastVisit] = (),
    prices: VisitPrices | None = None,
) -> Value:
    """Return what a visit to one borrower on `on` is worth.

    Parameters
    ----------
    cases
        All open cases of the borrower; at least one.
    p_met
        The chance, 0 … 1, that the visit meets her.
    on, zone
        The day, and the city's zone: it tells on which day an earlier visit was.
    past
        Visits to her; those of `on` and later are passed over.
    prices
        The house's assumptions by default.

    Raises
    ------
    ValueError
        Where `p_met` is no chance.
    """
    if not 0 <= p_met <= 1:
        raise ValueError(f"the chance of meeting a borrower is {p_met!r}, not between 0 and 1")
    prices, chance = prices or VisitPrices(), Decimal(p_met)
    terms = [_recovery(case, chance, prices) for case in cases]
    terms.append(_waiting(days_waiting(cases, on, zone, past), chance, prices))
    if any(case.is_assigned for case in cases):
        terms.append(Term("assigned", prices.assigned, "the lender has assigned it for visit"))
    return Value(tuple(terms))


def days_waiting(
    cases: Sequence[Case], on: date, zone: tzinfo, past: Iterable[PastVisit] = ()
) -> int:
    """Return the days since the last visit before `on`; without one, those past due."""
    last = _last_visit(cases, on, zone, past)
    return max(case.days_past_due for case in cases) if last is None else (on - last).days


def is_must_visit(
    cases: Iterable[Case], on: date, zone: tzinfo, *, past: Iterable[PastVisit] = ()
) -> bool:
    """Say whether a visit on `on` comes before any sum of money.

    So it is where an appointment is on that day, or a promise falls due by then and nobody has
    been there since its day.
    """
    cases = tuple(cases)
    last = _last_visit(cases, on, zone, past)
    return any(
        _has_appointment(case, on, zone) or _is_promise_due(case, on, last) for case in cases
    )


def _has_appointment(case: Case, on: date, zone: tzinfo) -> bool:
    return case.appointment is not None and case.appointment.start.astimezone(zone).date() == on


def _is_promise_due(case: Case, on: date, last_visit: date | None) -> bool:
    due = case.promise_due
    return due is not None and due <= on and (last_visit is None or last_visit < due)


def _last_visit(
    cases: Iterable[Case], on: date, zone: tzinfo, past: Iterable[PastVisit]
) -> date | None:
    told = (case.visited_at for case in cases if case.visited_at is not None)
    days = (at.astimezone(zone).date() for at in (*told, *(visit.at for visit in past)))
    return max((day for day in days if day < on), default=None)


def _recovery(case: Case, chance: Decimal, prices: VisitPrices) -> Term:
    p_paid = prices.p_paid_if_met[case.bucket]
    amount = (case.overdue * p_paid * chance).quantize(CENT)
    note = (
        f"case {case.id}: {case.overdue:,.2f} overdue x {p_paid} paid if met ({case.bucket})"
        f" x {chance:.2f} met"
    )
    return Term("recovery", amount, note)


def _waiting(days: int, chance: Decimal, prices: VisitPrices) -> Term:
    counted = min(days, prices.max_waiting_days)
    amount = (prices.waiting_day * counted * chance).quantize(CENT)
    note = f"{counted} days without a visit x {prices.waiting_day} x {chance:.2f} met"
    return Term("waiting", amount, note)
