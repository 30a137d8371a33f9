"""Which rows of the book a list may change, told before it is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from data import tables
from data.store.rows import Row, rows_of
from scheduler.contacts import Contact
from scheduler.model import Collector, Pair, Shift
from scheduler.ports import CaseRecord


@dataclass(frozen=True, slots=True)
class Scope:
    """Ids whose rows a list may change; `contacts` and `payments` are keys."""

    borrowers: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    payments: frozenset[str] = frozenset()
    collectors: frozenset[str] = frozenset()


LOOKED_AT: tuple[tuple[Table, str, str], ...] = (
    (tables.borrower, "id", "borrowers"),
    (tables.loan_case, "id", "cases"),
    (tables.loan_case, "borrower_id", "borrowers"),
    (tables.place, "borrower_id", "borrowers"),
    (tables.balance, "case_id", "cases"),
    (tables.case_score, "case_id", "cases"),
    (tables.payment, "key", "payments"),
    (tables.contact, "key", "contacts"),
    (tables.wish, "borrower_id", "borrowers"),
    (tables.promise, "borrower_id", "borrowers"),
    (tables.collector, "id", "collectors"),
    (tables.shift, "collector_id", "collectors"),
    (tables.pair, "first", "collectors"),
    (tables.pair, "second", "collectors"),
)
"""Where rows of a scope stand: the table, its column, and which ids of the scope it holds."""


def of_cases(records: Sequence[CaseRecord], gone: Iterable[str] = ()) -> Scope:
    """Return the scope of a case list; `gone` are contracts that it closes."""
    return Scope(
        borrowers=frozenset(record.borrower.id for record in records),
        cases=frozenset({*(record.case.id for record in records), *gone}),
        contacts=frozenset(record.contact.key for record in records if record.contact),
    )


def of_contacts(told: Sequence[Contact]) -> Scope:
    """Return the scope of contacts, with those that they correct."""
    keys = {key for one in told for key in (one.key, one.corrects) if key}
    return Scope(frozenset(one.borrower_id for one in told), contacts=frozenset(keys))


def of_payments(told: Sequence[Any]) -> Scope:
    """Return the scope of payments and balances."""
    keys = (getattr(one, "key", "") for one in told)
    return Scope(
        cases=frozenset(one.case_id for one in told), payments=frozenset(filter(None, keys))
    )


def of_scores(told: Sequence[Any]) -> Scope:
    """Return the scope of scores."""
    return Scope(cases=frozenset(one.case_id for one in told))


def of_collectors(told: Sequence[Collector]) -> Scope:
    """Return the scope of collectors."""
    return Scope(collectors=frozenset(one.id for one in told))


def of_shifts(told: Sequence[Shift]) -> Scope:
    """Return the scope of shifts."""
    return Scope(collectors=frozenset(one.collector_id for one in told))


def of_pairs(told: Sequence[Pair]) -> Scope:
    """Return the scope of pairs."""
    return Scope(collectors=frozenset(id for one in told for id in (one.first, one.second)))


def rows_in(connection: Connection, city: str, scope: Scope) -> dict[tuple[str, Any], Row]:
    """Return the rows of a scope as they stand, by their table and key."""
    found: dict[tuple[str, Any], Row] = {}
    for table, column, ids in LOOKED_AT:
        for row in rows_of(connection, table, city, sorted(getattr(scope, ids)), by=column):
            found[table.name, key_of(table, row)] = row
    return found


def key_of(table: Table, row: Row) -> tuple[Any, ...]:
    """Return the key of a row, without its city."""
    return tuple(row[column.name] for column in table.primary_key if column.name != "city")
