"""Records as phones bring them: each is kept once, before anybody looks at what it tells.

What is attached to a visit is parted from its record and locked.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from data import database, tables
from data.at_rest import AtRestKey
from data.attached.content import AttachedError, read_attached
from data.errors import SealError
from data.plain import to_plain
from data.sealing import SealingKey
from data.store.events import Transaction
from data.store.field.alarms import ALARMING, raise_alarms
from data.store.field.attachments import locked_row
from data.store.field.devices import Device
from data.store.rows import Row, chunks, from_row
from data.store.together import Together
from scheduler.field.reading import RecordError, read_record
from scheduler.field.records import STANDING_ALONE, FieldRecord, RecordKind, RecordState
from scheduler.field.turns import Thread, in_turn

record, alarm = tables.field_record.c, tables.field_alarm.c


@dataclass(frozen=True, slots=True)
class Envelope:
    """A record as it comes: its key in the open, all else sealed for the key `sealed_for`."""

    key: str
    sealed_for: str
    sealed: bytes
    text: str
    """`sealed` in base64, as it is kept where it cannot be opened."""


Tell = Callable[[], tuple[Device, Sequence[Envelope]]]
"""Tells which phone brings, and what; it is asked once, and raises where it may not."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a phone may rely on: its record is kept. `state` is how far the book has come with it.

    `is_foreign` where another phone has brought one of the same key: then this one is not kept.
    Of a call for help, `seen_at` and `closed_at` are when the desk saw and closed it.
    """

    key: str
    state: RecordState
    told: Any = None
    is_foreign: bool = False
    seen_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What one phone brings at once, opened: rows of records, and of what is attached to them."""

    device: str
    keys: Sequence[str]
    records: Sequence[Row]
    attached: Sequence[Row]

    @property
    def urgent(self) -> list[str]:
        """The keys of the records that call for help."""
        return [str(row["key"]) for row in self.records if row["kind"] in ALARMING]


@dataclass(frozen=True, slots=True)
class Settled:
    """The state that a record has come to, and what is told of it."""

    key: str
    state: RecordState
    told: Any = None


