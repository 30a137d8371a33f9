"""What people have decided about addresses: a decision holds for every place of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from data import tables
from data.store import places
from data.store.events import Transaction
from data.store.rows import Row, from_row, read, rows_of, to_row
from routing.gazetteer.private import address_key, split_private
from routing.geocoders.confirmed import SOURCE
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.errors import ConflictError, DecidedMeanwhileError, NotFoundError
from scheduler.model import Place
from scheduler.ports import AddressOverride

MOST_KEYS = 100_000
"""Of one process: some megabytes, and a whole book's texts are compared in milliseconds."""

override, place = tables.address_override.c, tables.place.c
key_of = lru_cache(MOST_KEYS)(address_key)
IN_FORCE = override.undone_at.is_(None)

IS_OF_FILE = and_(
    place.precision == Precision.CONFIRMED, place.looked_up.is_distinct_from(place.address)
)
"""The lender's file gave the coordinates: nobody ever had to look them up."""


def in_force(connection: Connection, city: str) -> dict[str, AddressOverride]:
    """Return the decisions in force, by the key of their address."""
    found = read(
        connection, tables.address_override, AddressOverride, override.city == city, IN_FORCE
    )
    return {one.address_key: one for one in found}


def put_override(
    tx: Transaction, city: str, address: str, point: Point, source: str, known: int | None
) -> AddressOverride:
    """Decide where an address is, and place every place of its text."""
    key = address_key(address)
    if not key:
        raise ConflictError("a place without an address cannot be decided about by its text")
    standing = _standing(tx.connection, city, key)
    if standing and standing.point == point:
        return standing
    if (standing.id if standing else None) != known:
        raise DecidedMeanwhileError(_told(standing, address), standing)
    if standing:
        _end(tx, standing)
    text = split_private(address).address
    made = _insert(tx, city, key, text, point, source, standing)
    told = {"source": source, **places.moved(standing.point if standing else None, point)}
    before = {"source": standing.source} if standing else None
    tx.note("address.decided", str(made.id), city=city, before=before, after=told)
    _place_all(tx, city, made)
    return made


def undo_override(tx: Transaction, city: str, id: int) -> AddressOverride:
    """Take a decision back; the one that it replaced stands again."""
    undone = _get(tx.connection, city, id)
    if not undone.is_in_force:
        _refuse_replaced(tx.connection, undone)
        return undone
    _end(tx, undone)
    rows = _rows_at(tx.connection, city, undone)
    before = {"source": undone.source}
    if undone.replaces is None:
        places.take_back(tx, city, rows)
        tx.note("address.undone", str(undone.id), city=city, before=before)
    else:
        again = _get(tx.connection, city, undone.replaces)
        _mark(tx, again.id, None, None)
        places.put_results(tx, city, [(row, _result(again)) for row in rows])
        after = {"source": again.source, **places.moved(undone.point, again.point)}
        tx.note("address.undone", str(undone.id), city=city, before=before, after=after)
    return _get(tx.connection, city, id)


def without_undone(
    connection: Connection, city: str, found: Mapping[Place, GeocodeResult]
) -> Mapping[Place, GeocodeResult]:
    """Leave out what was found by decisions that somebody has taken back since."""
    if all(result.source != SOURCE for result in found.values()):
        return found
    standing = in_force(connection, city)

    def holds(told: Place, result: GeocodeResult) -> bool:
        decided = standing.get(key_of(told.address))
        return result.source != SOURCE or (decided is not None and decided.point == result.point)

    return {told: result for told, result in found.items() if holds(told, result)}


def _standing(connection: Connection, city: str, key: str) -> AddressOverride | None:
    where = (override.city == city, override.address_key == key, IN_FORCE)
    found = read(connection, tables.address_override, AddressOverride, *where)
    return found[0] if found else None


def _get(connection: Connection, city: str, id: int) -> AddressOverride:
    where = (override.city == city, override.id == id)
    found = read(connection, tables.address_override, AddressOverride, *where)
    if not found:
        raise NotFoundError(f"{city} has no decision {id} about an address")
    return found[0]


def _refuse_replaced(connection: Connection, undone: AddressOverride) -> None:
    """Refuse to take back what another decision stands on."""
    query = select(tables.address_override).where(override.replaces == undone.id, IN_FORCE)
    row = connection.execute(query).mappings().one_or_none()
    if row is not None:
        newer = from_row(AddressOverride, row)
        raise DecidedMeanwhileError(_told(newer, undone.address), newer)


def _told(standing: AddressOverride | None, address: str) -> str:
    text = split_private(address).address
    if standing is None:
        return f"the decision about {text!r} was undone meanwhile: decide anew"
    return f"{standing.decided_by} has decided about {text!r} meanwhile: look, then decide anew"


def _insert(
    tx: Transaction,
    city: str,
    key: str,
    text: str,
    point: Point,
    source: str,
    standing: AddressOverride | None,
) -> AddressOverride:
    new = AddressOverride(
        0, key, text, point, source, tx.by.actor, tx.by.at,
        replaces=standing.id if standing else None,
    )  # fmt: skip
    row = to_row(new, city=city)
    del row["id"]  # the database counts
    made = insert(tables.address_override).values(row).returning(tables.address_override)
    return from_row(AddressOverride, tx.connection.execute(made).mappings().one())


def _end(tx: Transaction, ended: AddressOverride) -> None:
    _mark(tx, ended.id, tx.by.actor, tx.by.at)


def _mark(tx: Transaction, id: int, by: str | None, at: Any) -> None:
    its_row = update(tables.address_override).where(override.id == id)
    tx.connection.execute(its_row.values(undone_by=by, undone_at=at))


def _place_all(tx: Transaction, city: str, made: AddressOverride) -> None:
    rows = _rows_of_text(tx.connection, city, made.address_key)
    places.put_results(tx, city, [(row, _result(made)) for row in rows])


def _rows_of_text(connection: Connection, city: str, key: str) -> Sequence[Row]:
    """Return the places of a text; not those whose coordinates came with the file."""
    query = select(place.id, place.address).where(place.city == city, ~IS_OF_FILE)
    ids = [row.id for row in connection.execute(query) if key_of(row.address) == key]
    return rows_of(connection, tables.place, city, ids)


def _rows_at(connection: Connection, city: str, decided: AddressOverride) -> Sequence[Row]:
    """Return the places that stand where they were decided to be."""
    here = (decided.point.lat, decided.point.lon)
    rows = _rows_of_text(connection, city, decided.address_key)
    return [row for row in rows if (row["point_lat"], row["point_lon"]) == here]


def _result(decided: AddressOverride) -> GeocodeResult:
    return GeocodeResult(
        decided.point, Precision.CONFIRMED, 0.0, decided.source, matched=decided.address
    )
