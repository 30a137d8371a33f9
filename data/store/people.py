"""Collectors, their shifts, the pairs they are sent in and the crews they form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, delete, select

from data import tables
from data.plain import to_plain
from data.store.cities import know_agencies
from data.store.events import Transaction
from data.store.kept_back import kept_back
from data.store.rows import by_id, changes, read, to_row, upsert
from scheduler.errors import NotFoundError
from scheduler.model import City, Collector, Crew, Shift
from scheduler.ports import BookChange

T = TypeVar("T", Collector, Shift)

RECENT = timedelta(days=31)
"""How far back crews are told of, for who has gone with whom."""


def put_collectors(tx: Transaction, city: City, collectors: Sequence[Collector]) -> BookChange:
    """Add collectors, or change those that are there."""
    table = tables.collector
    new = by_id(collectors, lambda collector: collector.id)
    known = read(tx.connection, table, Collector, table.c.city == city.name)
    know_agencies(tx, city.name, {collector.agency for collector in collectors})
    rows = {id: to_row(collector, city=city.name) for id, collector in new.items()}
    agencies = {id: collector.agency for id, collector in new.items()}
    return put(tx, city.name, table, {c.id: c for c in known}, new, rows, agencies)


def put_shifts(tx: Transaction, city: City, shifts: Sequence[Shift]) -> BookChange:
    """Add shifts, one per collector and day, or change those that are there."""
    table, zone = tables.shift, ZoneInfo(city.zone)
    agencies = agency_of(tx.connection, city.name, {shift.collector_id for shift in shifts})

    def day(shift: Shift) -> date:
        return shift.window.start.astimezone(zone).date()

    def key(shift: Shift) -> str:
        return f"{shift.collector_id} {day(shift)}"

    new = by_id(shifts, key)
    days = {day(shift) for shift in shifts}
    known = read(tx.connection, table, Shift, table.c.city == city.name, table.c.on.in_(days))
    rows = {id: to_row(shift, city=city.name, on=day(shift)) for id, shift in new.items()}
    of_shift = {id: agencies[shift.collector_id] for id, shift in new.items()}
    return put(tx, city.name, table, {key(shift): shift for shift in known}, new, rows, of_shift)


def withdraw_shift(tx: Transaction, city: str, collector_id: str, on: date) -> None:
    """Take the shift of a collector on a day out of the book, if she has one."""
    table = tables.shift
    where = (table.c.city == city, table.c.collector_id == collector_id, table.c.on == on)
    for shift in read(tx.connection, table, Shift, *where):
        tx.connection.execute(delete(table).where(*where))
        agency = agency_of(tx.connection, city, {collector_id})[collector_id]
        subject = f"{collector_id} {on}"
        tx.note("shift.withdrawn", subject, city=city, agency=agency, before=to_plain(shift))


def put(
    tx: Transaction,
    city: str,
    table: Table,
    known: Mapping[str, T],
    new: Mapping[str, T],
    rows: Mapping[str, dict[str, Any]],
    agencies: Mapping[str, str],
) -> BookChange:
    """Write what differs from the book, with an event for each."""
    added: list[str] = []
    changed: list[str] = []
    same: list[str] = []
    for id, item in new.items():
        before, after = changes(known.get(id), item)
        if id in known and not after:
            same.append(id)
            continue
        (changed if id in known else added).append(id)
        kind = f"{table.name}.{'changed' if id in known else 'added'}"
        was, becomes = kept_back(before) or None, kept_back(after)
        tx.note(kind, id, city=city, agency=agencies[id], before=was, after=becomes)
    upsert(tx.connection, table, [rows[id] for id in (*added, *changed)])
    return BookChange(tuple(added), tuple(changed), tuple(same))


def agency_of(connection: Connection, city: str, ids: set[str]) -> dict[str, str]:
    """Return the agency of each collector.

    Raises
    ------
    NotFoundError
        Naming the collectors that the city does not have.
    """
    table = tables.collector.c
    query = select(table.id, table.agency).where(table.city == city, table.id.in_(ids))
    found = {row.id: row.agency for row in connection.execute(query)}
    if missing := sorted(ids - found.keys()):
        raise NotFoundError(
            f"there is no collector {', '.join(missing)} in {city}: import her first"
        )
    return found


def put_crews(tx: Transaction, city: str, on: date, crews: Sequence[Crew]) -> None:
    """Replace the crews of a day."""
    table = tables.crew
    where = (table.c.city == city, table.c.on == on)
    before = read(tx.connection, table, Crew, *where)
    after = sorted(crews, key=lambda crew: crew.id)
    if before == after:
        return
    tx.connection.execute(delete(table).where(*where))
    upsert(tx.connection, table, [to_row(crew, city=city, on=on) for crew in after])
    tx.note(
        "crews.formed",
        f"{city} {on}",
        city=city,
        before={crew.id: to_plain(crew.members) for crew in before} or None,
        after={crew.id: to_plain(crew.members) for crew in after},
    )


def list_collectors(connection: Connection, city: str) -> list[Collector]:
    return read(connection, tables.collector, Collector, tables.collector.c.city == city)


def recent_crews(
    connection: Connection, city: str, before: date
) -> list[tuple[date, tuple[str, ...]]]:
    """Return day and members of the crews of the month before, the newest first."""
    crew = tables.crew.c
    query = select(crew.on, crew.members).where(
        crew.city == city, crew.on < before, crew.on >= before - RECENT
    )
    return [(row.on, row.members) for row in connection.execute(query.order_by(crew.on.desc()))]
