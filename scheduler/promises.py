"""Promises to pay, and what has become of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum

from scheduler.model import Case
from scheduler.payments import Payment

NOTHING = Decimal(0)
ONE_DAY = timedelta(days=1)


class PromiseStatus(StrEnum):
    """Open until its day and the days of grace are over."""

    OPEN = "open"
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


UNKEPT = frozenset({PromiseStatus.BROKEN, PromiseStatus.PARTLY_KEPT})
"""Due, and not all of it came."""


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

    @property
    def last_day(self) -> date:
        """The last day on which a payment keeps it."""
        return self.due + timedelta(days=self.grace_days)

    @property
    def check_day(self) -> date:
        """The day after it breaks: on it somebody looks, and visits where it was not kept."""
        return self.last_day + ONE_DAY


@dataclass
class _Purse:
    """What is left of a payment once promises were kept by it."""

    at: datetime
    left: Decimal


def standing(
    promises: Iterable[Promise], payments: Iterable[Payment], on: date, zone: tzinfo
) -> list[Promise]:
    """Return promises as they stand on the morning of `on`, in the order they came.

    A promise is kept by payments on its case from when it was given to the last day of grace.
    They are matched in the order of their due dates, and no money is counted twice: what is
    over goes to the next promise. A reversal takes from the newest payment before it.

    Parameters
    ----------
    promises
        Of any cases; withdrawn ones take no money.
    payments
        On any cases; amounts in the currency of the book, reversals negative.
    on, zone
        The day, and the zone in which payments have a day. One told at midnight is taken for
        one of which only the day is known.
    """
    promises = list(promises)
    purses = _purses(payment for payment in payments if _day(payment.at, zone) <= on)
    stood = {
        id(one): _stood(one, purses[one.case_id], on, zone)
        for one in sorted(promises, key=lambda one: (one.due, one.given_at, one.id))
    }
    return [stood[id(one)] for one in promises]


def _stood(promise: Promise, purses: Sequence[_Purse], on: date, zone: tzinfo) -> Promise:
    if promise.status is PromiseStatus.WITHDRAWN:
        return promise
    paid = NOTHING
    for purse in purses:
        if _may_keep(promise, purse.at, zone):
            share = min(purse.left, promise.amount - paid)
            purse.left -= share
            paid += share
    return replace(promise, paid=paid, status=_status(promise, paid, on))


def _status(promise: Promise, paid: Decimal, on: date) -> PromiseStatus:
    if paid >= promise.amount:
        return PromiseStatus.KEPT
    if on <= promise.last_day:
        return PromiseStatus.OPEN
    return PromiseStatus.PARTLY_KEPT if paid > 0 else PromiseStatus.BROKEN


def _may_keep(promise: Promise, at: datetime, zone: tzinfo) -> bool:
    given, local = promise.given_at.astimezone(zone), at.astimezone(zone)
    is_day_only = local.time() == time() and local.date() == given.date()
    return (local >= given or is_day_only) and local.date() <= promise.last_day


def _purses(payments: Iterable[Payment]) -> dict[str, list[_Purse]]:
    """Return by case what came in, in the order of time, without what went back."""
    purses: dict[str, list[_Purse]] = defaultdict(list)
    for payment in sorted(payments, key=lambda one: (one.at, one.key)):
        held = purses[payment.case_id]
        if payment.amount > 0:
            held.append(_Purse(payment.at, payment.amount))
            continue
        back = -payment.amount
        for purse in reversed(held):
            taken = min(purse.left, back)
            purse.left -= taken
            back -= taken
    return purses


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def visit_day(promises: Sequence[Promise], zone: tzinfo) -> date | None:
    """Return the day on which promises, as they stand, ask for a visit; None where none does.

    A day to come means to wait until then: while a promise is open nobody visits. A day that has
    passed is when a promise had broken, or was to be looked at where the book knows no payments.
    A promise that was given on that day or later, and is open, takes its place.
    """
    still_open = [one for one in promises if one.status is PromiseStatus.OPEN]
    given = max((_day(one.given_at, zone) for one in still_open), default=date.min)
    broken = [one.check_day for one in promises if one.status in UNKEPT]
    coming = [one.check_day for one in still_open if one.check_day > given]
    return max((day for day in broken if day > given), default=min(coming, default=None))


def visit_days(cases: Sequence[Case], promises: Sequence[Promise], zone: tzinfo) -> dict[str, date]:
    """Return `visit_day` of each of a borrower's open cases that has one, by its id.

    A promise to an agency holds for all that it has of her: she is not visited for another
    contract of it while she keeps her word.
    """
    agency_of = {case.id: case.agency for case in cases}
    given: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises:
        if promise.case_id in agency_of:
            given[agency_of[promise.case_id]].append(promise)
    days = {agency: visit_day(hers, zone) for agency, hers in given.items()}
    return {case.id: day for case in cases if (day := days.get(case.agency)) is not None}


@dataclass(frozen=True, slots=True)
class Month:
    """The promises that fell due in a month, as they stand."""

    first: date
    due: int
    kept: int
    partly_kept: int
    promised: Decimal
    paid: Decimal

    @property
    def kept_rate(self) -> float | None:
        """Kept of those that fell due, None where none did."""
        return self.kept / self.due if self.due else None


def by_month(promises: Iterable[Promise]) -> list[Month]:
    """Return the months in which promises fell due and were judged, the newest first."""
    months: dict[date, list[Promise]] = defaultdict(list)
    for one in promises:
        if one.status is PromiseStatus.KEPT or one.status in UNKEPT:
            months[one.due.replace(day=1)].append(one)
    return [_month(first, months[first]) for first in sorted(months, reverse=True)]


def _month(first: date, promises: Sequence[Promise]) -> Month:
    statuses = [one.status for one in promises]
    return Month(
        first,
        len(promises),
        statuses.count(PromiseStatus.KEPT),
        statuses.count(PromiseStatus.PARTLY_KEPT),
        sum((one.amount for one in promises), NOTHING),
        sum((one.paid for one in promises), NOTHING),
    )


def with_visit_days(cases: Sequence[Case], promises: Sequence[Promise], zone: tzinfo) -> list[Case]:
    """Return a borrower's cases as her promises to us leave them: `promise_due` is `visit_day`.

    What the lender's list tells of another promise holds where it is later.
    """
    days, ours = visit_days(cases, promises, zone), {(one.case_id, one.due) for one in promises}

    def changed(case: Case) -> Case:
        told = None if (case.id, case.promise_due) in ours else case.promise_due
        due = max((day for day in (told, days.get(case.id)) if day is not None), default=None)
        return replace(case, promise_due=due)

    return [changed(case) for case in cases]


def shares(amount: Decimal, cases: Sequence[Case]) -> list[tuple[Case, Decimal]]:
    """Part a promised sum among the contracts that it is for: those longest overdue first.

    Each takes what is overdue on it; what is over stands with the first. Contracts that nothing
    is left for are not among them.
    """
    ranked = sorted(cases, key=lambda case: (-case.days_past_due, case.id))
    parts = []
    left = amount
    for case in ranked:
        part = max(NOTHING, min(left, case.overdue))
        left -= part
        parts.append(part)
    if parts:
        parts[0] += left
    return [(case, part) for case, part in zip(ranked, parts, strict=True) if part > 0]
