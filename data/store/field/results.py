"""What the book holds of a visit when a phone tells its result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import bindparam, select

from data import tables
from data.store.events import Transaction
from data.store.past import IN_FORCE
from data.store.rows import from_row
from scheduler.field.records import RecordKind, RecordState
from scheduler.ports import Outcome

outcome, record = tables.outcome.c, tables.field_record.c

# Made once: to make them takes longer than to answer them, and phones bring results by the hundred.
_STANDING = (
    select(tables.outcome)
    .where(outcome.city == bindparam("city"), outcome.borrower_id == bindparam("borrower"))
    .where(outcome.at >= bindparam("first"), outcome.at < bindparam("end"), IN_FORCE)
    .order_by(outcome.recorded_at.desc(), outcome.key.desc())
    .limit(1)
)
_AT_LEAVING = (
    select(record.body)
    .where(record.device == bindparam("device"), record.visit_id == bindparam("visit"))
    .where(record.kind == RecordKind.LEAVE)
    .order_by(record.seq.desc())
    .limit(1)
)

SAME_AS = "as"
"""Names in `told` the result that a record told the same as."""


def standing_result(
    tx: Transaction, city: str, borrower_id: str, on: date, zone: tzinfo
) -> Outcome | None:
    """Return what came of the visits to a borrower on a day, as it was told last."""
    midnight = datetime.combine(on, time(), zone)
    of_day = {"first": midnight, "end": midnight + timedelta(days=1)}
    hers = {"city": city, "borrower": borrower_id}
    row = tx.connection.execute(_STANDING, {**hers, **of_day}).mappings().one_or_none()
    return None if row is None else from_row(Outcome, row)


def result_behind(tx: Transaction, key: str) -> str:
    """Return the key of the result that a record stands for; '' of none.

    It is another's where it told the same, or where a person decided for the other.
    """
    if not key:
        return ""
    states = (RecordState.SAME, RecordState.DECIDED)
    query = select(record.told).where(record.key == key, record.state.in_(states))
    told = tx.connection.scalar(query) or {}
    return str(told.get(SAME_AS, key))


def told_at_leaving(tx: Transaction, device: str, visit_id: str) -> Mapping[str, Any]:
    """Return what a phone told last when it left a visit; nothing where it told no leaving."""
    return tx.connection.scalar(_AT_LEAVING, {"device": device, "visit": visit_id}) or {}
