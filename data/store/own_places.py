"""The lender's own gazetteer: rows of files, and pins of dispatchers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.rows import chunks, from_row, to_row
from routing.gazetteer.own_place import PIN, OwnPlace, pin_kind
from routing.point import Point
from scheduler.errors import DayroundError, NotFoundError
from scheduler.ports import BookChange, By, OwnRecord

table = tables.own_place
own = table.c


def in_force(city: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the rows of a city that count."""
    return own.city == city, own.removed_at.is_(None)


def list_own_places(
    connection: Connection, city: str, *where: ColumnElement[bool]
) -> list[OwnRecord]:
    """Return the rows in force that fit, the oldest first."""
    query = select(table).where(*in_force(city), *where).order_by(own.id)
    return [_record(row) for row in connection.execute(query).mappings()]


def revision(connection: Connection, city: str) -> str:
    """Return what is another as soon as the rows in force are others; '' where there are none.

    Instants stand in it because a book that was restored counts its ids once more.
    """
    count = func.count().filter(own.removed_at.is_(None))
    told = (count, func.max(own.id), func.max(own.made_at), func.max(own.removed_at))
    there, *rest = connection.execute(select(*told).where(own.city == city)).one()
    return " ".join(map(str, (there, *rest))) if there else ""


def put_own_places(
    tx: Transaction, city: str, places: Sequence[OwnPlace], source: str
) -> BookChange:
    """Let `places` be all that a file says: what it says no more, or otherwise, is removed."""
    known = list_own_places(tx.connection, city, own.source == source)
    told = {place.identity: replace(place, source=source) for place in places}
    stale = [record for record in known if told.get(record.place.identity) != record.place]
    stays = {record.place for record in known}.intersection(told.values())
    change = _change(known, told.values())
    _remove(tx, city, [record.id for record in stale])
    _insert(tx, city, [place for place in told.values() if place not in stays])
    if stale or change.new:
        counts = {name: len(getattr(change, name)) for name in ("new", "changed", "gone")}
        tx.note("gazetteer.imported", source, city=city, after=counts)
    return change


def compare_own_places(
    connection: Connection, city: str, places: Sequence[OwnPlace], source: str
) -> BookChange:
    """Return what `put_own_places` would change, changing nothing."""
    known = list_own_places(connection, city, own.source == source)
    return _change(known, [replace(place, source=source) for place in places])


def _change(known: Iterable[OwnRecord], told: Iterable[OwnPlace]) -> BookChange:
    """Return what differs between the rows of a source and what it says now: their titles."""
    before = {record.place.identity: record.place for record in known}
    after = {place.identity: place for place in told}
    both = [place for identity, place in after.items() if identity in before]
    return BookChange(
        new=_titles(place for identity, place in after.items() if identity not in before),
        changed=_titles(place for place in both if before[place.identity] != place),
        unchanged=_titles(place for place in both if before[place.identity] == place),
        gone=_titles(place for identity, place in before.items() if identity not in after),
    )


def put_pin(
    tx: Transaction, city: str, name: str, district: str, at: Point, radius_m: float
) -> OwnRecord:
    """Place a compound or lane by hand; an earlier pin of that name and district is removed.

    Raises
    ------
    DayroundError
        Where it has no name.
    """
    if not name.strip():
        raise DayroundError("a pin needs the name of the compound or lane that it places")
    kind = pin_kind(name.strip())
    place = OwnPlace(kind, name.strip(), at, radius_m, district=district.strip(), source=PIN)
    pins = list_own_places(tx.connection, city, own.source == PIN)
    before = [pin for pin in pins if pin.place.identity == place.identity]
    _remove(tx, city, [pin.id for pin in before])
    (id,) = _insert(tx, city, [place])
    was = to_plain(before[0].place) if before else None
    tx.note("gazetteer.pinned", place.title, city=city, before=was, after=to_plain(place))
    return OwnRecord(id, place, tx.by)


def remove_own_place(tx: Transaction, city: str, id: int) -> OwnRecord:
    """Take a pin or a row out, and return it.

    Raises
    ------
    NotFoundError
        Where the city has none of that number, or has it no more.
    """
    found = list_own_places(tx.connection, city, own.id == id)
    if not found:
        raise NotFoundError(f"the gazetteer of {city} has no place {id}: look at its list")
    _remove(tx, city, [id])
    place = found[0].place
    tx.note("gazetteer.removed", place.title, city=city, before=to_plain(place))
    return found[0]


def _insert(tx: Transaction, city: str, places: Sequence[OwnPlace]) -> list[int]:
    """Insert rows and return the ids of all of them."""
    if not places:
        return []
    by = {"city": city, "made_by": tx.by.actor, "made_at": tx.by.at}
    rows = [to_row(place, **by) for place in places]
    return list(tx.connection.scalars(insert(table).returning(own.id), rows))


def _remove(tx: Transaction, city: str, ids: Sequence[int]) -> None:
    by = {"removed_by": tx.by.actor, "removed_at": tx.by.at}
    for some in chunks(ids):
        tx.connection.execute(update(table).where(own.city == city, own.id.in_(some)).values(by))


def _titles(places: Iterable[OwnPlace]) -> tuple[str, ...]:
    return tuple(place.title for place in places)


def _record(row: Mapping[Any, Any]) -> OwnRecord:
    return OwnRecord(row["id"], from_row(OwnPlace, row), By(row["made_by"], row["made_at"]))
