"""Records that wait for a person, what they came to, and the phones that bring them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, case, func, select, update

from data import database, tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.field.devices import Device
from data.store.past import IN_FORCE
from data.store.rows import chunks, from_row
from scheduler.errors import ConflictError, NotFoundError
from scheduler.field.records import OPEN, STANDING_ALONE, FieldRecord, RecordState
from scheduler.ports import By, Event, Outcome

record, device = tables.field_record.c, tables.field_device.c
outcome = tables.outcome.c


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record with what became of it. `record` is None where it could not be opened."""

    key: str
    city: str
    on: date
    device: Device
    record: FieldRecord | None
    state: RecordState
    told: Mapping[str, Any]
    at: datetime
    received_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToldResult:
    """A result that stands, with who recorded it and when."""

    outcome: Outcome
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Records of a phone about a visit, '' is the day, that wait for numbers that never came.

    `first` is the key of the earliest that waits, `since` when it came.
    """

    device: Device
    visit_id: str
    missing: tuple[int, ...]
    waiting: int
    first: str
    since: datetime


@dataclass(frozen=True, slots=True)
class PhoneOfDay:
    """A phone that was let in for a day: what it brought, and when it was last heard."""

    device: Device
    brought: int = 0
    heard_at: datetime | None = None
    gaps: tuple[Gap, ...] = ()
    open: int = 0
    """How many of its records wait for a person."""


def lacks_recording(told: Mapping[str, Any] | None) -> bool:
    """Whether what was said of a result names a recording that the rules ask for as missing."""
    return "recording" in (told or {}).get("missing", ())


class Records:
    """Reads what phones brought, for the desk."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def of_day(self, city: str, on: date, states: Collection[RecordState]) -> list[KeptRecord]:
        """Return the records of a day in some states, in the order in which they came."""
        its = (record.city == city, record.on == on, record.state.in_(sorted(states)))
        return self._read(_kept().where(*its).order_by(record.received_at, record.key))

    def unrecorded(self, city: str, on: date) -> list[KeptRecord]:
        """Return the results of a day that tell no recording of a visit, though the rules ask."""
        its = (record.city == city, record.on == on, record.state == RecordState.APPLIED)
        query = (
            select(record.key, record.told)
            .join(tables.outcome, outcome.key == record.key)
            .where(*its, record.told.is_not(None), IN_FORCE)
        )
        with database.reading(self.engine) as connection:
            rows = connection.execute(query).all()
        keys = [row.key for row in rows if lacks_recording(row.told)]
        hers = [_kept().where(record.key.in_(some)) for some in chunks(keys)]
        return sorted((one for query in hers for one in self._read(query)), key=lambda one: one.at)

    def of_key(self, city: str, key: str) -> KeptRecord:
        """Return a record; NotFoundError where the city has none of that key."""
        found = self._read(_kept().where(record.city == city, record.key == key))
        if not found:
            raise NotFoundError(f"{city} has no record {key!r}")
        return found[0]

    def results(self, keys: Collection[str]) -> dict[str, ToldResult]:
        """Return results by their keys."""
        query = select(tables.outcome).where(outcome.key.in_(sorted(set(keys))))
        with database.reading(self.engine) as connection:
            rows = connection.execute(query).mappings().all()
        return {
            row["key"]: ToldResult(from_row(Outcome, row), row["recorded_by"], row["recorded_at"])
            for row in rows
        }

    def open_days(self, city: str) -> list[tuple[date, str, int]]:
        """Return by day and collector how many records wait for a person."""
        query = (
            select(record.on, device.collector_id, func.count())
            .join(tables.field_device, device.id == record.device)
            .where(record.state.in_(OPEN), record.city == city)
            .group_by(record.on, device.collector_id)
            .order_by(record.on, device.collector_id)
        )
        with database.reading(self.engine) as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def phones(self, city: str, on: date) -> list[PhoneOfDay]:
        """Return the phones that were let in for a day, in the order in which they were."""
        query = select(tables.field_device).where(device.city == city, device.on == on)
        with database.reading(self.engine) as connection:
            rows = connection.execute(query.order_by(device.made_at, device.id)).mappings().all()
            found = [from_row(Device, row) for row in rows]
            brought = _brought(connection, city, on)
            gaps = _gaps(connection, city, on, {one.id: one for one in found})
        return [_phone(one, brought.get(one.id), gaps.get(one.id, ())) for one in found]

    def _read(self, query: Select[Any]) -> list[KeptRecord]:
        with database.reading(self.engine) as connection:
            rows = connection.execute(query).mappings().all()
            ids = sorted({row["device"] for row in rows})
            its = connection.execute(select(tables.field_device).where(device.id.in_(ids)))
            devices = {row["id"]: from_row(Device, row) for row in its.mappings()}
        return [_kept_record(row, devices[row["device"]]) for row in rows]


