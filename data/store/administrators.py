"""That somebody is always left who can let others in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Select, select

from data import tables
from data.access import Role
from data.store.events import Transaction
from scheduler.errors import ConflictError

account, grant = tables.user_account.c, tables.user_grant.c


@contextmanager
def keeping_administrators(tx: Transaction) -> Iterator[None]:
    """Refuse a change after which a place that had an administrator has none who may log in.

    Raises
    ------
    ConflictError
        Naming the place; nothing of the transaction happens then.
    """
    # Two who disable each other at once must wait for each other, so the accounts are locked,
    # and read in a statement of its own, which sees what the other did.
    tx.connection.execute(_administrators(account.name).with_for_update(of=tables.user_account))
    before = _administered(tx.connection)
    yield
    after = _administered(tx.connection)
    if (lost := sorted(before - after)) and "" not in after:
        where = lost[0] or "the book"
        raise ConflictError(f"{where} would have no administrator left: name another one first")


def _administered(connection: Connection) -> set[str]:
    """Return the cities that somebody administers, '' among them for everywhere."""
    return set(connection.scalars(_administrators(grant.city)))


def _administrators(*columns: object) -> Select[tuple[str]]:
    of_user = grant.user_name == account.name
    query: Select[tuple[str]] = select(*columns).where(  # type: ignore[call-overload]
        of_user, grant.role == Role.ADMINISTRATOR, grant.agency == "", ~account.is_disabled
    )
    return query.order_by(account.name)
