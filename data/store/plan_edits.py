"""Edits of a draft: what they touch is written anew, and the log keeps before and after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from data import tables
from data.plain import reader, to_plain
from data.store.edit_bodies import kind_of, plain_edit, read_edit
from data.store.events import Transaction
from data.store.plan_rows import itinerary_row, left_out_row, stop_rows_of
from data.store.plans import add_plan, get_plan, lock_plan, note
from data.store.rows import Row, chunks
from scheduler.editing.edits import Edit
from scheduler.editing.log import (
    UNPLACED,
    Aim,
    KeptEdit,
    Part,
    PlacedEntry,
    PlacedTrip,
    makers,
    nothing,
    overlap,
    reach_of,
    redoable,
    since,
    standing_on,
    undoable,
)
from scheduler.editing.parting import with_part
from scheduler.errors import ConflictError, EditedMeanwhileError, StaleSheetError
from scheduler.grounds import Stage
from scheduler.plan import Plan
from scheduler.ports import NewEdit, PlanRecord, PlanStatus

log, plan, suspension = tables.plan_edit.c, tables.plan.c, tables.suspension.c
read_part = reader(Part)

ROOM = 100_000
"""Positions that an edit has for what is new: none is ever used by another."""


def list_edits(connection: Connection, plan_id: int, after: int = 0) -> list[KeptEdit]:
    """Return the edits of a plan after a revision, the oldest first."""
    query = select(tables.plan_edit).where(log.plan_id == plan_id, log.number > after)
    return [_kept(row) for row in connection.execute(query.order_by(log.number)).mappings()]


def _kept(row: Row) -> KeptEdit:
    return KeptEdit(
        row["number"],
        read_edit(row["body"]),
        read_part(row["before"]),
        read_part(row["after"]),
        row["made_by"],
        row["made_at"],
        row["key"],
        row["undoes"],
        row["body"].get("lapsed", ""),
    )


def revise_plan(tx: Transaction, plan_id: int, new: NewEdit) -> KeptEdit:
    """Let an edit change a draft, as `Writer.revise_plan` says."""
    record = lock_plan(tx.connection, plan_id)
    if (again := _by_key(tx.connection, record, new)) is not None:
        return again
    _refuse_closed(tx.connection, record)
    edits = list_edits(tx.connection, plan_id)
    if new.undoes is None:
        refuse_overlapped(edits, new, tx.by.actor)
    else:
        refuse_undone(edits, new.undoes, tx.by.actor)
    if new.worked_on != record.revision:
        content = record.content
        raise StaleSheetError(
            f"version {record.version} of {content.city} on {content.on} was edited since "
            f"revision {new.worked_on}: work the edit out again"
        )
    return _write(tx, record, new)


def _by_key(connection: Connection, record: PlanRecord, new: NewEdit) -> KeptEdit | None:
    """Return the edit that came under the same key, if one did.

    Raises
    ------
    ConflictError
        Where that one is another edit.
    """
    same = (log.city == record.content.city, log.key == new.key)
    row = connection.execute(select(tables.plan_edit).where(*same)).mappings().one_or_none()
    if row is None:
        return None
    kept = _kept(row)
    if (row["plan_id"], kept.edit, kept.undoes) != (record.id, new.edit, new.undoes):
        raise ConflictError(
            f"the key {new.key!r} is that of another edit: send this one with its own"
        )
    return kept


def _refuse_closed(connection: Connection, record: PlanRecord) -> None:
    content = record.content
    if record.state is not PlanStatus.DRAFT:
        raise ConflictError(
            f"version {record.version} of {content.city} on {content.on} is {record.state} and is "
            "never changed: copy it as a draft first"
        )
    its = (plan.city == content.city, plan.on == content.on, plan.based_on == record.version)
    if newer := connection.scalar(select(func.max(plan.version)).where(*its)):
        # What is done to it from now on would be lost: the newer one has taken its edits over.
        raise ConflictError(
            f"version {newer} has taken the place of version {record.version} of {content.city} on "
            f"{content.on}: edit that"
        )


def refuse_overlapped(edits: Sequence[KeptEdit], new: NewEdit, actor: str) -> None:
    """Raise EditedMeanwhileError where others touched since `known` what an edit touches."""
    meanwhile = since(edits, new.known, actor)
    if found := tuple(row for row in meanwhile if overlap(row.reach, reach_of(new.after))):
        raise EditedMeanwhileError(
            f"{makers(found)} changed the same meanwhile: look at it again, then decide", found
        )


def refuse_undone(edits: Sequence[KeptEdit], number: int, actor: str) -> None:
    """Raise where an edit is not a person's to take back next, or another's stands on it."""
    nexts = (undoable(edits, actor), redoable(edits, actor))
    target = next((one for one in nexts if one is not None and one.number == number), None)
    if target is None:
        raise ConflictError(f"edit {number} is not the one that {actor} would take back next")
    if found := standing_on(edits, target):
        raise EditedMeanwhileError(
            f"{makers(found)} changed the same afterwards: it is not taken back below that", found
        )


def _write(tx: Transaction, record: PlanRecord, new: NewEdit) -> KeptEdit:
    number = record.revision + 1
    before = _standing(tx.connection, record, new.after)
    after = _placed(new.after, before, number)
    row = {
        "plan_id": record.id,
        "number": number,
        "city": record.content.city,
        "kind": "lapsed" if new.lapsed else kind_of(new.edit),
        "body": plain_edit(new.edit) | ({"lapsed": new.lapsed} if new.lapsed else {}),
        "before": to_plain(before),
        "after": to_plain(after),
        "undoes": new.undoes,
        "key": new.key,
        "made_by": tx.by.actor,
        "made_at": tx.by.at,
    }
    tx.connection.execute(insert(tables.plan_edit).values(row))
    edited = replace(record, content=with_part(record.content, after), revision=number)
    _rewrite(tx.connection, edited, after)
    _lift_dropped(tx, edited, after.visits)
    _tell(tx, edited, row, after)
    return _kept(row)


def _standing(connection: Connection, record: PlanRecord, after: Part) -> Part:
    """Return what a draft has of the crews and visits of `after`."""
    content = record.content
    positions = _positions(connection, record.id)
    trips = [trip for trip in content.plan.itineraries if trip.crew_id in after.crews]
    ids = sorted({stop.id for trip in trips for stop in trip.visits})
    told = ((id, content.targets[id]) for id in ids if id in content.targets)
    aims = (Aim(id, target.borrower_id, target.case_ids) for id, target in told)
    return Part(
        crews=after.crews,
        visits=after.visits,
        trips=tuple(PlacedTrip(trip, positions[trip.crew_id]) for trip in trips),
        left_out=tuple(_entries(connection, record, after.visits)),
        locks=tuple(lock for lock in content.locks if lock.visit_id in after.visits),
        aims=tuple(aims),
        cost=content.cost,
        team=None if after.team is None else content.crews,
    )


def _positions(connection: Connection, plan_id: int) -> dict[str, int]:
    trip = tables.itinerary.c
    query = select(trip.crew_id, trip.position).where(trip.plan_id == plan_id)
    return {row.crew_id: row.position for row in connection.execute(query)}


def _entries(
    connection: Connection, record: PlanRecord, visits: Collection[str]
) -> list[PlacedEntry]:
    """Return what is told of visits in the list of the left out, with positions."""
    out = tables.left_out.c
    query = select(out.position).where(out.plan_id == record.id).order_by(out.position)
    placed = zip(record.content.plan.left_out, connection.scalars(query), strict=True)
    return [PlacedEntry(entry, at) for entry, at in placed if entry.visit_id in visits]


def _placed(after: Part, before: Part, number: int) -> Part:
    """Return a part whose trips and entries have positions: those they had, or new ones."""
    of_crew = {placed.trip.crew_id: placed.position for placed in before.trips}
    of_entry = {placed.entry: placed.position for placed in before.left_out}
    trips = tuple(
        replace(one, position=of_crew.get(one.trip.crew_id, number * ROOM + i))
        if one.position == UNPLACED
        else one
        for i, one in enumerate(after.trips)
    )
    entries = tuple(
        replace(one, position=of_entry.get(one.entry, number * ROOM + i))
        if one.position == UNPLACED
        else one
        for i, one in enumerate(after.left_out)
    )
    return replace(after, trips=trips, left_out=entries)


def _rewrite(connection: Connection, edited: PlanRecord, after: Part) -> None:
    """Write a draft's rows anew for the crews and visits of a part alone."""
    for table, column in ((tables.stop, "crew_id"), (tables.itinerary, "crew_id")):
        _delete(connection, table, edited.id, column, after.crews)
    _delete(connection, tables.left_out, edited.id, "visit_id", after.visits)
    _insert(
        connection,
        tables.itinerary,
        [itinerary_row(edited, placed.trip, placed.position) for placed in after.trips],
    )
    _insert(
        connection,
        tables.stop,
        [row for placed in after.trips for row in stop_rows_of(edited, placed.trip)],
    )
    _insert(
        connection,
        tables.left_out,
        [left_out_row(edited, placed.entry, placed.position) for placed in after.left_out],
    )
    content = edited.content
    told = {"revision": edited.revision, "locks": content.locks, "cost": content.cost}
    told |= {} if after.team is None else {"crews": content.crews}
    connection.execute(update(tables.plan).where(plan.id == edited.id).values(told))


