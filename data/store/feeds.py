"""How old what lenders feed into the book is, without reading the whole of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, select, true

from data import tables
from data.store.contacts import knows_contacts
from data.store.places import is_open
from data.store.rows import Only, among
from scheduler.feeds import Feeds, stale_before
from scheduler.model import City

balance, case = tables.balance.c, tables.loan_case.c
OF_ITS_CASE = (case.city == balance.city) & (case.id == balance.case_id)


def told_at(connection: Connection, city: str, case_ids: Only = None) -> dict[str, datetime]:
    """Return when what is overdue was told last, by case."""
    of_them = among(balance.case_id, case_ids)
    query = select(balance.case_id, balance.at).where(balance.city == city, of_them)
    return {row.case_id: row.at for row in connection.execute(query)}


def feeds(
    connection: Connection, city: City, now: datetime, agencies: Collection[str] | None
) -> Feeds:
    """Return what is known of a city's contacts and balances; `agencies` None: of all of them."""
    old = (
        select(func.count(), func.min(balance.at))
        .select_from(tables.balance)
        .join(tables.loan_case, OF_ITS_CASE)
        .where(*is_open(city.name), balance.at < stale_before(city, now))
        .where(true() if agencies is None else case.agency.in_(agencies))
    )
    stale, oldest = connection.execute(old).one()
    return Feeds(knows_contacts(connection, city.name), stale, oldest)
