"""Quick stores: SQL is compiled once a process of tests, and no disk is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from data import database

COMPILED: dict[Any, Any] = {}
DIALECTS = (SQLiteDialect_pysqlite, PGDialect_psycopg)


@pytest.fixture(scope="session", autouse=True)
def _shared_statements() -> Iterator[None]:
    """Import it into a room's conftest."""
    with pytest.MonkeyPatch.context() as patch:
        for dialect in DIALECTS:
            # Each engine has a dialect of its own, and a statement is kept by its dialect.
            patch.setattr(dialect, "__hash__", lambda self: hash(type(self)))
            patch.setattr(dialect, "__eq__", lambda self, other: type(self) is type(other))
        patch.setattr(database, "create_engine", _engine)
        yield


def _engine(url: str, **options: Any) -> Engine:
    engine = create_engine(url, **options, execution_options={"compiled_cache": COMPILED})
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _never_wait_for_the_disk)
    return engine


def _never_wait_for_the_disk(connection: Any, _: Any) -> None:
    # What a test writes need not outlive the machine; other processes see it all the same.
    connection.execute("PRAGMA synchronous = OFF")
