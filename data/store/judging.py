"""How promises and what was said to be paid stand by the payments that have come.

It is kept with an event where it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.follow_ups import end_tasks
from data.store.rows import Row
from data.store.told_paid import lapse
from scheduler.dossier import Dossier
from scheduler.follow_ups import Task, TaskState
from scheduler.promises import Promise
from scheduler.told_paid import is_of

promise, follow_up = tables.promise.c, tables.follow_up.c


def judge(tx: Transaction, city: str, told: Mapping[str, Dossier], on: date) -> list[Promise]:
    """Keep how promises stand, and return those that stand otherwise than before.

    `told` are the dossiers of the day `on`: their promises were matched with the payments. What
    was said to be paid, and was not, stops its case no more.
    """
    confirm_payments(tx, city, told)
    lapse(tx, city, told, on)
    now = {one.id: one for dossier in told.values() for one in dossier.promises}
    query = select(tables.promise).where(promise.city == city)
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


def confirm_payments(tx: Transaction, city: str, told: Mapping[str, Dossier]) -> None:
    """End the tasks that waited for a payment which has come since the visit."""
    waiting = select(tables.follow_up).where(
        follow_up.city == city,
        follow_up.task == Task.CONFIRM_PAYMENT,
        follow_up.state == TaskState.OPEN,
    )
    for row in tx.connection.execute(waiting).mappings().all():
        dossier = told.get(row["borrower_id"])
        of_it = (row["made_at"], row["case_id"])
        if dossier and any(is_of(one, *of_it) for one in dossier.payments):
            end_tasks(tx, TaskState.DONE, follow_up.id == row["id"])
