"""The agencies of a city: the whitelist, their quota, and the cases that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, Integer, cast, func, select, update
from sqlalchemy import case as when

from data import database, tables
from data.store.cities import know_agencies
from data.store.events import Transaction
from data.store.places import is_open
from data.store.rows import changes, from_row, rows_of, to_row
from data.store.sight import Agencies, is_entrusted
from scheduler.agencies import RETURNS_SOON, Agency, AgencyLoad
from scheduler.errors import ConflictError, NotFoundError

agency, case = tables.agency.c, tables.loan_case.c


@dataclass(frozen=True, slots=True)
class Entrusting:
    """Cases that go to an agency, or back: the first and last day on which it may work them."""

    case_ids: tuple[str, ...]
    agency: str
    first: date | None
    last: date | None


class AgencyLists:
    """Reads the agencies of a book."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def loads(self, city: str, today: date, agencies: Agencies = None) -> list[AgencyLoad]:
        """Return the agencies by name, with how many open cases they hold."""
        with database.reading(self.engine) as connection:
            counts = _counts(connection, city, today)
            found = list_agencies(connection, city)
        return [
            AgencyLoad(one, *counts.get(one.name, (0, 0, 0, 0)))
            for one in found
            if one.name and (agencies is None or one.name in agencies)
        ]


def list_agencies(connection: Connection, city: str) -> list[Agency]:
    """Return the agencies of a city by name; '' is the lender's own staff."""
    query = select(tables.agency).where(agency.city == city).order_by(agency.name)
    return [from_row(Agency, row) for row in connection.execute(query).mappings()]


def put_agency(tx: Transaction, city: str, told: Agency) -> None:
    """Keep what is told of an agency that the city knows.

    Raises
    ------
    NotFoundError
        Where no case and no collector is of an agency of that name.
    """
    before = next((a for a in list_agencies(tx.connection, city) if a.name == told.name), None)
    if before is None or not told.name:
        raise NotFoundError(f"{city} has no agency {told.name!r}: a case file names it first")
    was, becomes = changes(before, told)
    if was or becomes:
        whose = (agency.city == city, agency.name == told.name)
        tx.connection.execute(update(tables.agency).where(*whose).values(to_row(told)))
        tx.note("agency.changed", told.name, city=city, agency=told.name, before=was, after=becomes)


def entrust(tx: Transaction, city: str, told: Entrusting) -> int:
    """Give open cases to an agency from a day to a day, or take them back ('': the lender).

    Their places go with them. Returns how many changed.

    Raises
    ------
    NotFoundError
        Where there is no such agency, or one of the cases is not open.
    ConflictError
        Where the last day lies before the first.
    """
    _refuse(tx.connection, city, told)
    know_agencies(tx, city, [told.agency])
    found = rows_of(tx.connection, tables.loan_case, city, told.case_ids)
    becomes = {"agency": told.agency, "entrusted_on": told.first, "returns_on": told.last}
    changed = [row for row in found if any(row[name] != one for name, one in becomes.items())]
    for row in changed:
        its = (case.city == city, case.id == row["id"])
        tx.connection.execute(update(tables.loan_case).where(*its).values(becomes))
        place = tables.place.c
        hers = (place.city == city, place.borrower_id == row["borrower_id"])
        tx.connection.execute(update(tables.place).where(*hers).values(agency=told.agency))
        kind = "case.entrusted" if told.agency else "case.returned"
        before = _plain({name: row[name] for name in becomes})
        tx.note(
            kind, row["id"], city=city, agency=told.agency, before=before, after=_plain(becomes)
        )
    return len(changed)


def _refuse(connection: Connection, city: str, told: Entrusting) -> None:
    if told.first and told.last and told.last < told.first:
        raise ConflictError(f"{told.last} lies before {told.first}: write a later last day")
    known = {one.name for one in list_agencies(connection, city)}
    if told.agency and told.agency not in known:
        raise NotFoundError(f"{city} has no agency {told.agency!r}: a case file names it first")
    rows = rows_of(connection, tables.loan_case, city, told.case_ids)
    missing = sorted(set(told.case_ids) - {r["id"] for r in rows if r["closed_at"] is None})
    if missing:
        raise NotFoundError(f"{city} has no open case {', '.join(missing)}")


def _plain(told: Mapping[str, object]) -> dict[str, object]:
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in told.items()}


def _counts(connection: Connection, city: str, today: date) -> dict[str, tuple[int, int, int, int]]:
    """Return of each agency its open cases: now, ahead, ended, and ending soon."""
    of_now = is_entrusted(case, today)
    soon = of_now & (case.returns_on <= today + RETURNS_SOON)
    parts = (of_now, case.entrusted_on > today, case.returns_on < today, soon)
    sums = (func.coalesce(func.sum(cast(when((one, 1), else_=0), Integer)), 0) for one in parts)
    query = select(case.agency, *sums).where(*is_open(city)).group_by(case.agency)
    return {name: (a, b, c, d) for name, a, b, c, d in connection.execute(query)}
