"""SQL compiled once a process: each test opens a store of its own, which would compile all anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import create_engine
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
        shared = partial(create_engine, execution_options={"compiled_cache": COMPILED})
        patch.setattr(database, "create_engine", shared)
        yield
