"""Promises in the book: opened by outcomes, withdrawn with them, judged by payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, insert, select, true, update

from data import tables
from data.plain import to_plain
from data.store.cities import get_city
from data.store.events import Transaction
from data.store.rows import Row, from_row, to_row
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


def withdraw(tx: Transaction, source: str) -> None:
    """Withdraw the promises of an outcome that was corrected."""
    gone = (
        update(tables.promise)
        .where(promise.source == source, promise.status != PromiseStatus.WITHDRAWN)
        .values(status=PromiseStatus.WITHDRAWN, judged_at=tx.by.at)
        .returning(tables.promise)
    )
    for row in tx.connection.execute(gone).mappings().all():
        whose = {"city": row["city"], "agency": row["agency"]}
        tx.note("promise.withdrawn", row["case_id"], **whose, after={"id": row["id"]})


def promises_of(
    connection: Connection, city: str, on: date, borrower_id: str | None = None
) -> Mapping[str, Sequence[Promise]]:
    """Return by borrower the promises that hold, and those that were due within a year."""
    hers = true() if borrower_id is None else promise.borrower_id == borrower_id
    recent = (promise.due >= on - LOOK_BACK, promise.status != PromiseStatus.WITHDRAWN)
    query = select(tables.promise).where(promise.city == city, hers, *recent)
    found: dict[str, list[Promise]] = defaultdict(list)
    for row in connection.execute(query.order_by(promise.due, promise.id)).mappings():
        found[row["borrower_id"]].append(from_row(Promise, row))
    return found


def judge(tx: Transaction, city: str, on: date, told: Mapping[str, Dossier]) -> list[Promise]:
    """Keep how promises stand on `on`, and return those that stand otherwise than before.

    `told` are the dossiers of that day: their promises were matched with the payments.
    """
    now = {one.id: one for dossier in told.values() for one in dossier.promises}
    query = select(tables.promise).where(promise.city == city, promise.due >= on - LOOK_BACK)
    changed = []
    for row in tx.connection.execute(query.order_by(promise.id)).mappings().all():
        stands = now.get(row["id"])
        if stands and (row["status"], row["paid"]) != (stands.status, stands.paid):
            changed.append(stands)
            _note_standing(tx, row, stands)
    _write(tx, changed)
    return changed


def _note_standing(tx: Transaction, row: Row, stands: Promise) -> None:
    whose = {"city": row["city"], "agency": row["agency"]}
    before = to_plain({"status": row["status"], "paid": row["paid"]})
    after = to_plain({"status": stands.status, "paid": stands.paid, "id": stands.id})
    kind = f"promise.{stands.status}" if row["status"] != stands.status else "promise.paid"
    tx.note(kind, row["case_id"], **whose, before=before, after=after)


def _write(tx: Transaction, changed: Sequence[Promise]) -> None:
    if changed:
        statement = update(tables.promise).where(promise.id == bindparam("its_id"))
        values: dict[str, Any] = {"status": bindparam("its_status"), "paid": bindparam("its_paid")}
        rows = [{"its_id": p.id, "its_status": p.status, "its_paid": p.paid} for p in changed]
        tx.connection.execute(statement.values(**values, judged_at=tx.by.at), rows)


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


def local_day(connection: Connection, city: str, at: datetime) -> date:
    """Return the day of an instant in a city."""
    return at.astimezone(ZoneInfo(get_city(connection, city).zone)).date()
