"""What people decide about doors that check-ins propose, and what holds of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from data import tables
from data.store import overrides, places
from data.store.events import Transaction
from data.store.rows import Row, rows_of, upsert
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.doors import Proposal
from scheduler.errors import NotFoundError
from scheduler.model import Place
from scheduler.ports import CaseRecord

CHECK_INS = "check-ins"
"""The source of a decision that accepts what check-ins propose."""


def accept_door(tx: Transaction, city: str, door: Proposal, known: int | None) -> None:
    """Move a place to its learned door, and every other place of its text."""
    text = str(_row(tx, city, door.place_id)["address"])
    made = overrides.put_override(tx, city, text, door.point, CHECK_INS, known)
    learned = GeocodeResult(
        made.point, Precision.CONFIRMED, door.radius_m, CHECK_INS, matched=made.address
    )
    # By its id: a place that the lender's file gave coordinates is moved by no text.
    places.put_results(tx, city, [(_row(tx, city, door.place_id), learned)])


def dismiss_door(tx: Transaction, city: str, place_id: str, seen_until: datetime) -> None:
    """Turn down what check-ins up to then propose."""
    agency = str(_row(tx, city, place_id)["agency"])
    by = {"decided_by": tx.by.actor, "decided_at": tx.by.at}
    told = {"city": city, "place_id": place_id, "seen_until": seen_until, **by}
    upsert(tx.connection, tables.door_dismissal, [told])
    tx.note("door.dismissed", place_id, city=city, agency=agency)


def keep_learned(
    connection: Connection, city: str, records: Sequence[CaseRecord]
) -> Sequence[CaseRecord]:
    """Take a file's coordinates from the places that check-ins have moved away from them.

    A file that tells the same again knows less than those who stood there.
    """
    decided = overrides.in_force(connection, city)
    learned = {key: one.point for key, one in decided.items() if one.source == CHECK_INS}
    if not learned:
        return records
    told = sorted({place.id for record in records for place in record.places if place.point})
    rows = rows_of(connection, tables.place, city, told)
    moved = {
        row["id"]: row["address"]
        for row in rows
        if row["point_lat"] is not None
        and learned.get(overrides.key_of(row["address"])) == _point(row)
    }

    def kept(place: Place) -> Place:
        return replace(place, point=None) if moved.get(place.id) == place.address else place

    return [replace(one, places=tuple(map(kept, one.places))) for one in records]


def _row(tx: Transaction, city: str, place_id: str) -> Row:
    rows = rows_of(tx.connection, tables.place, city, [place_id])
    if not rows:
        raise NotFoundError(f"{city} has no place {place_id!r}")
    return rows[0]


def _point(row: Row) -> Point:
    return Point(row["point_lat"], row["point_lon"])
