"""The products of a city's open contracts."""

from __future__ import annotations

from sqlalchemy import Engine, select

from data import database, tables

case = tables.loan_case.c


def products_of(engine: Engine, city: str) -> list[str]:
    """Return the products of a city's open contracts that have one, in their order."""
    query = select(case.product).where(case.city == city, case.closed_at.is_(None)).distinct()
    with database.reading(engine) as connection:
        return sorted(filter(None, connection.scalars(query)))
