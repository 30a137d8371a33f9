"""When crews begin their day, accept a changed plan, arrive and leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.rows import from_row, to_row
from scheduler.doors import LOOK_BACK
from scheduler.errors import ConflictError
from scheduler.ports import Mark, MarkKind

mark, collector = tables.visit_mark.c, tables.collector.c

EVENTS = {
    MarkKind.BEGIN: "day.begun",
    MarkKind.ACCEPT: "plan.accepted",
    MarkKind.ARRIVE: "visit.arrived",
    MarkKind.LEAVE: "visit.left",
}

TAKEN_BACK_WITHIN = timedelta(minutes=2)
"""A minute on the phone, and one for its clock."""

ARRIVAL_TAKEN_BACK = "visit.arrival_taken_back"

# Made once: to make them takes longer than to answer them, and phones bring marks by the thousand.
_WITH_KEY = select(tables.visit_mark).where(mark.key == bindparam("key"))
_AGENCIES = (
    select(collector.agency)
    .where(collector.city == bindparam("city"), collector.id.in_(bindparam("crew", expanding=True)))
    .order_by(collector.id)
    .limit(1)
)


def put_mark(tx: Transaction, city: str, told: Mark) -> bool:
    """Keep a mark; answer whether it is new.

    Raises
    ------
    ConflictError
        Where another mark has the same key.
    """
    row = tx.connection.execute(_WITH_KEY, {"key": told.key}).mappings().one_or_none()
    if row is not None:
        kept = from_row(Mark, row)
        # A form that is sent twice is told by the server's clock twice, and the phone may have
        # found itself elsewhere: the first stays.
        first = replace(told, at=kept.at, stood=kept.stood, accuracy_m=kept.accuracy_m)
        if row["city"] != city or kept != first:
            raise ConflictError(f"another mark has the key {told.key!r}: send it with a new key")
        return False
    by = {"recorded_by": tx.by.actor, "recorded_at": tx.by.at}
    tx.connection.execute(insert(tables.visit_mark), to_row(told, city=city, **by))
    subject = told.visit_id or f"{city} {told.on} {'+'.join(told.crew)}"
    if told.kind is MarkKind.BEGIN:
        forget_positions(tx, city, told.on - LOOK_BACK)
    # Events are kept for years, and a position is not.
    after = to_plain(replace(told, stood=None, accuracy_m=None))
    agency = agency_of(tx, city, told.crew)
    tx.note(EVENTS[told.kind], subject, city=city, agency=agency, after=after)
    return True


def take_back_arrival(tx: Transaction, city: str, key: str, visit_id: str, at: datetime) -> bool:
    """Forget an arrival that was pressed by mistake; answer whether there was one to forget.

    Nobody stood at that door: it counts for nothing. That it was told, and taken back, stays among
    the events. What was told longer than `TAKEN_BACK_WITHIN` before `at` stays: a visit that was
    made counts.
    """
    its = (mark.key == key, mark.city == city, mark.visit_id == visit_id)
    is_new = mark.at >= at - TAKEN_BACK_WITHIN
    gone = delete(tables.visit_mark).where(*its, mark.kind == MarkKind.ARRIVE, is_new)
    row = tx.connection.execute(gone.returning(mark.crew)).one_or_none()
    if row is None:
        return False
    agency = agency_of(tx, city, tuple(row.crew))
    tx.note(ARRIVAL_TAKEN_BACK, visit_id, city=city, agency=agency, after={"key": key})
    return True


def forget_positions(tx: Transaction, city: str, before: date) -> None:
    """Forget where phones stood on days that no door is learned from any more."""
    old = (mark.city == city, mark.on < before, mark.stood_lat.is_not(None))
    nowhere = {"stood_lat": None, "stood_lon": None, "accuracy_m": None}
    tx.connection.execute(update(tables.visit_mark).where(*old).values(nowhere))


def agency_of(tx: Transaction, city: str, crew: tuple[str, ...]) -> str:
    """Return the agency of a crew's first member; '' is the lender's own staff."""
    return tx.connection.scalar(_AGENCIES, {"city": city, "crew": crew}) or ""
