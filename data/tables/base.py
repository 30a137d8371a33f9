"""What all tables share: the metadata, and the columns that many have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, ForeignKey, ForeignKeyConstraint, MetaData, String

from data.columns import Utc

# Names that are the same on every database, so that a later migration can name what it changes.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
Names = frozenset[str]
Listed = tuple[str, ...]

metadata = MetaData(naming_convention=NAMING)


def needed(name: str, kind: Any, **options: Any) -> Column[Any]:
    """Return a column that is never null."""
    return Column(name, kind, nullable=False, **options)


def in_city() -> Column[Any]:
    """Return the first part of a key: the city."""
    return Column("city", String, ForeignKey("city.name"), primary_key=True)


def point(name: str, *, nullable: bool = False) -> tuple[Column[Any], Column[Any]]:
    """Return the two columns of a point, in degrees of WGS-84."""
    return (
        Column(f"{name}_lat", Float, nullable=nullable),
        Column(f"{name}_lon", Float, nullable=nullable),
    )


def window(name: str, *, nullable: bool = False) -> tuple[Column[Any], Column[Any]]:
    """Return the two columns of a span of time."""
    return (
        Column(f"{name}_start", Utc, nullable=nullable),
        Column(f"{name}_end", Utc, nullable=nullable),
    )


def of_city(column: str, table: str, key: str = "id") -> ForeignKeyConstraint:
    """Return the reference to a row of `table` in the same city."""
    return ForeignKeyConstraint(["city", column], [f"{table}.city", f"{table}.{key}"])
