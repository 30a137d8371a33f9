"""The snapshot of a city that a day is planned by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, true

from data import tables
from data.store.cities import get_city
from data.store.contacts import knows_contacts
from data.store.dossiers import dossiers
from data.store.feeds import told_at
from data.store.pairs import pairs_on
from data.store.past import past_visits
from data.store.people import list_collectors
from data.store.places import is_open, open_borrowers
from data.store.policies import in_force
from data.store.promises import with_promises
from data.store.rows import read
from scheduler.day import Day
from scheduler.dossier import Dossier
from scheduler.model import Borrower, Case, City, Crew, PastVisit, Place, Shift
from scheduler.told_paid import without_lapsed

borrower, place, case = tables.borrower.c, tables.place.c, tables.loan_case.c
shift, crew = tables.shift.c, tables.crew.c

FEW = 12
"""So many borrowers are asked of the book one by one; for more it is read once for all."""


def open_day(
    connection: Connection, city: str, on: date, only: Collection[str] | None = None
) -> Day:
    """Return what is known of a day: open cases, who works, and the visits of other days.

    It is that of all borrowers, or of `only` those.
    """
    settings = get_city(connection, city)
    whose = open_borrowers(city)
    is_owing = (borrower.city == city, borrower.id.in_(whose), _among(borrower.id, only))
    is_theirs = (place.city == city, place.closed_at.is_(None), place.borrower_id.in_(whose))
    told = _dossiers(connection, city, on, only)
    is_asked = _among(case.borrower_id, only)
    listed = read(connection, tables.loan_case, Case, *is_open(city), is_asked)
    words = [word for dossier in told.values() for word in dossier.told_paid]
    cases = with_promises(without_lapsed(listed, words, on), told, ZoneInfo(settings.zone))
    asked = _among(place.borrower_id, only)
    return Day(
        city=settings,
        on=on,
        zone=ZoneInfo(settings.zone),
        borrowers=read(connection, tables.borrower, Borrower, *is_owing),
        cases=cases,
        places=read(connection, tables.place, Place, *is_theirs, asked),
        collectors=list_collectors(connection, city),
        shifts=read(connection, tables.shift, Shift, shift.city == city, shift.on == on),
        crews=read(connection, tables.crew, Crew, crew.city == city, crew.on == on),
        pairs=pairs_on(connection, city, on),
        past=_past(connection, settings, on, cases, only),
        dossiers=told,
        knows_contacts=knows_contacts(connection, city),
        policy=in_force(connection, city, on),
        told_at=told_at(connection, city),
    )


def _among(column: ColumnElement[str], only: Collection[str] | None) -> ColumnElement[bool]:
    return true() if only is None else column.in_(sorted(only))


def _past(
    connection: Connection,
    city: City,
    on: date,
    cases: Sequence[Case],
    only: Collection[str] | None,
) -> list[PastVisit]:
    zone = ZoneInfo(city.zone)
    if only is None or len(only) > FEW:
        found = past_visits(connection, city.name, on, zone, cases)
        return [visit for visit in found if only is None or visit.borrower_id in only]
    return [
        visit
        for who in sorted(only)
        for visit in past_visits(
            connection, city.name, on, zone, [c for c in cases if c.borrower_id == who], who
        )
    ]


def _dossiers(
    connection: Connection, city: str, on: date, only: Collection[str] | None
) -> dict[str, Dossier]:
    if only is None or len(only) > FEW:
        found = dossiers(connection, city, on)
        return {who: told for who, told in found.items() if only is None or who in only}
    told: dict[str, Dossier] = {}
    for who in sorted(only):
        told |= dossiers(connection, city, on, who)
    return told
