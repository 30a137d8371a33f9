"""Stops that were told at the door, and one of them lifted: a payment that never came, an error."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Select, select

from data import tables
from data.store.consequences import undo_row
from data.store.events import Transaction
from scheduler.errors import NotFoundError
from scheduler.following import StepKind
from scheduler.model import StopFlag

consequence = tables.consequence.c

ToldStop = tuple[str, StopFlag]
"""The contract that is stopped, '' for the person, and by which stop."""


def told_stops(connection: Connection, city: str, borrower_id: str) -> list[ToldStop]:
    """Return each stop of a borrower that outcomes hold, once."""
    rows = connection.execute(_holding(city, borrower_id)).mappings()
    return sorted({(row["case_id"], StopFlag(row["detail"]["flag"])) for row in rows})


def lift_stop(
    tx: Transaction, city: str, borrower_id: str, flag: StopFlag, case_id: str = ""
) -> None:
    """Lift a stop that outcomes hold; the outcomes stay. One on the lender's list stays too.

    Raises
    ------
    NotFoundError
        Where no outcome holds such a stop.
    """
    rows = tx.connection.execute(_holding(city, borrower_id)).mappings().all()
    its = [row for row in rows if (row["case_id"], row["detail"]["flag"]) == (case_id, flag)]
    if not its:
        whom = f"case {case_id!r}" if case_id else f"borrower {borrower_id!r}"
        raise NotFoundError(f"no result of a visit holds the stop {flag} of {whom}")
    for row in its:
        undo_row(tx, row)


STOPPING: Collection[StepKind] = (StepKind.STOP_CASE, StepKind.STOP_PERSON)


def _holding(city: str, borrower_id: str) -> Select[tuple[object, ...]]:
    """Ask for the steps that hold her stops, the newest first."""
    return (
        select(tables.consequence)
        .where(consequence.city == city, consequence.borrower_id == borrower_id)
        .where(consequence.kind.in_(STOPPING), consequence.undone_at.is_(None))
        .order_by(consequence.id.desc())
    )
