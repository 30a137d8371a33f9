"""Books that several tests begin with: filled once a process, then copied, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory

from sqlalchemy import text

from data.store import SqlStore
from data.tables import metadata

Fill = Callable[[SqlStore], object]
NUMBERS: dict[tuple[str, Fill], int] = {}
"""Under which number a database keeps what a function has filled in."""


def filled(store: SqlStore, fill: Fill) -> SqlStore:
    """Return a store that was empty, now as `fill` leaves one; what it returns is passed over."""
    where = str(store.engine.url) if store.engine.dialect.name == "postgresql" else "sqlite"
    keep, bring = (_keep, _bring) if where != "sqlite" else (_keep_file, _bring_file)
    if (where, fill) in NUMBERS:
        bring(store, NUMBERS[where, fill])
    else:
        fill(store)
        number = len(NUMBERS) + 1
        keep(store, number)
        NUMBERS[where, fill] = number
    return store


def _keep_file(store: SqlStore, number: int) -> None:
    _copy(_file_of(store), _kept(number))


def _bring_file(store: SqlStore, number: int) -> None:
    _copy(_kept(number), _file_of(store))


def _copy(one: Path, other: Path) -> None:
    with closing(connect(one)) as source, closing(connect(other)) as target:
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)


def _file_of(store: SqlStore) -> Path:
    return Path(store.engine.url.database or "")


def _kept(number: int) -> Path:
    return Path(_folder().name) / f"{number}.sqlite"


@cache
def _folder() -> TemporaryDirectory[str]:
    """Return where files are kept; it goes when the process ends."""
    return TemporaryDirectory(prefix="filled-")


def _keep(store: SqlStore, number: int) -> None:
    """Keep the rows of each table that has some, and how far each sequence has counted."""
    _run(
        store,
        f"CREATE SCHEMA kept_{number}",
        f"CREATE TABLE kept_{number}.counted AS SELECT quote_ident(sequencename) AS name, "
        "last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL",
        *(f"CREATE TABLE kept_{number}.{name} AS TABLE {name}" for name in _tables(store)),
    )


def _bring(store: SqlStore, number: int) -> None:
    """Insert what was kept; as a replica the server asks no trigger and no foreign key."""
    _run(
        store,
        "SET LOCAL session_replication_role = replica",
        *(
            f"INSERT INTO {name} OVERRIDING SYSTEM VALUE TABLE kept_{number}.{name}"
            for name in _kept_tables(store, number)
        ),
        f"SELECT setval(name::regclass, last_value) FROM kept_{number}.counted",
    )


def _tables(store: SqlStore) -> list[str]:
    with store.engine.connect() as connection:
        names = [table.name for table in metadata.sorted_tables]
        has_rows = "SELECT EXISTS (SELECT FROM {})"
        return [name for name in names if connection.scalar(text(has_rows.format(name)))]


def _kept_tables(store: SqlStore, number: int) -> list[str]:
    query = text(
        "SELECT tablename FROM pg_tables WHERE schemaname = :of AND tablename <> 'counted'"
    )
    with store.engine.connect() as connection:
        return list(connection.scalars(query, {"of": f"kept_{number}"}))


def _run(store: SqlStore, *statements: str) -> None:
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
