"""The snapshot of a city that a day is planned by."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Table, select

from data import tables
from data.store.asked_by_id import unindexed
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
from data.store.rows import Only, among, from_row, read
from data.store.stand_ins import by_case
from scheduler.day import Day
from scheduler.model import Borrower, Case, Crew, Place, Shift
from scheduler.told_paid import without_lapsed

borrower, place, case = tables.borrower.c, tables.place.c, tables.loan_case.c
shift, crew = tables.shift.c, tables.crew.c
T = TypeVar("T")


def open_day(connection: Connection, city: str, on: date, only: Only = None) -> Day:
    """Return what is known of a day: open cases, who works, and the visits of other days.

    It is that of all borrowers, or of `only` those.
    """
    settings = get_city(connection, city)
    zone = ZoneInfo(settings.zone)
    whose = open_borrowers(city, only)
    is_owing = (borrower.city == city, borrower.id.in_(whose))
    is_theirs = (place.city == city, place.closed_at.is_(None), place.borrower_id.in_(whose))
    told = dossiers(connection, city, on, only)
    is_asked = (*is_open(city), among(case.borrower_id, only))
    listed = _read(connection, tables.loan_case, Case, only, *is_asked)
    words = [word for dossier in told.values() for word in dossier.told_paid]
    cases = with_promises(without_lapsed(listed, words, on), told, zone)
    asked = None if only is None else [one.id for one in cases]
    return Day(
        city=settings,
        on=on,
        zone=zone,
        borrowers=read(connection, tables.borrower, Borrower, *is_owing),
        cases=cases,
        places=_read(connection, tables.place, Place, only, *is_theirs),
        collectors=list_collectors(connection, city),
        shifts=read(connection, tables.shift, Shift, shift.city == city, shift.on == on),
        crews=read(connection, tables.crew, Crew, crew.city == city, crew.on == on),
        pairs=pairs_on(connection, city, on),
        past=past_visits(connection, city, on, zone, cases, only),
        dossiers=told,
        knows_contacts=knows_contacts(connection, city),
        policy=in_force(connection, city, on),
        told_at=told_at(connection, city, asked),
        stand_ins=by_case(connection, city, on),
    )


def _read(
    connection: Connection, table: Table, kind: type[T], only: Only, *where: ColumnElement[bool]
) -> list[T]:
    """Return what `read` does, by the index of the borrowers where `only` some are asked for."""
    key = (unindexed(column, only) for column in table.primary_key)
    rows = connection.execute(select(table).where(*where).order_by(*key)).mappings()
    return [from_row(kind, row) for row in rows]
