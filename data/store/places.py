"""Where places are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select, update

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.rows import Only, Row, among, from_row, read, rows_of
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point, distance_m
from scheduler.errors import NotFoundError
from scheduler.model import Place

case, place = tables.loan_case.c, tables.place.c

AXES = ("point_lat", "point_lon")

NOWHERE: Row = {
    "point_lat": None,
    "point_lon": None,
    "precision": Precision.NONE,
    "radius_m": 0.0,
    "confidence": 1.0,
}
"""The position of a place that waits to be looked up."""

NOT_LOOKED_UP: Row = {"looked_up": None, "matched": None, "unmatched": None}
"""What a place tells of a look-up that never was, or holds no more."""


def is_open(city: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the open cases of a city."""
    return case.city == city, case.closed_at.is_(None)


def open_borrowers(city: str, only: Only = None) -> Select[str]:
    """Return the query for the borrowers of a city with an open case."""
    return select(case.borrower_id).where(*is_open(city), among(case.borrower_id, only))


def list_unplaced(connection: Connection, city: str) -> list[Place]:
    """Return the valid places of open cases that have no position yet."""
    needs_one = (place.is_valid, place.closed_at.is_(None), place.point_lat.is_(None))
    is_theirs = place.borrower_id.in_(open_borrowers(city))
    return read(connection, tables.place, Place, place.city == city, *needs_one, is_theirs)


def list_unconfirmed(connection: Connection, city: str) -> list[Place]:
    """Return the valid places of open cases that no person, nor a file, has placed."""
    is_asked = (place.is_valid, place.closed_at.is_(None), place.precision != Precision.CONFIRMED)
    is_theirs = place.borrower_id.in_(open_borrowers(city))
    return read(connection, tables.place, Place, place.city == city, *is_asked, is_theirs)


def put_positions(tx: Transaction, city: str, found: Mapping[Place, GeocodeResult]) -> None:
    """Keep where places are; those that changed or were placed meanwhile are passed over."""
    current = rows_of(tx.connection, tables.place, city, [told.id for told in found])
    rows = {row["id"]: row for row in current}
    put_results(
        tx,
        city,
        [
            (rows[told.id], result)
            for told, result in found.items()
            if told.id in rows and _is_as_told(rows[told.id], told)
        ],
    )


def _is_as_told(row: Row, told: Place) -> bool:
    """Whether a place still has the address and the position that it was looked up with."""
    now = from_row(Place, row)
    return (now.address, now.point) == (told.address, told.point)


def put_results(tx: Transaction, city: str, found: Iterable[tuple[Row, GeocodeResult]]) -> None:
    """Keep what was found of places, told by their rows; one that nothing was found of has no more.

    Each that moves has an event.
    """
    looked_up: list[Row] = []
    moved: list[Row] = []
    for row, result in found:
        parts = {"matched": result.matched, "unmatched": result.unmatched}
        looked_up.append({"its_id": row["id"], "looked_up": row["address"], **parts})
        new = _position(result)
        if any(row[name] != new[name] for name in new):
            moved.append({"its_id": row["id"], **new})
            note_move(tx, city, row, new, source=result.source)
    write_places(tx, city, looked_up)
    write_places(tx, city, moved)


def _position(result: GeocodeResult) -> Row:
    if result.point is None:
        return NOWHERE
    return {
        "point_lat": result.point.lat,
        "point_lon": result.point.lon,
        "precision": result.precision,
        "radius_m": result.radius_m,
        "confidence": result.confidence,
    }


def take_back(tx: Transaction, city: str, rows: Iterable[Row]) -> None:
    """Take the position of places: they wait to be looked up, as if they never had been."""
    taken: list[Row] = []
    for row in rows:
        taken.append({"its_id": row["id"], **NOWHERE, **NOT_LOOKED_UP})
        note_move(tx, city, row, NOWHERE)
    write_places(tx, city, taken)


def put_validity(tx: Transaction, city: str, id: str, *, is_valid: bool, reason: str) -> None:
    """Say whether a place's address is hers; NotFoundError where there is no such place."""
    rows = rows_of(tx.connection, tables.place, city, [id])
    if not rows:
        raise NotFoundError(f"{city} has no place {id!r}")
    if rows[0]["is_valid"] != is_valid:
        write_places(tx, city, [{"its_id": id, "is_valid": is_valid}])
        kind = "place.valid" if is_valid else "place.invalid"
        after = {"reason": reason} if reason else None
        tx.note(kind, id, city=city, agency=rows[0]["agency"], after=after)


def note_move(tx: Transaction, city: str, row: Row, new: Row, **more: str) -> None:
    """Add the event of a place that was moved, and how far, or has lost its position."""
    kind = "place.located" if new["point_lat"] is not None else "place.unplaced"
    names = [name for name in new if name not in AXES]
    before = {name: to_plain(row[name]) for name in names}
    after = {name: to_plain(new[name]) for name in names} | more | moved(_at(row), _at(new))
    tx.note(kind, row["id"], city=city, agency=row["agency"], before=before, after=after)


def moved(was: Point | None, becomes: Point | None) -> dict[str, int]:
    """Return how far something was moved; nothing where it stood or stands nowhere."""
    if was is None or becomes is None:
        return {}
    return {"moved_m": round(distance_m(was, becomes))}


def _at(row: Row) -> Point | None:
    lat, lon = (row[axis] for axis in AXES)
    return None if lat is None else Point(lat, lon)


def write_places(tx: Transaction, city: str, changed: list[Row]) -> None:
    """Write columns of places, each told by `its_id`."""
    its_row = update(tables.place).where(place.city == city, place.id == bindparam("its_id"))
    if changed:
        tx.connection.execute(its_row, changed)
