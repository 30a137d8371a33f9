"""What phones tell of a running day beside its visits: who is late, who has ended, who is heard."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, case, func, select

from data import database, tables
from scheduler.field.lateness import told_lateness
from scheduler.field.records import RecordKind, RecordState
from scheduler.ports import Late

record, device = tables.field_record.c, tables.field_device.c

TOLD_AT = case((record.at > record.received_at, record.received_at), else_=record.at)
"""When something was told: no clock of a phone is ahead of the server's."""


def told_by_phones(connection: Connection, city: str, on: date) -> Mapping[str, Any]:
    """Return `lates`, `ended` and `heard` of `Told`, by whichever plan crews were sent."""
    of_day = (record.city == city, record.on == on)
    whose = tables.field_record.join(tables.field_device, device.id == record.device)
    kinds = record.kind.in_((RecordKind.LATE, RecordKind.END))
    query = (
        select(device.collector_id, record.kind, record.body, TOLD_AT.label("told_at"))
        .select_from(whose)
        .where(*of_day, kinds, record.state == RecordState.APPLIED)
    )
    rows = connection.execute(query.order_by(TOLD_AT, record.key)).all()
    last = func.max(TOLD_AT).label("told_at")
    heard = select(device.collector_id, last).select_from(whose).where(*of_day)
    found = connection.execute(heard.group_by(device.collector_id)).all()
    return {
        "lates": tuple(late for row in rows if (late := _late(row)) is not None),
        "ended": {row.collector_id: row.told_at for row in rows if row.kind is RecordKind.END},
        "heard": {row.collector_id: row.told_at for row in found},
    }


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """What a crew said last of being late, and when one of them began or ended her last break."""

    late: Late | None = None
    rest_at: datetime | None = None
    is_resting: bool = False


def on_the_way(
    engine: Engine, city: str, on: date, members: Collection[str], collector_id: str
) -> OnTheWay:
    """Return what the phones of `members` told of their way; breaks are those of one of them."""
    whose = tables.field_record.join(tables.field_device, device.id == record.device)
    rests = (RecordKind.BREAK_BEGIN, RecordKind.BREAK_END)
    query = (
        select(device.collector_id, record.kind, record.body, TOLD_AT.label("told_at"))
        .select_from(whose)
        .where(record.city == city, record.on == on, record.state == RecordState.APPLIED)
        .where(record.kind.in_((RecordKind.LATE, *rests)), device.collector_id.in_(members))
    )
    with database.reading(engine) as connection:
        rows = connection.execute(query.order_by(TOLD_AT, record.seq)).all()
    lates = [late for row in rows if (late := _late(row)) is not None]
    hers = [row for row in rows if row.kind in rests and row.collector_id == collector_id]
    late = lates[-1] if lates else None
    if not hers:
        return OnTheWay(late)
    return OnTheWay(late, hers[-1].told_at, hers[-1].kind is RecordKind.BREAK_BEGIN)


def _late(row: Any) -> Late | None:
    by = told_lateness(row.body or {}) if row.kind is RecordKind.LATE else None
    at: datetime = row.told_at
    return None if by is None else Late(row.collector_id, at, by)
