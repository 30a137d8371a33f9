"""Getting in: by password, by a one-time code, and changing the password; and getting out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, RowMapping

from data import passwords
from data.access import User
from data.store.accounts import (
    NO_CODE,
    changing,
    find_account,
    new_session,
    read_user,
    update_account,
    user_name,
    writing,
)
from data.store.events import Transaction
from data.store.failures import count_try, forget_tries
from scheduler.errors import DayroundError
from scheduler.ports import By


class LoginRefusedError(DayroundError):
    """A wrong name, password or code; which of them is not told."""

    def __init__(self) -> None:
        super().__init__("the name or the secret is wrong")


class Logins:
    """The door of a book. Every failure is counted, every entry is an event.

    What lets in raises LoginRefusedError where the name or the secret is wrong or the user is
    disabled, and LoginDelayedError after too many failures from that address or for that name.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def log_in(self, name: str, password: str, address: str, at: datetime) -> User:
        """Return the user of a name and password."""
        by = By(user_name(name), at)
        kept = self._right_password(by, password, address)
        with writing(self.engine, by) as tx:
            if passwords.is_outdated(kept):
                update_account(tx, by.actor, password_hash=passwords.password_hash(password))
            return _entered(tx, "user.logged_in", address)

    def first_sign_in(
        self, name: str, code: str, password: str, address: str, at: datetime
    ) -> User:
        """Spend a one-time code on a password of the user's own.

        Raises
        ------
        PasswordError
            Where the password is not taken; the code is not spent.
        """
        by = By(user_name(name), at)
        passwords.check_password(password, by.actor)
        kept = passwords.password_hash(password)
        self._try(by, address)
        with writing(self.engine, by) as tx:
            row = find_account(tx.connection, by.actor)
            if row is None or not _is_spendable(row, code, at):
                raise LoginRefusedError
            update_account(tx, by.actor, password_hash=kept, **NO_CODE, **new_session())
            return _entered(tx, "user.signed_in_first", address)

    def change_password(self, name: str, old: str, new: str, address: str, at: datetime) -> User:
        """Replace a password, and end the user's other sessions; PasswordError as above."""
        by = By(user_name(name), at)
        passwords.check_password(new, by.actor)
        self._right_password(by, old, address)
        kept = passwords.password_hash(new)
        with changing(self.engine, by.actor, by) as (tx, _):
            update_account(tx, by.actor, password_hash=kept, **NO_CODE, **new_session())
            return _entered(tx, "user.changed_password", address)

    def log_out(self, name: str, at: datetime) -> None:
        """End all sessions of a user: what somebody copied of one is worth nothing afterwards."""
        with changing(self.engine, name, By(user_name(name), at)) as (tx, row):
            update_account(tx, row["name"], **new_session())
            tx.note("user.logged_out", row["name"])

    def _right_password(self, by: By, password: str, address: str) -> str:
        """Return what is kept of the password, which is right; unknown names take as long."""
        row = self._try(by, address)
        kept = row["password_hash"] if row and not row["is_disabled"] else None
        if not passwords.is_password(password, kept):
            raise LoginRefusedError
        return str(kept)

    def _try(self, by: By, address: str) -> RowMapping | None:
        with writing(self.engine, by) as tx:
            count_try(tx, by.actor, address)
            # No lock: who enters locks the account first and the failures after it.
            return find_account(tx.connection, by.actor, lock=False)


def _is_spendable(row: RowMapping, code: str, at: datetime) -> bool:
    is_right = passwords.is_code(code, row["code_digest"])
    return is_right and at < row["code_expires"] and not row["is_disabled"]


def _entered(tx: Transaction, kind: str, address: str) -> User:
    forget_tries(tx.connection, tx.by.actor, address)
    tx.note(kind, tx.by.actor, after={"address": address})
    user = read_user(tx.connection, tx.by.actor)
    if user is None or user.is_disabled:  # meanwhile
        raise LoginRefusedError
    return user
