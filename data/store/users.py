"""Users as an administrator manages them. Every change is an event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, insert

from data import database, passwords, tables
from data.access import Grant, User
from data.plain import to_plain
from data.store.accounts import (
    NO_CODE,
    changing,
    find_account,
    new_session,
    read_user,
    read_users,
    update_account,
    user_name,
    write_grants,
    writing,
)
from data.store.administrators import keeping_administrators
from data.store.events import Transaction
from scheduler.errors import ConflictError
from scheduler.ports import By

CODE_LASTS = timedelta(days=7)
NAME = re.compile(r"[\w.@+-]{1,64}")


class Users:
    """The users of a book."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def all(self) -> list[User]:
        """Return all users by name."""
        with database.reading(self.engine) as connection:
            return read_users(connection)

    def find(self, name: str) -> User | None:
        """Return the user of a name, None where there is none."""
        with database.reading(self.engine) as connection:
            return read_user(connection, user_name(name))

    def add(self, name: str, grants: Sequence[Grant], by: By) -> str:
        """Add a user, and return the one-time code for the first sign-in.

        Raises
        ------
        ConflictError
            Where there is one of that name, the name cannot be typed, or a grant lacks a city.
        NotFoundError
            Where a grant names a city, agency or collector that is not there.
        """
        name = user_name(name)
        if not NAME.fullmatch(name):
            raise ConflictError(f"{name!r} is no user name: take letters, digits and . @ + - _")
        with writing(self.engine, by) as tx:
            if find_account(tx.connection, name):
                raise ConflictError(f"there is a user {name!r} already: choose another name")
            row = {"name": name, "is_disabled": False, "language": "", "theme": ""}
            row |= {"made_at": by.at, **new_session()}
            tx.connection.execute(insert(tables.user_account), row)
            tx.note("user.added", name, after={"grants": write_grants(tx, name, grants)})
            return _give_code(tx, name)

    def set_grants(self, name: str, grants: Sequence[Grant], by: By) -> None:
        """Give a user these roles and no others; raises as `add` does, and as `disable`."""
        with changing(self.engine, name, by) as (tx, row), keeping_administrators(tx):
            user = read_user(tx.connection, row["name"])
            before = to_plain(user.grants if user else ())
            after = write_grants(tx, row["name"], grants)
            if before != after:
                grants_were, grants_are = {"grants": before}, {"grants": after}
                tx.note("user.granted", row["name"], before=grants_were, after=grants_are)

    def disable(self, name: str, by: By) -> None:
        """Let a user in no more, and end their sessions.

        Raises
        ------
        ConflictError
            Where this is the last administrator.
        """
        with changing(self.engine, name, by) as (tx, row), keeping_administrators(tx):
            if not row["is_disabled"]:
                update_account(tx, row["name"], is_disabled=True, **NO_CODE, **new_session())
                tx.note("user.disabled", row["name"])

    def enable(self, name: str, by: By) -> None:
        """Let a user in again, by the old password."""
        with changing(self.engine, name, by) as (tx, row):
            if row["is_disabled"]:
                update_account(tx, row["name"], is_disabled=False)
                tx.note("user.enabled", row["name"])

    def reset(self, name: str, by: By) -> str:
        """Take a user's password away, end their sessions, and return a new one-time code."""
        with changing(self.engine, name, by) as (tx, row):
            if row["is_disabled"]:
                raise ConflictError(f"{row['name']!r} is disabled: enable the user first")
            update_account(tx, row["name"], password_hash=None, **new_session())
            tx.note("user.reset", row["name"])
            return _give_code(tx, row["name"])

    def choose(self, name: str, by: By, *, language: str = "", theme: str = "") -> None:
        """Keep what a user chose; '' leaves it as it is."""
        chosen = {"language": language, "theme": theme}
        with changing(self.engine, name, by) as (tx, row):
            new: dict[str, Any] = {k: v for k, v in chosen.items() if v and row[k] != v}
            if new:
                update_account(tx, row["name"], **new)
                tx.note("user.chose", row["name"], before={k: row[k] for k in new}, after=new)


def _give_code(tx: Transaction, name: str) -> str:
    code = passwords.new_code()
    digest, expires = passwords.code_digest(code), tx.by.at + CODE_LASTS
    update_account(tx, name, code_digest=digest, code_expires=expires)
    return code
