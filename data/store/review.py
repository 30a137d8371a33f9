"""Addresses that wait for a person: whose they are, and what hangs on them.

`agencies` of each question are those whose work may be seen; None is all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from data import database, tables
from data.store.desk import IS_TO_CHECK, IS_USED, Agencies, of_agencies
from data.store.places import open_borrowers
from data.store.rows import Row, chunks, from_row, rows_of
from routing.geocoding import Precision
from routing.point import Point
from scheduler.model import Borrower, Case, Place

case, place = tables.loan_case.c, tables.place.c


@dataclass(frozen=True, slots=True)
class PlaceToCheck:
    """A place, whose it is, her open cases, and what looking it up understood of its address."""

    place: Place
    borrower: Borrower
    case_ids: tuple[str, ...]
    overdue: Decimal
    matched: str
    unmatched: str


class Review:
    """Reads a book for those who check addresses."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def waiting(self, city: str, agencies: Agencies) -> list[PlaceToCheck]:
        """Return the places that were not found closely or surely enough to send somebody."""
        where = (IS_TO_CHECK, place.borrower_id.in_(open_borrowers(city)))
        with database.reading(self.engine) as connection:
            return _places(connection, city, agencies, *where)

    def place(self, city: str, id: str, agencies: Agencies) -> PlaceToCheck | None:
        """Return a place in use, None where there is none of that id to be seen."""
        with database.reading(self.engine) as connection:
            found = _places(connection, city, agencies, IS_USED, place.id == id)
        return found[0] if found else None

    def extent(self, city: str) -> tuple[Point, Point] | None:
        """Return the corners that hold what is placed in a city, None where nothing is."""
        lat, lon = place.point_lat, place.point_lon
        corners = select(func.min(lat), func.min(lon), func.max(lat), func.max(lon))
        is_close = place.precision.in_([each for each in Precision if each.is_plannable])
        with database.reading(self.engine) as connection:
            row = connection.execute(corners.where(place.city == city, is_close)).one()
        return None if row[0] is None else (Point(row[0], row[1]), Point(row[2], row[3]))


def _places(
    connection: Connection, city: str, agencies: Agencies, *where: ColumnElement[bool]
) -> list[PlaceToCheck]:
    hers = (place.city == city, of_agencies(place.agency, agencies))
    query = select(tables.place).where(*hers, *where).order_by(place.id)
    rows = connection.execute(query).mappings().all()
    ids = sorted({row["borrower_id"] for row in rows})
    who = {row["id"]: row for row in rows_of(connection, tables.borrower, city, ids)}
    cases = _open_cases(connection, city, ids, agencies)
    return [_to_check(row, who[row["borrower_id"]], cases[row["borrower_id"]]) for row in rows]


def _open_cases(
    connection: Connection, city: str, borrower_ids: Sequence[str], agencies: Agencies
) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    is_open = (case.city == city, case.closed_at.is_(None), of_agencies(case.agency, agencies))
    query = select(tables.loan_case).where(*is_open).order_by(case.id)
    for some in chunks(borrower_ids):
        for row in connection.execute(query.where(case.borrower_id.in_(some))).mappings():
            found[row["borrower_id"]].append(from_row(Case, row))
    return found


def _to_check(row: Row, borrower: Row, cases: Sequence[Case]) -> PlaceToCheck:
    return PlaceToCheck(
        place=from_row(Place, row),
        borrower=from_row(Borrower, borrower),
        case_ids=tuple(one.id for one in cases),
        overdue=sum((one.overdue for one in cases), Decimal(0)),
        matched=row["matched"] or "",
        unmatched=row["unmatched"] or "",
    )
