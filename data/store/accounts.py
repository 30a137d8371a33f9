"""The rows of users: reading them, and the transactions that change them."""

from __future__ import annotations

import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, bindparam, delete, insert, select, update

from data import database, tables
from data.access import Grant, User
from data.plain import to_plain
from data.store.events import Transaction
from data.store.grants import settled
from data.store.rows import from_row, to_row
from scheduler.errors import NotFoundError
from scheduler.ports import By

NO_CODE: Mapping[str, Any] = {"code_digest": None, "code_expires": None}

account, grant = tables.user_account.c, tables.user_grant.c


def user_name(text: str) -> str:
    """Return a name as it is kept, however its letters are typed."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def new_session() -> dict[str, str]:
    """Return the columns that end a user's sessions."""
    return {"session_stamp": secrets.token_hex(8)}


@contextmanager
def writing(engine: Engine, by: By) -> Iterator[Transaction]:
    """Begin a transaction whose events are written at its end."""
    with database.writing(engine) as connection:
        transaction = Transaction(connection, by)
        yield transaction
        transaction.write_events()


@contextmanager
def changing(engine: Engine, name: str, by: By) -> Iterator[tuple[Transaction, RowMapping]]:
    """Begin a transaction about one user, with the row as it is; NotFoundError without one."""
    with writing(engine, by) as tx:
        row = find_account(tx.connection, user_name(name))
        if row is None:
            raise NotFoundError(f"there is no user {name!r}: dayround user list shows them")
        yield tx, row


def find_account(connection: Connection, name: str, *, lock: bool = True) -> RowMapping | None:
    """Return a user's row, which other writers of it wait for, or with no lock do not."""
    query = select(tables.user_account).where(account.name == name)
    if lock:
        query = query.with_for_update()
    return connection.execute(query).mappings().one_or_none()


def update_account(tx: Transaction, name: str, **values: Any) -> None:
    """Write columns of a user's row."""
    tx.connection.execute(update(tables.user_account).where(account.name == name).values(values))


def write_grants(tx: Transaction, user: str, grants: Sequence[Grant]) -> Any:
    """Give a user these grants and no others; return them as an event tells them."""
    given = tuple(dict.fromkeys(settled(tx.connection, grant) for grant in grants))
    tx.connection.execute(delete(tables.user_grant).where(grant.user_name == user))
    if given:
        rows = [to_row(one, user_name=user) for one in given]
        tx.connection.execute(insert(tables.user_grant), rows)
    return to_plain(given)


def read_user(connection: Connection, name: str) -> User | None:
    """Return the user of a name as it is kept."""
    return next(iter(read_users(connection, name)), None)


# Made once: to make one of them takes longer than to answer it, and every request asks.
_USERS = select(tables.user_account).order_by(account.name)
_HELD = select(tables.user_grant).order_by(*tables.user_grant.primary_key)
_USER = _USERS.where(account.name == bindparam("name"))
_HELD_BY = _HELD.where(grant.user_name == bindparam("name"))


def read_users(connection: Connection, name: str | None = None) -> list[User]:
    """Return all users by name, or the one of that name."""
    users, held = (_USERS, _HELD) if name is None else (_USER, _HELD_BY)
    whom = {} if name is None else {"name": name}
    grants: dict[str, list[Grant]] = defaultdict(list)
    for row in connection.execute(held, whom).mappings():
        grants[row["user_name"]].append(from_row(Grant, row))
    rows = connection.execute(users, whom).mappings()
    return [_user(row, tuple(grants[row["name"]])) for row in rows]


def _user(row: RowMapping, grants: tuple[Grant, ...]) -> User:
    return User(
        row["name"],
        grants,
        row["language"],
        row["theme"],
        row["is_disabled"],
        row["password_hash"] is not None,
        row["session_stamp"],
    )
