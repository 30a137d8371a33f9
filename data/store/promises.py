"""Promises in the book: opened by outcomes, withdrawn with them, judged by payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta, tzinfo

from sqlalchemy import Connection, insert, select, true, update

from data import tables
from data.plain import to_plain
from data.store.asked_by_id import unindexed
from data.store.events import Transaction
from data.store.rows import Only, Row, among, from_row, to_row
from scheduler.dossier import Dossier
from scheduler.model import Case
from scheduler.promises import Promise, PromiseStatus, with_visit_days

promise = tables.promise.c

LOOK_BACK = timedelta(days=366)
"""How far back promises that were due are told of."""


def open_promise(tx: Transaction, whose: Row, told: Promise) -> int:
    """Keep a promise, and return its number; `whose` are its city and agency."""
    made = {"made_by": tx.by.actor, "made_at": tx.by.at}
    row = to_row(told)
    del row["id"]  # the database counts
    statement = insert(tables.promise).values(**row, **whose, **made)
    id = tx.connection.execute(statement.returning(promise.id)).scalar_one()
    after = {"amount": told.amount, "due": told.due, "method": told.method, "id": id}
    tx.note("promise.opened", told.case_id, **whose, after=to_plain(after))
    return int(id)


def withdraw(tx: Transaction, source: str, city: str | None = None) -> None:
    """Withdraw the promises of an outcome, or of a city's contact, that was corrected."""
    gone = (
        update(tables.promise)
        .where(true() if city is None else promise.city == city)
        .where(promise.source == source, promise.status != PromiseStatus.WITHDRAWN)
        .values(status=PromiseStatus.WITHDRAWN, judged_at=tx.by.at)
        .returning(tables.promise)
    )
    for row in tx.connection.execute(gone).mappings().all():
        whose = {"city": row["city"], "agency": row["agency"]}
        tx.note("promise.withdrawn", row["case_id"], **whose, after={"id": row["id"]})


def promises_of(
    connection: Connection, city: str, on: date, only: Only = None
) -> Mapping[str, Sequence[Promise]]:
    """Return by borrower the promises that hold, and those that were due within a year."""
    hers = among(promise.borrower_id, only)
    due = unindexed(promise.due, only)
    recent = (due >= on - LOOK_BACK, promise.status != PromiseStatus.WITHDRAWN)
    query = select(tables.promise).where(promise.city == city, hers, *recent)
    found: dict[str, list[Promise]] = defaultdict(list)
    for row in connection.execute(query.order_by(due, promise.id)).mappings():
        found[row["borrower_id"]].append(from_row(Promise, row))
    return found


def with_promises(cases: Sequence[Case], told: Mapping[str, Dossier], zone: tzinfo) -> list[Case]:
    """Return cases of any borrowers, with the days on which their promises ask for a visit."""
    hers: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.borrower_id in told and told[case.borrower_id].promises:
            hers[case.borrower_id].append(case)
    changed = {
        case.id: case
        for who, some in hers.items()
        for case in with_visit_days(some, told[who].promises, zone)
    }
    return [changed.get(case.id, case) for case in cases]
