"""Overrides as pages list them, for those who may see `agencies`; None is all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Engine, select, true

from data import database, tables
from data.store.desk import Agencies, of_agencies
from data.store.places import is_open
from data.store.rule_overrides import list_overrides
from scheduler.overriding import AskedOverride

override, case = tables.rule_override.c, tables.loan_case.c


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case that somebody may see, whose it is, and whether it is open."""

    id: str
    borrower_id: str
    is_open: bool


class OverrideLists:
    """Reads a city's overrides."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def since(self, city: str, first: date, agencies: Agencies) -> list[AskedOverride]:
        """Return the overrides for the days from `first` on, the newest first."""
        with database.reading(self.engine) as connection:
            hers = _hers(city, agencies)
            return list_overrides(connection, city, override.on >= first, hers)

    def is_seen(self, city: str, borrower_id: str, agencies: Agencies) -> bool:
        """Whether somebody who sees these agencies sees a case of the borrower."""
        whose = (case.city == city, case.borrower_id == borrower_id)
        query = select(case.id).where(*whose, of_agencies(case.agency, agencies)).limit(1)
        with database.reading(self.engine) as connection:
            return connection.scalar(query) is not None

    def agencies_of(self, city: str, borrower_id: str) -> frozenset[str]:
        """Return whose a borrower's open cases are: all of them are visited at once."""
        query = select(case.agency).where(*is_open(city), case.borrower_id == borrower_id)
        with database.reading(self.engine) as connection:
            return frozenset(connection.scalars(query))

    def borrower_of(self, city: str, case_id: str, agencies: Agencies) -> str | None:
        """Return whose an open case is, None where nobody may see one of that number."""
        whose = (*is_open(city), case.id == case_id, of_agencies(case.agency, agencies))
        with database.reading(self.engine) as connection:
            found: str | None = connection.scalar(select(case.borrower_id).where(*whose))
        return found

    def seen_cases(self, city: str, id: str, agencies: Agencies) -> list[SeenCase]:
        """Return the case of a number, or all of a borrower, closed ones too; the open ones first.

        Those that nobody who sees these agencies may see are not among them.
        """
        seen = (case.city == city, of_agencies(case.agency, agencies))
        query = select(case.id, case.borrower_id, case.closed_at.is_(None)).where(*seen)
        ordered = query.order_by(case.closed_at.is_not(None), case.id)
        with database.reading(self.engine) as connection:
            for its in (case.id == id, case.borrower_id == id):
                if rows := connection.execute(ordered.where(its)).all():
                    return [SeenCase(*row) for row in rows]
        return []


def _hers(city: str, agencies: Agencies) -> ColumnElement[bool]:
    if agencies is None:
        return true()
    whose = (case.city == city, of_agencies(case.agency, agencies))
    return override.borrower_id.in_(select(case.borrower_id).where(*whose))
