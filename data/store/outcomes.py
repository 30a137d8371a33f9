"""What came of visits."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert, select

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.rows import from_row, to_row
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import Outcome


def record_outcome(tx: Transaction, city: str, outcome: Outcome) -> bool:
    """Keep what came of a visit; answer whether it is new.

    Raises
    ------
    ConflictError
        Where another outcome has the same key.
    NotFoundError
        Where the place is not the borrower's.
    """
    with_key = select(tables.outcome).where(tables.outcome.c.key == outcome.key)
    row = tx.connection.execute(with_key).mappings().one_or_none()
    if row is not None:
        kept = from_row(Outcome, row)
        # A form that is sent twice is told by the server's clock twice: the first stays.
        if row["city"] != city or kept != replace(outcome, at=kept.at):
            raise ConflictError(
                f"another outcome has the key {outcome.key!r}: send it with a new key"
            )
        return False
    agency = agency_at(tx, city, outcome)
    by = {"recorded_by": tx.by.actor, "recorded_at": tx.by.at}
    tx.connection.execute(insert(tables.outcome), to_row(outcome, city=city, **by))
    after = to_plain(outcome)
    tx.note("outcome.recorded", outcome.borrower_id, city=city, agency=agency, after=after)
    return True


def agency_at(tx: Transaction, city: str, outcome: Outcome) -> str:
    """Return the agency of the place of an outcome."""
    place = tables.place.c
    agency = tx.connection.scalar(
        select(place.agency).where(
            place.city == city,
            place.id == outcome.place_id,
            place.borrower_id == outcome.borrower_id,
        )
    )
    if agency is None:
        raise NotFoundError(
            f"borrower {outcome.borrower_id!r} has no place {outcome.place_id!r} in {city}"
        )
    return str(agency)
