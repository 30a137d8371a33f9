"""A case is given to another collector for good."""

from __future__ import annotations

from sqlalchemy import select, update

from data import tables
from data.store.events import Transaction
from data.store.people import agency_of
from scheduler.errors import ConflictError, NotFoundError

case = tables.loan_case.c


def give_case(tx: Transaction, city: str, case_id: str, owner: str) -> None:
    """Let a collector own an open case from now on.

    Raises
    ------
    NotFoundError
        Where there is no such open case or no such collector.
    ConflictError
        Where she works for another agency than the case's.
    """
    its = (case.city == city, case.id == case_id, case.closed_at.is_(None))
    row = tx.connection.execute(select(case.owner, case.agency).where(*its)).one_or_none()
    if row is None:
        raise NotFoundError(f"{city} has no open case {case_id}")
    if agency_of(tx.connection, city, {owner})[owner] != row.agency:
        raise ConflictError(f"collector {owner} works for another agency than case {case_id}")
    if row.owner == owner:
        return
    tx.connection.execute(update(tables.loan_case).where(*its).values(owner=owner))
    before, after = {"owner": row.owner}, {"owner": owner}
    tx.note("case.changed", case_id, city=city, agency=row.agency, before=before, after=after)
