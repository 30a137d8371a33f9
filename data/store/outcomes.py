"""What came of visits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from data import tables
from data.plain import to_plain
from data.store.cities import local_day
from data.store.consequences import apply, undo
from data.store.events import Transaction
from data.store.rows import from_row, to_row
from scheduler.agreements import faults, is_sum
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import Outcome

place = tables.place.c

CODED = ("attitude", "met", "hardship", "next_action", "grace_days")
"""Details that are codes: what is told in words stays out of events."""


# Made once: to make them takes longer than to answer them, and phones bring results by the hundred.
_WITH_KEY = select(tables.outcome).where(tables.outcome.c.key == bindparam("key"))
_AGENCY = (
    select(place.agency)
    .where(place.city == bindparam("city"), place.id == bindparam("place"))
    .where(place.borrower_id == bindparam("borrower"))
)


def record_outcome(tx: Transaction, city: str, outcome: Outcome) -> bool:
    """Keep what came of a visit and do what follows from it; answer whether it is new.

    Raises
    ------
    ConflictError
        Where another outcome has the same key, the one that it corrects was corrected before, or
        its agreement does not add up.
    NotFoundError
        Where the place or the contract is not the borrower's, or what it corrects is not there.
    """
    row = tx.connection.execute(_WITH_KEY, {"key": outcome.key}).mappings().one_or_none()
    if row is not None:
        kept = from_row(Outcome, row)
        # A form that is sent twice is told by the server's clock twice: the first stays.
        if row["city"] != city or kept != replace(outcome, at=kept.at):
            raise ConflictError(
                f"another outcome has the key {outcome.key!r}: send it with a new key"
            )
        return False
    agency = agency_at(tx, city, outcome)
    check_details(tx, city, outcome)
    if outcome.corrects:
        take_the_place(tx, city, agency, outcome)
    by = {"recorded_by": tx.by.actor, "recorded_at": tx.by.at}
    tx.connection.execute(insert(tables.outcome), to_row(outcome, city=city, **by))
    tx.note("outcome.recorded", outcome.borrower_id, city=city, agency=agency, after=told(outcome))
    apply(tx, city, outcome, tx.policy)
    return True


def told(outcome: Outcome) -> dict[str, Any]:
    """Return what an event tells of an outcome: sums and codes, no words about her."""
    plain: dict[str, Any] = to_plain(replace(outcome, details=None))
    del plain["note"]
    details = to_plain(outcome.details) if outcome.details else {}
    coded = {name: details[name] for name in CODED if details.get(name)}
    if outcome.details and outcome.details.recording:
        coded["recording"] = outcome.details.recording.code
    return plain | {"details": coded}


def check_details(tx: Transaction, city: str, outcome: Outcome) -> None:
    """Raise ConflictError where the sum or the agreement of an outcome is none, with all faults."""
    if outcome.amount is not None and not (is_sum(outcome.amount) and outcome.amount > 0):
        raise ConflictError(f"outcome {outcome.key!r}: {outcome.amount} is no sum that is paid")
    agreement = outcome.details.agreement if outcome.details else None
    if agreement is not None:
        wrong = faults(agreement, local_day(tx, city, outcome.at), tx.by.actor)
        if wrong:
            raise ConflictError(f"outcome {outcome.key!r}: {'; '.join(wrong)}")


def take_the_place(tx: Transaction, city: str, agency: str, outcome: Outcome) -> None:
    """Mark an outcome as corrected by another, and undo what it led to.

    Raises
    ------
    NotFoundError
        Where there is no such outcome of hers.
    ConflictError
        Where it has been corrected already.
    """
    old = tables.outcome.c
    query = select(old.corrected_by, old.code).where(
        old.key == outcome.corrects, old.city == city, old.borrower_id == outcome.borrower_id
    )
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(
            f"borrower {outcome.borrower_id!r} has no outcome {outcome.corrects!r} to correct"
        )
    if row.corrected_by is not None:
        raise ConflictError(
            f"outcome {outcome.corrects!r} was corrected by {row.corrected_by!r}: correct that one"
        )
    its_row = update(tables.outcome).where(old.key == outcome.corrects)
    tx.connection.execute(its_row.values(corrected_by=outcome.key))
    before = {"key": outcome.corrects, "code": row.code}
    after = {"key": outcome.key, "code": outcome.code}
    whose = {"city": city, "agency": agency}
    tx.note("outcome.corrected", outcome.borrower_id, **whose, before=before, after=after)
    undo(tx, outcome.corrects)


def agency_at(tx: Transaction, city: str, outcome: Outcome) -> str:
    """Return the agency of the place of an outcome."""
    where = {"city": city, "place": outcome.place_id, "borrower": outcome.borrower_id}
    agency = tx.connection.scalar(_AGENCY, where)
    if agency is None:
        raise NotFoundError(
            f"borrower {outcome.borrower_id!r} has no place {outcome.place_id!r} in {city}"
        )
    return str(agency)
