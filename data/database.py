"""Connections to the book: SQLite by default, PostgreSQL when several machines write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from data.errors import DatabaseError
from data.plain import to_json

BUSY_S = 60
"""How long a SQLite writer waits for the one before it."""

_turns: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


def make_engine(url: str) -> Engine:
    """Return an engine for `sqlite:///FILE` or `postgresql+psycopg://…`; nothing is opened yet.

    Raises
    ------
    DatabaseError
        Where the URL is none, or names another kind of database.
    """
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError as error:
        raise DatabaseError(
            "the database URL cannot be read; write sqlite:///FILE or "
            "postgresql+psycopg://USER@HOST/NAME"
        ) from error
    # An error's text may come into a log: the rows that it is about must not.
    options: dict[str, Any] = {"json_serializer": to_json, "hide_parameters": True}
    if backend == "sqlite":
        engine = create_engine(url, **options, connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if backend == "postgresql":
        return create_engine(url, **options, pool_pre_ping=True)
    raise DatabaseError(f"{backend} is not supported; use SQLite or PostgreSQL")


def _set_up_sqlite(connection: Any, _: Any) -> None:
    # Python's driver begins transactions when it sees fit; _begin_sqlite does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait its turn, it fails at once:
    # a writing one takes the lock when it begins.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that writes; it commits at the end, or is rolled back.

    Who has waited for another writer sees what that one has written, whatever the server's
    default is: of two writers the second judges by what both have written.
    """
    with _turn(engine), engine.connect() as connection:
        connection = connection.execution_options(writing=True)
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            yield connection


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """Let a process's own writers of SQLite wait for each other here.

    There they would sleep and look again, up to a tenth of a second each time, while nobody
    writes. Other processes' writers are waited for there.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    turn = _turns.setdefault(engine, Lock())
    is_mine = turn.acquire(timeout=BUSY_S)
    try:
        yield
    finally:
        if is_mine:
            turn.release()


@contextmanager
def trying(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that nothing is kept of; who writes the book waits for none of it.

    It may write into temporary tables alone (data/store/imports/trying.py makes them).
    """
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction whose queries all see the same moment."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection
