"""Cities and their settings, and the agencies that work there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from data import tables
from data.store.events import Transaction
from data.store.kept_back import KEPT_BACK
from data.store.rows import changes, from_row, read, to_row, upsert
from scheduler.errors import NotFoundError
from scheduler.model import City

# Made once: to make it takes longer than to answer it, and every request asks.
_CITY = select(tables.city).where(tables.city.c.name == bindparam("name"))
_LOCKED = _CITY.with_for_update()


def list_cities(connection: Connection) -> list[City]:
    """Return all cities by name."""
    return read(connection, tables.city, City)


def get_city(connection: Connection, name: str, *, lock: bool = False) -> City:
    """Return a city; with `lock`, other writers of it wait until this transaction ends.

    Raises
    ------
    NotFoundError
        Where there is none of that name; it names those that there are.
    """
    query = _LOCKED if lock else _CITY
    row = connection.execute(query, {"name": name}).mappings().one_or_none()
    if row is None:
        names = ", ".join(city.name for city in list_cities(connection)) or "none yet"
        raise NotFoundError(f"there is no city {name!r}; there are: {names}")
    return from_row(City, row)


def locked_city(tx: Transaction, name: str) -> City:
    """Return a city, whose other writers wait until this transaction ends.

    It is read once: nobody else can change it from then on.
    """
    if name not in tx.cities:
        tx.cities[name] = get_city(tx.connection, name, lock=True)
    return tx.cities[name]


def put_city(tx: Transaction, city: City) -> None:
    """Add a city, or change its settings."""
    tx.cities.pop(city.name, None)
    found = (known for known in list_cities(tx.connection) if known.name == city.name)
    old = next(found, None)
    before, after = changes(old, city)
    if after:
        upsert(tx.connection, tables.city, [to_row(city)])
        kind = "city.changed" if old else "city.added"
        was, becomes = without_phone(before) or None, without_phone(after)
        tx.note(kind, city.name, city=city.name, before=was, after=becomes)


def without_phone(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an event tells of a city: that the desk has another number, and not which."""
    has_one = told.get("desk_phone")
    return {**told, "desk_phone": KEPT_BACK} if has_one else dict(told)


def know_agencies(tx: Transaction, city: str, names: Iterable[str]) -> None:
    """Add the agencies that the city does not know yet; '' is the lender's own staff."""
    query = select(tables.agency.c.name).where(tables.agency.c.city == city)
    new = sorted(set(names) - set(tx.connection.scalars(query)))
    upsert(tx.connection, tables.agency, [{"city": city, "name": name} for name in new])
    for name in new:
        tx.note("agency.added", name, city=city, agency=name)


def local_day(tx: Transaction, city: str, at: datetime) -> date:
    """Return the day of an instant in a city that a transaction writes of."""
    return at.astimezone(ZoneInfo(locked_city(tx, city).zone)).date()
