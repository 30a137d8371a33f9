"""The book on disk: cases, people, plans, outcomes, and the events that tell how it came so."""

from __future__ import annotations

from data.database import make_engine
from data.errors import DatabaseError
from data.following import policy_of
from data.home import Home
from data.migrations import check_revision, revision, upgrade
from data.profiles import TomlProfiles
from data.store.store import SqlStore, SqlWriter
from scheduler.ports import Profiles

__all__ = ["SqlStore", "SqlWriter", "create_store", "has_book", "open_store"]


def open_store(where: Home | str, profiles: Profiles | None = None) -> SqlStore:
    """Open the store of a home, or of a database URL.

    Its visits are judged by `profiles`, by default dayround's with those of the home.

    Raises
    ------
    DatabaseError
        Where its tables are not those that this program knows; the message says what to do.
    """
    if isinstance(where, Home) and not where.is_there:
        raise DatabaseError(f"there is no home at {where.path}: make one by `dayround init`")
    store = _store(where, profiles)
    check_revision(store.engine)
    return store


def create_store(where: Home | str, profiles: Profiles | None = None) -> SqlStore:
    """Open a store whose tables are first made, or brought to this program's version."""
    if isinstance(where, Home):
        where.create()
    store = _store(where, profiles)
    upgrade(store.engine)
    return store


def _store(where: Home | str, profiles: Profiles | None) -> SqlStore:
    """Return the store of a database; a home may have its own consequences, and its own rules."""
    if isinstance(where, str):
        return SqlStore(make_engine(where), profiles=profiles)
    engine, policy = make_engine(where.database_url), policy_of(where.following_file)
    return SqlStore(engine, policy, profiles or TomlProfiles(own=where.rules))


def has_book(home: Home) -> bool:
    """Tell whether a home's database has tables: one that the environment names may be empty."""
    if not home.is_there:
        return False
    engine = make_engine(home.database_url)
    with engine.connect() as connection:
        found = revision(connection)
    engine.dispose()
    return found is not None
