"""The versions of the tables, and the way from one to the next.

A new version is written by hand beside the others, and HEAD names it; a test compares what the
versions make with the tables, on both databases. There is no way back but a backup.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from data.database import writing
from data.errors import DatabaseError

HEAD = "0033"
VERSIONS = Path(__file__).parent / "versions"
UPGRADE_LOCK = 20260101
"""Number of PostgreSQL's advisory lock; SQLite's BEGIN IMMEDIATE does the same."""


def revision(connection: Connection) -> str | None:
    """Return the version of a database's tables, None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def check_revision(engine: Engine) -> None:
    """Refuse a database whose tables are not those that this program knows.

    Raises
    ------
    DatabaseError
        Where they are older, newer, unknown or absent; the message says what to do.
    """
    try:
        with engine.connect() as connection:
            found = revision(connection)
    except DBAPIError as error:
        raise DatabaseError(f"the database cannot be read: {error.orig}") from error
    if found == HEAD:
        return
    if found is None:
        raise DatabaseError("the database has no tables yet: run `dayround db upgrade`")
    if is_known(found):
        raise DatabaseError(
            f"the database is at version {found} and this dayround needs {HEAD}: "
            "make a backup, then run `dayround db upgrade`"
        )
    raise DatabaseError(unknown(found))


def upgrade(engine: Engine) -> None:
    """Bring the tables to HEAD in one transaction, from nothing or from any older version.

    Raises
    ------
    DatabaseError
        Where the database was made by a newer dayround.
    """
    from alembic import command
    from alembic.config import Config

    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # a lasting property of the file, set outside of BEGIN
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": UPGRADE_LOCK})
        found = revision(connection)
        if found is not None and not is_known(found):
            raise DatabaseError(unknown(found))
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(VERSIONS.parent))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "head")


def is_known(found: str) -> bool:
    """Tell whether there is a version of that name."""
    return any(VERSIONS.glob(f"{found}_*.py"))


def unknown(found: str) -> str:
    """Say what to do about a version of another program."""
    return (
        f"the database is at version {found!r}, which this dayround does not know: "
        "it was made by a newer one; install that one"
    )
