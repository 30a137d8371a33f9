"""Failed log-ins, counted per name and per address, and the growing delay that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, select, tuple_, update

from data import tables
from data.store.events import Transaction
from data.store.rows import upsert
from scheduler.errors import DayroundError

FORGOTTEN_AFTER = timedelta(days=1)
KEY_LENGTH = 64
"""Of a name or address: what is typed there may be endless."""

failure = tables.login_failure.c


@dataclass(frozen=True, slots=True)
class Patience:
    """How many failures are free, and how long the delay after them can grow."""

    free: int
    longest: timedelta

    def delay(self, count: int) -> timedelta:
        """Return how long to wait after the last of `count` failures: 1, 2, 4, … seconds."""
        if count < self.free:
            return timedelta(0)
        doublings = min(count - self.free, 20)
        return min(timedelta(seconds=2**doublings), self.longest)


PATIENCE = {
    "name": Patience(free=5, longest=timedelta(minutes=15)),
    # An office shares one address: its people may mistype more often than one person.
    "address": Patience(free=30, longest=timedelta(minutes=15)),
}


class LoginDelayedError(DayroundError):
    """Too many failed log-ins; `wait` is how long until the next is looked at."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(f"too many failed log-ins: try again in {self.seconds} seconds")

    @property
    def seconds(self) -> int:
        """Whole seconds to wait, at least one."""
        return max(1, round(self.wait.total_seconds()))


def count_try(tx: Transaction, name: str, address: str) -> None:
    """Count a log-in as failed before it is looked at, so that tries at once count all.

    Raises
    ------
    LoginDelayedError
        Where an earlier failure's delay has not passed; the try is not counted.
    """
    forget_old(tx)
    for kind, key in (("name", name[:KEY_LENGTH]), ("address", address[:KEY_LENGTH])):
        count = _locked_count(tx, kind, key) + 1
        values = {"failures": count, "last_at": tx.by.at}
        tx.connection.execute(update(tables.login_failure).where(_is(kind, key)).values(values))
        if count == PATIENCE[kind].free:
            tx.note("login.delayed", key, after={"failures": count, "by": kind})


def _locked_count(tx: Transaction, kind: str, key: str) -> int:
    """Return the failures so far, in a row that other tries wait for; LoginDelayedError as told."""
    query = select(failure.failures, failure.last_at).where(_is(kind, key)).with_for_update()
    found = None
    while found is None:  # who logs in meanwhile takes the row away
        upsert(tx.connection, tables.login_failure, [{"kind": kind, "key": key}])
        found = tx.connection.execute(query).one_or_none()
    count: int = found.failures
    if delay := PATIENCE[kind].delay(count):
        wait = found.last_at + delay - tx.by.at
        if wait > timedelta(0):
            raise LoginDelayedError(wait)
    return count


def forget_old(tx: Transaction) -> None:
    """Drop what failed long ago, but for what other tries are about."""
    is_old = failure.last_at < tx.by.at - FORGOTTEN_AFTER
    old = select(failure.kind, failure.key).where(is_old).with_for_update(skip_locked=True)
    keys = tuple_(failure.kind, failure.key)
    tx.connection.execute(delete(tables.login_failure).where(keys.in_(old)))


def forget_tries(connection: Connection, name: str, address: str) -> None:
    """Take back what `count_try` counted of a log-in that was right.

    The address keeps its other failures: one's own account must not buy tries at others'.
    """
    connection.execute(delete(tables.login_failure).where(_is("name", name[:KEY_LENGTH])))
    one_less = update(tables.login_failure).where(_is("address", address[:KEY_LENGTH]))
    connection.execute(one_less.values(failures=failure.failures - 1))


def _is(kind: str, key: str) -> ColumnElement[bool]:
    return and_(failure.kind == kind, failure.key == key)
