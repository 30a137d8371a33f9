"""A visit's value, term by term.

The prices are house assumptions (D) in the currency of the city's book, shown as such. They rank
visits against each other and against the road; they forecast no recovery.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta, tzinfo
from decimal import Decimal

from scheduler.dossier import NOTHING_KNOWN, Dossier
from scheduler.model import BUCKETS, Case, PastVisit, bucket_days
from scheduler.promises import PromiseStatus
from scheduler.value.chance import Chance, p_paid
from scheduler.value.musts import days_waiting, has_appointment, is_promise_due, last_visit
from scheduler.value.prices import VisitPrices
from scheduler.value.terms import CENT, Term, Value

USUAL = VisitPrices()
ASSIGNED = "assigned"
"""The term of a case that the lender has assigned for visit."""


def visit_value(
    cases: Sequence[Case],
    p_met: float,
    on: date,
    zone: tzinfo,
    *,
    past: Iterable[PastVisit] = (),
    dossier: Dossier = NOTHING_KNOWN,
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
    dossier
        What is known of her promises, payments and scores.
    prices
        The house's assumptions by default.

    Raises
    ------
    ValueError
        Where `p_met` is no chance.
    """
    if not 0 <= p_met <= 1:
        raise ValueError(f"the chance of meeting a borrower is {p_met!r}, not between 0 and 1")
    prices, chance, past = prices or USUAL, Decimal(p_met), tuple(past)
    terms = list(_of_cases(cases, chance, on, zone, dossier, prices))
    terms += _promised(cases, chance, on, zone, past, dossier, prices)
    terms.append(_waiting(days_waiting(cases, on, zone, past), chance, prices))
    if any(has_appointment(case, on, zone) for case in cases):
        terms.append(Term("appointment", prices.appointment, "an appointment is agreed for today"))
    if any(case.is_assigned for case in cases):
        terms.append(Term(ASSIGNED, prices.assigned, "the lender has assigned it for visit"))
    return Value(tuple(terms))


def _of_cases(
    cases: Sequence[Case],
    chance: Decimal,
    on: date,
    zone: tzinfo,
    dossier: Dossier,
    prices: VisitPrices,
) -> Iterator[Term]:
    for case in cases:
        paid = p_paid(case, dossier, on, zone, prices)
        yield _recovery(case, paid, chance)
        if ageing := _ageing(case, chance, prices):
            yield ageing


def _recovery(case: Case, paid: Chance, chance: Decimal) -> Term:
    amount = (case.overdue * paid.p * chance).quantize(CENT)
    note = f"case {case.id}: {case.overdue:,.2f} overdue x {paid.note} x {chance:.2f} met"
    return Term("recovery", amount, note)


def _ageing(case: Case, chance: Decimal, prices: VisitPrices) -> Term | None:
    """Return what is lost by waiting, the more the nearer the next bucket is."""
    last = bucket_days(case.bucket)[1]
    left = prices.ageing_days if last is None else last - case.days_past_due
    if last is None or left >= prices.ageing_days:
        return None
    following = BUCKETS[BUCKETS.index(case.bucket) + 1]
    drop = prices.p_paid_if_met[case.bucket] - prices.p_paid_if_met[following]
    nearness = Decimal(prices.ageing_days - left) / prices.ageing_days
    amount = (case.overdue * drop * nearness * chance).quantize(CENT)
    note = (
        f"case {case.id}: {following} in {left + 1} days, where {drop.normalize():f} less is paid "
        f"x {nearness:.2f} x {chance:.2f} met"
    )
    return Term("ageing", amount, note) if amount > 0 else None


def _promised(
    cases: Sequence[Case],
    chance: Decimal,
    on: date,
    zone: tzinfo,
    past: Sequence[PastVisit],
    dossier: Dossier,
    prices: VisitPrices,
) -> Iterator[Term]:
    """Yield what a promise adds that is due, and one that was broken lately."""
    last = last_visit(cases, on, zone, past)
    due = [case.promise_due for case in cases if is_promise_due(case, on, last)]
    due += [
        promise.due
        for promise in dossier.promises
        if promise.status is PromiseStatus.OPEN and promise.due == on
    ]
    if days := sorted({day for day in due if day is not None}):
        amount = (prices.promise_due * chance).quantize(CENT)
        yield Term("promise due", amount, f"a promise is due since {days[0]} x {chance:.2f} met")
    since = on - timedelta(days=prices.broken_promise_days)
    ids = {case.id for case in cases}
    broken = [
        promise.due
        for promise in dossier.promises
        if promise.status is PromiseStatus.BROKEN
        and promise.case_id in ids
        and since <= promise.due < on
    ]
    if broken:
        amount = (prices.broken_promise * chance).quantize(CENT)
        note = f"a promise of {max(broken)} was broken x {chance:.2f} met"
        yield Term("broken promise", amount, note)


def _waiting(days: int, chance: Decimal, prices: VisitPrices) -> Term:
    counted = min(days, prices.max_waiting_days)
    amount = (prices.waiting_day * counted * chance).quantize(CENT)
    note = f"{counted} days without a visit x {prices.waiting_day} x {chance:.2f} met"
    return Term("waiting", amount, note)
