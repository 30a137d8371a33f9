"""Where places are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select, update

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.rows import read, rows_of
from routing.geocoding import GeocodeResult, Precision
from scheduler.model import Place

case, place = tables.loan_case.c, tables.place.c


def is_open(city: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the open cases of a city."""
    return case.city == city, case.closed_at.is_(None)


def open_borrowers(city: str) -> Select[str]:
    """Return the query for the borrowers of a city with an open case."""
    return select(case.borrower_id).where(*is_open(city))


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
    """Keep where places are; a place whose address changed meanwhile is passed over."""
    rows: list[dict[str, Any]] = []
    looked_up: list[dict[str, Any]] = []
    ids = [told.id for told in found]
    current = {row["id"]: row for row in rows_of(tx.connection, tables.place, city, ids)}
    for told, result in found.items():
        row = current.get(told.id)
        if row is None or row["address"] != told.address:
            continue
        parts = {"matched": result.matched, "unmatched": result.unmatched}
        looked_up.append({"its_id": told.id, "looked_up": told.address, **parts})
        if result.point is None:
            continue
        new = {
            "point_lat": result.point.lat,
            "point_lon": result.point.lon,
            "precision": result.precision,
            "radius_m": result.radius_m,
            "confidence": result.confidence,
        }
        old = {name: row[name] for name in new}
        if old == new:
            continue
        rows.append({"its_id": told.id, **new})
        source = {"source": result.source, "matched": result.matched}
        tx.note(
            "place.located",
            told.id,
            city=city,
            agency=row["agency"],
            before=to_plain(old),
            after=to_plain(new | source),
        )
    its_row = update(tables.place).where(place.city == city, place.id == bindparam("its_id"))
    for changed in (looked_up, rows):
        if changed:
            tx.connection.execute(its_row, changed)
