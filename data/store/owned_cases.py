"""Open cases with their owners, and who of another agency may own none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from data import tables
from data.store.people import agency_of
from data.store.rows import chunks
from scheduler.errors import ConflictError, NotFoundError

case = tables.loan_case.c


@dataclass(frozen=True, slots=True)
class OwnedCase:
    """An open case, and who owns it; None is nobody."""

    id: str
    borrower_id: str
    agency: str
    owner: str | None


def open_cases(connection: Connection, city: str, ids: Iterable[str]) -> dict[str, OwnedCase]:
    """Return open cases by their ids; NotFoundError names those that the city does not have."""
    wanted = sorted(set(ids))
    found = _open(connection, city, wanted)
    if missing := [id for id in wanted if id not in found]:
        raise NotFoundError(f"{city} has no open case {', '.join(missing)}")
    return found


def open_owners(connection: Connection, city: str, ids: Iterable[str]) -> Mapping[str, str | None]:
    """Return whose those of some cases are that are open."""
    return {id: one.owner for id, one in _open(connection, city, sorted(set(ids))).items()}


def _open(connection: Connection, city: str, wanted: Sequence[str]) -> dict[str, OwnedCase]:
    query = select(case.id, case.borrower_id, case.agency, case.owner)
    query = query.where(case.city == city, case.closed_at.is_(None))
    return {
        row.id: OwnedCase(row.id, row.borrower_id, row.agency, row.owner)
        for some in chunks(wanted)
        for row in connection.execute(query.where(case.id.in_(some)))
    }


def refuse_other_agencies(
    connection: Connection, city: str, cases: Mapping[str, OwnedCase], to: Mapping[str, str]
) -> None:
    """Raise ConflictError that names all cases that are to go to somebody of another agency.

    NotFoundError where there is no such collector.
    """
    agencies = agency_of(connection, city, set(to.values()))
    wrong = [
        f"collector {to[id]} works for another agency than case {id}"
        for id, one in sorted(cases.items())
        if agencies[to[id]] != one.agency
    ]
    if wrong:
        raise ConflictError("; ".join(wrong))
