"""The promises that were given at a collector's visits, as they stand today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, or_, select

from data import tables
from data.store.events import Transaction
from data.store.own.visits import has
from data.store.promises import LOOK_BACK
from data.store.rounds import Sight
from data.store.rows import from_row, rows_of
from scheduler.model import Borrower
from scheduler.payments import Payment
from scheduler.promises import Promise, PromiseStatus, standing

promise, outcome = tables.promise.c, tables.outcome.c


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """A promise given to her, as it stands by the payments.

    `borrower` is None where the contract is none of her agency's any more: then whose it was is
    not told.
    """

    promise: Promise
    borrower: Borrower | None


def read_promises(
    connection: Connection,
    city: str,
    collector_id: str,
    since: date,
    today: date,
    zone: ZoneInfo,
    sight: Sight,
) -> list[OwnPromise]:
    """Return the promises given at her visits that are due since a day, and all open ones.

    Withdrawn ones are left out. By their day, the nearest last.
    """
    mine = _hers(connection, city, collector_id, since, today)
    who = {one.borrower_id for one in mine}
    stood = {one.id: one for one in _standing(connection, city, who, today, zone)}
    cases = rows_of(connection, tables.loan_case, city, sorted({one.case_id for one in mine}))
    seen = {row["id"] for row in cases if sight.has(row)}
    rows = rows_of(connection, tables.borrower, city, sorted(who))
    borrowers = {row["id"]: from_row(Borrower, row) for row in rows}
    return [
        OwnPromise(stood[one.id], borrowers[one.borrower_id] if one.case_id in seen else None)
        for one in mine
    ]


def borrower_of(tx: Transaction, city: str, collector_id: str, id: int) -> str | None:
    """Return whose promise it is that was given to a collector; None where it is not hers."""
    query = (
        select(promise.borrower_id)
        .join(tables.outcome, and_(outcome.city == promise.city, outcome.key == promise.source))
        .where(promise.city == city, promise.id == id, has(outcome.crew, collector_id))
    )
    return tx.connection.scalar(query)


def _hers(
    connection: Connection, city: str, collector_id: str, since: date, today: date
) -> list[Promise]:
    query = (
        select(tables.promise)
        .join(tables.outcome, and_(outcome.city == promise.city, outcome.key == promise.source))
        .where(promise.city == city, promise.status != PromiseStatus.WITHDRAWN)
        .where(promise.due >= today - LOOK_BACK)
        .where(or_(promise.due >= since, promise.status == PromiseStatus.OPEN))
        .where(has(outcome.crew, collector_id))
        .order_by(promise.due, promise.id)
    )
    return [from_row(Promise, row) for row in connection.execute(query).mappings()]


def _standing(
    connection: Connection, city: str, who: Collection[str], today: date, zone: ZoneInfo
) -> list[Promise]:
    """Return all promises of these borrowers, others' too: no money keeps two of them."""
    told = rows_of(connection, tables.promise, city, sorted(who), by="borrower_id")
    promises = [from_row(Promise, row) for row in told]
    cases = sorted({one.case_id for one in promises})
    paid = rows_of(connection, tables.payment, city, cases, by="case_id")
    return standing(promises, [from_row(Payment, row) for row in paid], today, zone)
