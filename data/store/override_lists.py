"""Overrides as pages list them, for those who may see `agencies`; None is all of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Engine, select, true

from data import database, tables
from data.store.desk import Agencies, of_agencies
from data.store.places import is_open
from data.store.rule_overrides import list_overrides
from scheduler.overriding import AskedOverride

override, case = tables.rule_override.c, tables.loan_case.c


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


def _hers(city: str, agencies: Agencies) -> ColumnElement[bool]:
    if agencies is None:
        return true()
    whose = (case.city == city, of_agencies(case.agency, agencies))
    return override.borrower_id.in_(select(case.borrower_id).where(*whose))