class Inbox:
    """Where records are kept as they come, and from where they are taken in."""

    def __init__(self, engine: Engine, at_rest: AtRestKey) -> None:
        self.engine = engine
        self.at_rest = at_rest
        self._together = Together(self._keep_all)

    def keep(self, tell: Tell, key: SealingKey, at: datetime) -> list[Receipt]:
        """Keep what a phone brings, whatever it is, and return a receipt for each.

        What came before is not kept again; what cannot be opened is kept as it came. What is
        attached is locked before it is written. Who calls for help is heard at once, whatever her
        phone has still to bring. Phones that bring at one moment are read one after the other, by
        `tell`, and share a transaction; a receipt is told after its commit.
        """
        return self._together.ask(lambda: self._opened(*tell(), key, at))

    def _opened(
        self, device: Device, brought: Sequence[Envelope], key: SealingKey, at: datetime
    ) -> Brought:
        read = [_read(device, one, key, at, self.at_rest) for one in brought]
        keys, rows = [one.key for one in brought], [row for row, _ in read]
        return Brought(device.id, keys, rows, [row for _, row in read if row])

    def _keep_all(self, brought: Sequence[Brought]) -> list[list[Receipt]]:
        """Keep what several phones bring in one transaction; return the receipts of each."""
        with database.writing(self.engine) as connection:
            records = [row for one in brought for row in one.records]
            _insert_new(connection, tables.field_record, records)
            _insert_new(connection, tables.attachment, _attached(connection, brought))
            for one in brought:
                if one.urgent:
                    raise_alarms(connection, one.device, one.urgent)
            kept = _kept(connection, [key for one in brought for key in one.keys])
        return [_receipts(kept, one.device, one.keys) for one in brought]

    def receipts(self, device: Device, keys: Sequence[str]) -> list[Receipt]:
        """Return how far the book has come with records of a phone; unknown keys are left out."""
        with database.reading(self.engine) as connection:
            return _receipts(_kept(connection, keys), device.id, keys)

    def open_again(self, device: Device, key: str, sealing: SealingKey, at: datetime) -> bool:
        """Try to open again what could not be; answer whether it can be taken in now.

        After another home's key has come here, or was brought back from a backup.
        """
        its = (
            record.key == key,
            record.device == device.id,
            record.state == RecordState.UNREADABLE,
        )
        with database.writing(self.engine) as connection:
            query = select(tables.field_record).where(*its)
            row = connection.execute(query).mappings().one_or_none()
            if row is None:
                return False
            sealed_for = str((row["told"] or {}).get("sealed_for", ""))
            one = Envelope(key, sealed_for, base64.b64decode(row["sealed"]), row["sealed"])
            values, attached = _read(device, one, sealing, at, self.at_rest)
            came = {"received_at": row["received_at"]}
            connection.execute(update(tables.field_record).where(*its).values({**values, **came}))
            _insert_new(connection, tables.attachment, [attached] if attached else [])
            if values["kind"] in ALARMING:
                raise_alarms(connection, device.id, [key])
            return values["state"] is RecordState.WAITING

    def devices_waiting(self) -> list[str]:
        """Return the ids of the phones with records that nobody has looked at, oldest first."""
        query = select(record.device).where(record.state == RecordState.WAITING)
        query = query.group_by(record.device).order_by(func.min(record.received_at), record.device)
        with database.reading(self.engine) as connection:
            return list(connection.scalars(query))

    def count_of(self, device_id: str) -> int:
        """Return how many records a phone has brought, without what stands alone."""
        is_counted = record.kind.is_(None) | record.kind.not_in(STANDING_ALONE)
        query = select(func.count()).where(record.device == device_id, is_counted)
        with database.reading(self.engine) as connection:
            return connection.scalar(query) or 0

    def next_of(self, device_id: str) -> tuple[FieldRecord, ...]:
        """Return the records of a phone whose turn has come, in their order."""
        with database.reading(self.engine) as connection:
            return in_turn(_waiting(connection, device_id), _taken_in(connection, device_id))


_LOCKED = (
    select(record.key, record.state)
    .where(record.key.in_(bindparam("keys", expanding=True)))
    .order_by(record.key)
    .with_for_update()
)
_SETTLED = (
    update(tables.field_record)
    .where(record.key == bindparam("its_key"))
    .values(
        state=bindparam("its_state"), told=bindparam("its_told"), applied_at=bindparam("its_at")
    )
)


def take_in(tx: Transaction, keys: Collection[str]) -> frozenset[str]:
    """Lock records for whoever takes them in; return the keys of those that still wait."""
    rows = tx.connection.execute(_LOCKED, {"keys": sorted(keys)})
    return frozenset(row.key for row in rows if row.state is RecordState.WAITING)


def settle(tx: Transaction, made: Iterable[Settled]) -> None:
    """Keep what the book made of records."""
    rows = [
        {
            "its_key": one.key,
            "its_state": one.state,
            "its_told": to_plain(one.told),
            "its_at": tx.by.at,
        }
        for one in made
    ]
    if rows:
        tx.connection.execute(_SETTLED, rows)


def _read(
    device: Device, one: Envelope, key: SealingKey, at: datetime, at_rest: AtRestKey
) -> tuple[Row, Row | None]:
    """Return the row of what a phone brings, and that of what is attached to it."""
    where = {"key": one.key, "device": device.id, "city": device.city, "on": device.on}
    try:
        opened = json.loads(key.opened(one.sealed, one.key, device.id))
        read = read_record(one.key, device.id, device.on, opened)
    except (SealError, RecordError, ValueError) as error:
        return {**where, **_unreadable(one, at, str(error))}, None
    body, attached = _parted(device, read, at_rest)
    told = {
        "visit_id": read.visit_id,
        "seq": read.seq,
        "kind": read.kind,
        "at": read.at,
        "wall_at": read.wall_at,
        "plan_id": read.plan_id,
        "body": body,
    }
    row = {**where, **told, "state": RecordState.WAITING, "received_at": at, **NOTHING_MADE}
    return row, attached


