"""What visits and cases are grouped by: bucket, product, agency, district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, or_, select

from data import tables
from routing.gazetteer.district import district_named
from scheduler.figures import Traits
from scheduler.model import PlaceKind, bucket

case, place = tables.loan_case.c, tables.place.c
VisitKey = tuple[str, str, tuple[str, ...]]
Standing = tuple[int, Decimal, str]
"""How long and how much a case is overdue, and its id: the greatest is a borrower's main one."""


@dataclass(frozen=True)
class TraitsOf:
    """Traits by the ids of the book; a visit has those of the borrower's main case.

    The main case is the one longest overdue, among those of the agency whose place was visited.
    Buckets are those of now, or of when a case was closed.
    """

    cases: Mapping[str, Traits]
    main: Mapping[tuple[str, str], str]
    places: Mapping[str, tuple[str, str]]  # agency and district by the place's id
    borrower_of: Mapping[str, str]
    # A borrower is visited again and again by the same crew: hers are made once.
    known: dict[VisitKey, Traits] = field(default_factory=dict, compare=False)

    def of_case(self, id: str) -> Traits:
        return self.cases.get(id, NONE)

    def of_visit(self, borrower_id: str, place_id: str, crew: Iterable[str]) -> Traits:
        """Return the traits of a visit to a place by a crew."""
        key = (borrower_id, place_id, tuple(sorted(crew)))
        if key not in self.known:
            agency, district = self.places.get(place_id, ("", ""))
            main = self.main.get((borrower_id, agency)) or self.main.get((borrower_id, ANY))
            its = self.cases[main] if main else Traits(agency=agency)
            where = district or its.district
            self.known[key] = Traits(its.bucket, where, its.product, its.agency, key[2])
        return self.known[key]


NONE = Traits()
ANY = "\0"
"""No agency is called so."""


def start_of(on: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(on, time(), zone)


def read_traits(connection: Connection, city: str, since: datetime) -> TraitsOf:
    """Return the traits of the cases that were open at any time since `since`."""
    homes, places = _places(connection, city)
    cases: dict[str, Traits] = {}
    main: dict[tuple[str, str], Standing] = {}
    borrower_of: dict[str, str] = {}
    query = select(
        *(case.id, case.borrower_id, case.agency, case.product),
        *(case.overdue, case.days_past_due),
    ).where(case.city == city, or_(case.closed_at.is_(None), case.closed_at >= since))
    for id, who, agency, product, overdue, days in connection.execute(query):
        cases[id] = Traits(bucket(days), homes.get(who, ""), product, agency)
        borrower_of[id] = who
        for whose in (agency, ANY):
            standing = (days, overdue, id)
            main[who, whose] = max(main.get((who, whose), standing), standing)
    return TraitsOf(cases, {key: id for key, (*_, id) in main.items()}, places, borrower_of)


def _places(connection: Connection, city: str) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Return the district of each borrower's home, else of another place; agency and district."""
    query = select(place.id, place.borrower_id, place.agency, place.kind, place.address)
    homes: dict[str, str] = {}
    places: dict[str, tuple[str, str]] = {}
    for id, who, agency, kind, address in connection.execute(query.where(place.city == city)):
        district = district_named(address)
        places[id] = (agency, district)
        if district and (kind is PlaceKind.HOME or who not in homes):
            homes[who] = district
    return homes, places
