"""Payments and promises of a span, for figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, select

from data import tables
from data.store.desk import Agencies, of_agencies
from data.store.figure_traits import NONE, TraitsOf, start_of
from data.store.rows import from_row
from scheduler.figures import Paid, Span, ToldPromise, Traits
from scheduler.payments import Payment
from scheduler.promises import Promise, standing

payment, promise = tables.payment.c, tables.promise.c
case, outcome = tables.loan_case.c, tables.outcome.c

BEFORE = timedelta(days=92)
"""Promises so much older may have their part of a payment, which no later one has again."""


def read_payments(
    connection: Connection, city: str, span: Span, zone: ZoneInfo, agencies: Agencies
) -> list[Paid]:
    """Return the payments of a span on cases that may be seen."""
    query = (
        select(case.borrower_id, payment.amount, payment.at)
        .join(tables.loan_case, and_(case.city == payment.city, case.id == payment.case_id))
        .where(payment.city == city, of_agencies(case.agency, agencies))
        .where(payment.at >= start_of(span.first, zone))
        .where(payment.at < start_of(span.last + timedelta(days=1), zone))
        .order_by(payment.at, payment.key)
    )
    return [Paid(*row) for row in connection.execute(query)]


def read_promises(
    connection: Connection,
    city: str,
    span: Span,
    today: date,
    zone: ZoneInfo,
    traits: TraitsOf,
    agencies: Agencies,
) -> list[ToldPromise]:
    """Return the promises that are due in a span, as they stand `today` by the payments.

    A promise given at a visit has that visit's traits, another one those of its case.
    """
    query = (
        select(tables.promise, outcome.place_id, outcome.crew)
        .join(
            tables.outcome,
            and_(outcome.city == promise.city, outcome.key == promise.source),
            isouter=True,
        )
        .where(promise.city == city, of_agencies(promise.agency, agencies))
        .where(promise.due >= span.first - BEFORE, promise.due <= span.last)
        .order_by(promise.due, promise.id)
    )
    rows = connection.execute(query).mappings().all()
    told = [from_row(Promise, row) for row in rows]
    paid = _payments(connection, city, min((one.given_at for one in told), default=None))
    found = []
    for row, one in zip(rows, standing(told, paid, today, zone), strict=True):
        if span.holds(one.last_day):
            its = traits.of_case(one.case_id)
            if row["place_id"] is not None:
                its = traits.of_visit(one.borrower_id, row["place_id"], row["crew"])
            found.append(ToldPromise(_with_agency(its, row["agency"]), one.last_day, one.status))
    return found


def _payments(connection: Connection, city: str, since: datetime | None) -> list[Payment]:
    """Return the payments that may have kept promises given from `since` on."""
    if since is None:
        return []
    # One of which only the day is told may stand before the promise that it keeps.
    query = select(tables.payment).where(
        payment.city == city, payment.at >= since - timedelta(days=1)
    )
    return [from_row(Payment, row) for row in connection.execute(query).mappings()]


def _with_agency(traits: Traits, agency: str) -> Traits:
    return Traits(agency=agency) if traits == NONE else traits
