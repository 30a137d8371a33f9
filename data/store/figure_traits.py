"""What visits and cases are grouped by: bucket, product, agency, district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, or_, select

from data import tables
from data.store.desk import Agencies, of_agencies
from routing.gazetteer.district import district_named
from scheduler.figures import Traits
from scheduler.model import PlaceKind, StopFlag, bucket

case, place, borrower = tables.loan_case.c, tables.place.c, tables.borrower.c
NO_STOPS: frozenset[StopFlag] = frozenset()
NOWHERE = ("", "")

CaseRow = tuple[str, str, str, str, int, datetime | None, bool]
"""Id, borrower's id, agency, product, days past due, last visit told of, may she be visited."""


@dataclass(frozen=True)
class TraitsOf:
    """Traits by the ids of the book; a visit has those of the borrower's main case.

    The main case is the one longest overdue, among those of the agency whose place was visited.
    Buckets are those of now, or of when a case was closed.
    """

    cases: Mapping[str, Traits]
    main: Mapping[str, Traits]
    others: Mapping[tuple[str, str], Traits]
    """Of borrowers with several agencies: of the main case of each, by her id and the agency."""
    places: Mapping[str, tuple[str, str]]
    """Agency and district by the place's id."""
    known: dict[tuple[Any, ...], Traits] = field(default_factory=dict, compare=False)
    """Few differ among a hundred thousand visits: each is made once."""

    def of_case(self, id: str) -> Traits:
        return self.cases.get(id, NONE)

    def of_visit(self, borrower_id: str, place_id: str, crew: Iterable[str]) -> Traits:
        """Return the traits of a visit to a place by a crew."""
        agency, district = self.places.get(place_id, NOWHERE)
        its = self.main.get(borrower_id)
        if its is None:
            its = Traits(agency=agency)
        elif its.agency != agency:
            its = self.others.get((borrower_id, agency), its)
        where = district or its.district
        told = (its.bucket, where, its.product, its.agency, tuple(sorted(crew)))
        return shared(told, self.known)


NONE = Traits()


def shared(told: tuple[Any, ...], known: dict[tuple[Any, ...], Traits]) -> Traits:
    """Return the traits of these values, made when they are told for the first time."""
    found = known.get(told)
    if found is None:
        found = known[told] = Traits(*told)
    return found


def start_of(on: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(on, time(), zone)


def read_cases(
    connection: Connection, city: str, since: datetime, agencies: Agencies
) -> Sequence[CaseRow]:
    """Return the cases that were open at any time since `since`, the longest overdue last.

    Those may be visited that are open, without a stop, and of `agencies`.
    """
    hers = and_(borrower.city == case.city, borrower.id == case.borrower_id)
    is_free = and_(case.stops == NO_STOPS, borrower.stops == NO_STOPS)
    may_be_visited = and_(case.closed_at.is_(None), is_free, of_agencies(case.agency, agencies))
    query = (
        select(case.id, case.borrower_id, case.agency, case.product, case.days_past_due)
        .add_columns(case.visited_at, may_be_visited)
        .join(tables.borrower, hers)
        .where(case.city == city, or_(case.closed_at.is_(None), case.closed_at >= since))
        .order_by(case.days_past_due, case.overdue, case.id)
    )
    rows: Any = connection.execute(query).all()
    return cast(Sequence[CaseRow], rows)


def read_traits(connection: Connection, city: str, rows: Iterable[CaseRow]) -> TraitsOf:
    """Return the traits of cases, which are in the order of `read_cases`, and of visits."""
    homes, places = _places(connection, city)
    known: dict[tuple[Any, ...], Traits] = {}
    cases: dict[str, Traits] = {}
    main: dict[str, Traits] = {}
    others: dict[tuple[str, str], Traits] = {}
    for id, who, agency, product, days, *_ in rows:
        its = shared((bucket(days), homes.get(who, ""), product, agency), known)
        before = main.get(who, its)
        if before.agency != agency:
            others[who, before.agency] = before
        cases[id] = main[who] = its
    return TraitsOf(cases, main, others, places)


def _places(connection: Connection, city: str) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Return the district of each borrower's home, else of another place; agency and district."""
    is_home = place.kind == PlaceKind.HOME
    query = select(place.id, place.borrower_id, place.agency, is_home, place.address)
    homes: dict[str, str] = {}
    places: dict[str, tuple[str, str]] = {}
    rows = connection.execute(query.where(place.city == city)).all()
    for id, who, agency, is_hers, address in rows:
        district = district_named(address)
        places[id] = (agency, district)
        if district and (is_hers or who not in homes):
            homes[who] = district
    return homes, places