def _delete(
    connection: Connection, table: Any, plan_id: int, column: str, ids: Sequence[str]
) -> None:
    for some in chunks(ids):
        gone = (table.c.plan_id == plan_id, table.c[column].in_(some))
        connection.execute(delete(table).where(*gone))


def _insert(connection: Connection, table: Any, rows: list[Any]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _lift_dropped(tx: Transaction, edited: PlanRecord, visits: Sequence[str]) -> None:
    """End what stands against visits that the draft does not make any more."""
    gone = sorted(set(visits) - edited.content.plan.served)
    lifted = {"lifted_at": tx.by.at, "lifted_kind": "plan.edited", "lifted_subject": str(edited.id)}
    for some in chunks(gone):
        its = (suspension.plan_id == edited.id, suspension.visit_id.in_(some))
        is_open = suspension.lifted_at.is_(None)
        tx.connection.execute(update(tables.suspension).where(*its, is_open).values(lifted))


def _tell(tx: Transaction, edited: PlanRecord, row: Row, after: Part) -> None:
    """Add the event, and let what the changed days stand on be kept."""
    told = {
        "number": row["number"],
        "edit": row["kind"],
        "undoes": row["undoes"],
        "crews": list(after.crews),
        "visits": list(after.visits),
        "aims": sorted({aim.borrower_id for aim in after.aims}),
    }
    note(tx, "plan.edited", edited, after=told)
    changed = tuple(placed.trip for placed in after.trips)
    if any(trip.visits for trip in changed):
        content = replace(edited.content, plan=Plan(changed, ()))
        tx.planned.append((replace(edited, content=content), Stage.EDITED))


def lapse_edit(tx: Transaction, plan_id: int, edit: Edit, key: str, why: str) -> KeptEdit:
    """Keep in the log what could not be carried over, as `Writer.lapse_edit` says."""
    record = lock_plan(tx.connection, plan_id)
    now = record.revision
    new = NewEdit(edit, nothing(record.content.cost), now, now, key, lapsed=why)
    return revise_plan(tx, plan_id, new)


def copy_as_draft(tx: Transaction, plan_id: int) -> tuple[PlanRecord, bool]:
    """Keep a copy of a plan as the next draft of its day; answer whether there was none yet."""
    record = lock_plan(tx.connection, plan_id)
    newest = get_plan(tx.connection, record.content.city, record.content.on, None)
    if newest.state is PlanStatus.DRAFT and newest.based_on == record.version:
        return newest, False
    return add_plan(tx, record.content, based_on=record.version), True
