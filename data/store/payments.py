"""Payments as they come in, and what they make of the cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, exists, select

from data import tables
from data.plain import to_plain
from data.store.asked_by_id import unindexed
from data.store.balances import keep_balances, settle, take_present
from data.store.events import Transaction
from data.store.keyed import keep_new
from data.store.past import earliest
from data.store.rows import Only, among, from_row, rows_of
from scheduler.errors import NotFoundError
from scheduler.model import City
from scheduler.payments import Balance, Payment
from scheduler.ports import BookChange

payment, case = tables.payment.c, tables.loan_case.c
SHOWN = 10


def add_payments(
    tx: Transaction, city: City, payments: Sequence[Payment], balances: Sequence[Balance] = ()
) -> BookChange:
    """Keep payments, each key once, and balances; bring the cases in line with them.

    The change names a payment by its key and a balance by its case.

    Raises
    ------
    NotFoundError
        Where the city has no such case; it names them.
    """
    ids = sorted({one.case_id for one in payments} | {one.case_id for one in balances})
    agencies = agencies_of(tx.connection, city.name, ids)
    take_present(tx, city, ids)
    knew = knows_payments(tx.connection, city.name)
    new, change = keep_new(tx, city.name, tables.payment, payments)
    if not knew and new:
        # Promises, and what was said to be paid, are judged by payments from now on.
        tx.note("payments.known", city.name, city=city.name)
    for one in new:
        after = {name: value for name, value in to_plain(one).items() if value is not None}
        agency = agencies[one.case_id]
        tx.note("payment.added", one.case_id, city=city.name, agency=agency, after=after)
    told = [*balances, *filter(None, (one.balance for one in new))]
    held = {one.case_id for one in keep_balances(tx, city.name, told)}
    settle(tx, city.name, ids)
    by_state = defaultdict(list)
    for case_id in (one.case_id for one in balances):
        by_state[case_id in held].append(case_id)
    return replace(
        change,
        new=(*change.new, *by_state[True]),
        unchanged=(*change.unchanged, *by_state[False]),
    )


def agencies_of(connection: Connection, city: str, case_ids: Sequence[str]) -> dict[str, str]:
    """Return the agencies of cases, open or closed."""
    rows = rows_of(connection, tables.loan_case, city, case_ids)
    found = {row["id"]: row["agency"] for row in rows}
    if unknown := [id for id in case_ids if id not in found]:
        more = " …" if len(unknown) > SHOWN else ""
        raise NotFoundError(f"{city} has no case {', '.join(unknown[:SHOWN])}{more}")
    return found


def cases_of(city: str, only: Only) -> Only:
    """Return the query for the cases of borrowers, open or closed."""
    if only is None:
        return None
    return select(case.id).where(case.city == city, among(case.borrower_id, only))


def knows_payments(connection: Connection, city: str) -> bool:
    """Say whether the book of a city has any payment at all: without, no promise is judged."""
    return bool(connection.scalar(select(exists().where(payment.city == city))))


def payments_of(
    connection: Connection, city: str, on: date, only: Only = None
) -> dict[str, list[Payment]]:
    """Return the payments of a year up to now, by borrower, in order of time."""
    at = unindexed(payment.at, only)
    query = (
        select(tables.payment, case.borrower_id)
        .join(tables.loan_case, (case.city == payment.city) & (case.id == payment.case_id))
        .where(payment.city == city, at >= earliest(on))
        .where(among(payment.case_id, cases_of(city, only)), among(case.borrower_id, only))
        .order_by(at, payment.key)
    )
    found: dict[str, list[Payment]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["borrower_id"]].append(from_row(Payment, row))
    return found
