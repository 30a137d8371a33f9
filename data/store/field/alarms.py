"""Calls for help and problems: raised as they come, seen and closed by people."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from data import database, tables
from data.store.accounts import writing
from scheduler.errors import NotFoundError
from scheduler.field.records import RecordKind
from scheduler.ports import By

ALARMING = (RecordKind.PANIC, RecordKind.PROBLEM)
"""Kinds of records that stand on a desk until a person closes them."""

alarm, record, device = tables.field_alarm.c, tables.field_record.c, tables.field_device.c

# Made once: to make it takes longer than to answer it, and every open page asks.
_OPEN = (
    select(alarm.key, alarm.seen_by)
    .where(alarm.city == bindparam("city"), alarm.closed_at.is_(None))
    .order_by(alarm.key)
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What somebody tells who needs help, by whom it was seen, and what was done.

    `visit_id` is '' where it is about the day; `body` is what was told, its position among it.
    """

    key: str
    city: str
    on: date
    kind: RecordKind
    collector_id: str
    visit_id: str
    plan_id: int | None
    at: datetime
    received_at: datetime
    body: Mapping[str, Any]
    seen_by: str | None = None
    seen_at: datetime | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    note: str | None = None

    @property
    def is_panic(self) -> bool:
        return self.kind is RecordKind.PANIC


class Alarms:
    """The alarms of a book. That one was seen, or closed, is an event; its note stays here."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def stamp(self, city: str) -> str:
        """Return what changes with a city's open alarms, and with who has seen them."""
        with database.reading(self.engine) as connection:
            rows = connection.execute(_OPEN, {"city": city}).all()
        told = [(row.key, row.seen_by) for row in rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:20] if told else ""

    def standing(self, city: str) -> list[Alarm]:
        """Return the alarms that nobody has closed: panics first, what nobody has seen before."""
        found = self._read(_alarms(city).where(alarm.closed_at.is_(None)))
        return sorted(found, key=lambda one: (not one.is_panic, one.seen_at is not None, one.at))

    def closed(self, city: str, most: int) -> list[Alarm]:
        """Return the alarms that were closed last."""
        newest = alarm.closed_at.desc(), alarm.key
        query = _alarms(city).where(alarm.closed_at.is_not(None)).order_by(*newest)
        return self._read(query.limit(most))

    def of_key(self, city: str, key: str) -> Alarm:
        """Return an alarm; NotFoundError where the city has none of that key."""
        found = self._read(_alarms(city).where(alarm.key == key))
        if not found:
            raise NotFoundError(f"{city} has no alarm {key!r}")
        return found[0]

    def see(self, told: Alarm, by: By) -> None:
        """Keep who has seen an alarm, and when; the first who did stays."""
        its = update(tables.field_alarm).where(alarm.key == told.key, alarm.seen_at.is_(None))
        with writing(self.engine, by) as tx:
            seen = its.values(seen_by=by.actor, seen_at=by.at)
            if tx.connection.execute(seen).rowcount:
                after = {"key": told.key, "kind": told.kind}
                tx.note("alarm.seen", told.collector_id, city=told.city, after=after)

    def close(self, told: Alarm, note: str, by: By) -> None:
        """Close an alarm with what was done; who closes it has seen it. The first who did stays."""
        its = update(tables.field_alarm).where(alarm.key == told.key, alarm.closed_at.is_(None))
        seen = {
            "seen_by": func.coalesce(alarm.seen_by, by.actor),
            "seen_at": func.coalesce(alarm.seen_at, by.at),
        }
        with writing(self.engine, by) as tx:
            done = its.values(closed_by=by.actor, closed_at=by.at, note=note, **seen)
            if tx.connection.execute(done).rowcount:
                after = {"key": told.key, "kind": told.kind, "has_note": bool(note)}
                tx.note("alarm.closed", told.collector_id, city=told.city, after=after)

    def _read(self, query: Select[Any]) -> list[Alarm]:
        with database.reading(self.engine) as connection:
            return [_alarm(row) for row in connection.execute(query)]


def raise_alarms(connection: Connection, device_id: str, keys: Sequence[str]) -> None:
    """Raise an alarm for each of a phone's records that is one; what was raised stays as it is."""
    its = (record.key.in_(sorted(set(keys))), record.device == device_id, record.kind.in_(ALARMING))
    found = select(record.key, record.city, record.kind).where(*its).order_by(record.key)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    raised = insert(tables.field_alarm).from_select(["key", "city", "kind"], found)
    connection.execute(raised.on_conflict_do_nothing(index_elements=["key"]))


def _alarms(city: str) -> Select[Any]:
    told = (record.on, record.visit_id, record.plan_id, record.at, record.received_at, record.body)
    query = select(tables.field_alarm, *told, device.collector_id)
    query = query.join(tables.field_record, record.key == alarm.key)
    return query.join(tables.field_device, device.id == record.device).where(alarm.city == city)


def _alarm(row: Row[Any]) -> Alarm:
    return Alarm(**{**row._mapping, "body": row.body or {}})