def to_decide(tx: Transaction, city: str, key: str, states: Collection[RecordState]) -> KeptRecord:
    """Lock a record for who decides about it.

    Raises
    ------
    ConflictError
        Where it does not wait any more: somebody has decided meanwhile, or it was taken in.
    """
    query = _kept().where(record.city == city, record.key == key).with_for_update()
    row = tx.connection.execute(query).mappings().one_or_none()
    if row is None or row["state"] not in states:
        raise ConflictError(f"record {key!r} waits for nobody any more: look at the page again")
    its = select(tables.field_device).where(device.id == row["device"])
    return _kept_record(row, from_row(Device, tx.connection.execute(its).mappings().one()))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person made of a record: a word of `kept`, `taken`, `again`, `aside`, and why."""

    what: str
    by: By
    state: RecordState
    told: Mapping[str, Any] = field(default_factory=dict)


def decide(tx: Transaction, kept: KeptRecord, made: Decision) -> None:
    """Keep what a person decided about a record; the words of why stay in it, not in the event."""
    told = {**kept.told, **made.told, "decision": made.what}
    values = {
        "state": made.state, "told": to_plain(told), "applied_at": made.by.at,
        "decided_by": made.by.actor, "decided_at": made.by.at,
    }  # fmt: skip
    tx.connection.execute(update(tables.field_record).where(record.key == kept.key).values(values))
    after = {"key": kept.key, "decision": made.what, "state": made.state, "was": kept.state}
    after |= {"visit": kept.record.visit_id} if kept.record and kept.record.visit_id else {}
    subject, at = kept.device.collector_id, made.by.at
    told_of = to_plain(after)
    tx.events.append(Event(at, made.by.actor, "record.decided", subject, None, told_of, kept.city))


def _kept() -> Select[Any]:
    return select(tables.field_record)


def _kept_record(row: RowMapping, whose: Device) -> KeptRecord:
    is_read = row["kind"] is not None
    return KeptRecord(
        row["key"], row["city"], row["on"], whose,
        from_row(FieldRecord, row) if is_read else None,
        row["state"], row["told"] or {}, row["at"], row["received_at"],
        row["decided_by"], row["decided_at"],
    )  # fmt: skip


def _brought(connection: Connection, city: str, on: date) -> dict[str, Any]:
    """Return by phone how many records it brought, when the last came, how many are open."""
    waits = func.sum(case((record.state.in_(OPEN), 1), else_=0))
    query = select(
        record.device,
        func.count().label("brought"),
        func.max(record.received_at).label("heard_at"),
        waits.label("open"),
    )
    of_day = query.where(record.city == city, record.on == on)
    rows = connection.execute(of_day.group_by(record.device))
    return {row.device: row for row in rows}


def _phone(whose: Device, brought: Any, gaps: tuple[Gap, ...]) -> PhoneOfDay:
    if brought is None:
        return PhoneOfDay(whose)
    return PhoneOfDay(whose, brought.brought, brought.heard_at, gaps, int(brought.open or 0))


def _gaps(
    connection: Connection, city: str, on: date, devices: Mapping[str, Device]
) -> dict[str, tuple[Gap, ...]]:
    """Return by phone what waits for numbers that have not come."""
    of_day = (record.city == city, record.on == on, record.kind.not_in(sorted(STANDING_ALONE)))
    query = select(record.device, record.visit_id, record.seq, record.key, record.state,
                   record.received_at)  # fmt: skip
    threads: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in connection.execute(query.where(*of_day).order_by(record.seq, record.key)):
        threads[row.device, row.visit_id].append(row)
    found: dict[str, list[Gap]] = defaultdict(list)
    for (id, visit), rows in sorted(threads.items()):
        gap = _gap(devices[id], visit, rows)
        if gap is not None:
            found[id].append(gap)
    return {id: tuple(gaps) for id, gaps in found.items()}


def _gap(whose: Device, visit_id: str, rows: list[Any]) -> Gap | None:
    """Return what of a thread `in_turn` would not take in yet; `rows` are in the phone's order."""
    highest = max((row.seq for row in rows if row.state is not RecordState.WAITING), default=0)
    waiting = [row for row in rows if row.state is RecordState.WAITING]
    for number, row in enumerate(waiting):
        if row.seq > highest + 1:
            held = waiting[number:]
            there = {one.seq for one in held}
            missing = tuple(n for n in range(highest + 1, held[-1].seq) if n not in there)
            since = min(one.received_at for one in held)
            return Gap(whose, visit_id, missing, len(held), row.key, since)
        highest = max(highest, row.seq)
    return None