def _parted(
    device: Device, record: FieldRecord, at_rest: AtRestKey
) -> tuple[dict[str, Any], Row | None]:
    """Return the body that a record keeps, and the row of what it has attached.

    What is attached never lies in its record; of what is not kept, the record says why.
    """
    if record.kind is not RecordKind.ATTACHMENT:
        return dict(record.body), None
    try:
        attached = read_attached(record.body)
    except AttachedError as error:
        return {"why": str(error)}, None
    return attached.told, locked_row(record, device.city, device.actor, attached, at_rest)


NOTHING_MADE: Mapping[str, Any] = {"told": None, "sealed": None}


def _unreadable(one: Envelope, at: datetime, why: str) -> dict[str, Any]:
    nowhere = {"visit_id": "", "seq": 0, "kind": None, "plan_id": None, "body": None}
    when = {"at": at, "wall_at": at, "received_at": at}
    told = {"why": why, "sealed_for": one.sealed_for}
    return {**nowhere, **when, "state": RecordState.UNREADABLE, "told": told, "sealed": one.text}


def _insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows whose key is new; two requests at once may bring the same.

    By their keys: two that insert the same in another order would wait for each other for ever.
    """
    if rows:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        statement = insert(table).on_conflict_do_nothing(index_elements=["key"])
        connection.execute(statement, sorted(rows, key=lambda row: str(row["key"])))


def _attached(connection: Connection, brought: Sequence[Brought]) -> list[Row]:
    """Return what is attached to a phone's own records: to another's nothing is."""
    rows = {(str(row["key"]), one.device): row for one in brought for row in one.attached}
    if not rows:
        return []
    query = select(record.key, record.device).where(record.key.in_({key for key, _ in rows}))
    return [rows[key, device] for key, device in connection.execute(query) if (key, device) in rows]


# Made once: to make it takes longer than to answer it, and every phone asks.
_KEPT = (
    select(record.key, record.device, record.state, record.told, alarm.seen_at, alarm.closed_at)
    .outerjoin(tables.field_alarm, alarm.key == record.key)
    .where(record.key.in_(bindparam("keys", expanding=True)))
)


def _kept(connection: Connection, keys: Sequence[str]) -> dict[str, Any]:
    """Return by key how the records stand that there are."""
    some = chunks(list(dict.fromkeys(keys)))
    return {row.key: row for keys in some for row in connection.execute(_KEPT, {"keys": keys})}


def _receipts(kept: Mapping[str, Any], device_id: str, keys: Sequence[str]) -> list[Receipt]:
    return [_receipt(kept[key], device_id) for key in dict.fromkeys(keys) if key in kept]


def _receipt(row: Any, device_id: str) -> Receipt:
    if row.device != device_id:
        return Receipt(row.key, RecordState.REFUSED, is_foreign=True)
    return Receipt(row.key, row.state, row.told, False, row.seen_at, row.closed_at)


_WAITING = select(tables.field_record).where(
    record.device == bindparam("device"), record.state == RecordState.WAITING
)
_TAKEN_IN = (
    select(record.visit_id, func.max(record.seq))
    .where(record.device == bindparam("device"))
    .where(record.state.not_in((RecordState.WAITING, RecordState.UNREADABLE)))
    .where(record.kind.not_in(STANDING_ALONE))
    .group_by(record.visit_id)
)


def _waiting(connection: Connection, device_id: str) -> list[FieldRecord]:
    rows = connection.execute(_WAITING, {"device": device_id}).mappings()
    return [from_row(FieldRecord, row) for row in rows]


def _taken_in(connection: Connection, device_id: str) -> dict[Thread, int]:
    rows = connection.execute(_TAKEN_IN, {"device": device_id})
    return {(device_id, visit): highest for visit, highest in rows}
