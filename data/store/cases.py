"""The case list: contracts, their borrowers and places, as a file brings them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select, update

from data import tables
from data.store.cities import know_agencies
from data.store.events import Transaction
from data.store.merging import Book, merge
from data.store.rows import by_id, changes, chunks, from_row, rows_of, to_row, upsert
from scheduler.model import Borrower, Case, Place
from scheduler.ports import BookChange, CaseRecord


@dataclass(frozen=True)
class Comparison:
    """A file against the book: `before` and `after` hold the file's ids."""

    records: Sequence[CaseRecord]
    before: Book
    after: Book
    closed: frozenset[str]
    gone: tuple[str, ...]

    @cached_property
    def change(self) -> BookChange:
        """What is new, changed, unchanged and gone."""
        ids: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
        for record in self.records:
            ids[self._state(record)].append(record.case.id)
        return BookChange(**{state: tuple(found) for state, found in ids.items()}, gone=self.gone)

    def _state(self, record: CaseRecord) -> str:
        id = record.case.id
        if id not in self.before.cases:
            return "new"
        is_same = id not in self.closed and all(old == new for _, old, new in self.facts(record))
        return "unchanged" if is_same else "changed"

    def facts(self, record: CaseRecord) -> Iterator[tuple[str, Any, Any]]:
        """Each fact of a record: what it is, as it was and as it will be."""
        case, borrower = record.case.id, record.borrower.id
        yield "case", self.before.cases.get(case), self.after.cases[case]
        yield "borrower", self.before.borrowers.get(borrower), self.after.borrowers[borrower]
        for place in record.places:
            new = self.after.places[place.id]
            yield f"place {place.id}", self.before.places.get(place.id), new


def compare_cases(
    connection: Connection, city: str, records: Sequence[CaseRecord], known: frozenset[str]
) -> Comparison:
    """Compare a file with the book, changing nothing."""
    told = by_id(records, lambda record: record.case.id)
    before, closed = read_book(connection, city, records)
    still_open = select(tables.loan_case.c.id).where(
        tables.loan_case.c.city == city, tables.loan_case.c.closed_at.is_(None)
    )
    gone = sorted(set(connection.scalars(still_open)) - told.keys())
    return Comparison(records, before, merge(before, records, known), closed, tuple(gone))


def read_book(
    connection: Connection, city: str, records: Sequence[CaseRecord]
) -> tuple[Book, frozenset[str]]:
    """Return what the book holds of the records' ids, and which of the cases are closed."""
    borrowers = sorted({record.borrower.id for record in records})
    places = sorted({place.id for record in records for place in record.places})
    ids = [record.case.id for record in records]
    cases = rows_of(connection, tables.loan_case, city, ids)
    book = Book(
        {row["id"]: from_row(Case, row) for row in cases},
        {
            row["id"]: from_row(Borrower, row)
            for row in rows_of(connection, tables.borrower, city, borrowers)
        },
        {
            row["id"]: from_row(Place, row)
            for row in rows_of(connection, tables.place, city, places)
        },
    )
    for row in rows_of(connection, tables.loan_case, city, borrowers, by="borrower_id"):
        if row["closed_at"] is None:
            book.open_cases.setdefault(row["borrower_id"], set()).add(row["id"])
    return book, frozenset(row["id"] for row in cases if row["closed_at"] is not None)


def put_cases(
    tx: Transaction,
    city: str,
    records: Sequence[CaseRecord],
    known: frozenset[str],
    *,
    complete: bool,
) -> BookChange:
    """Bring a file into the book; with `complete`, close what it lacks."""
    compared = compare_cases(tx.connection, city, records, known)
    change = compared.change
    touched = {*change.new, *change.changed}
    write(tx, city, compared, [record for record in records if record.case.id in touched])
    if not complete:
        return BookChange(change.new, change.changed, change.unchanged)
    close(tx, city, change.gone)
    return change


def write(tx: Transaction, city: str, compared: Comparison, records: Sequence[CaseRecord]) -> None:
    """Write the facts of `records` and an event for each."""
    after = compared.after
    borrowers: dict[str, Any] = {}
    places: dict[str, Any] = {}
    cases = []
    for record in records:
        case = after.cases[record.case.id]
        cases.append(to_row(case, city=city, closed_at=None))
        borrowers[record.borrower.id] = to_row(after.borrowers[record.borrower.id], city=city)
        for place in record.places:
            row = to_row(after.places[place.id], city=city, agency=case.agency)
            places[place.id] = row
        note(tx, city, compared, record)
    know_agencies(tx, city, {row["agency"] for row in cases})
    upsert(tx.connection, tables.borrower, list(borrowers.values()))
    upsert(tx.connection, tables.loan_case, cases)
    upsert(tx.connection, tables.place, list(places.values()))


def note(tx: Transaction, city: str, compared: Comparison, record: CaseRecord) -> None:
    """Add the event of one contract: what differs, fact by fact."""
    id = record.case.id
    was: dict[str, Any] = {}
    becomes: dict[str, Any] = {}
    for name, old, new in compared.facts(record):
        before, after = changes(old, new)
        if before:
            was[name] = before
        if after:
            becomes[name] = after
    kind = "case.changed" if id in compared.before.cases else "case.added"
    if id in compared.closed:
        kind = "case.reopened"
    agency = compared.after.cases[id].agency
    tx.note(kind, id, city=city, agency=agency, before=was or None, after=becomes or None)


def close(tx: Transaction, city: str, ids: Sequence[str]) -> None:
    """Close contracts; they stay in the book, and come back with a file that has them."""
    table = tables.loan_case
    for some in chunks(ids):
        rows = update(table).where(table.c.city == city, table.c.id.in_(some))
        closed = rows.values(closed_at=tx.by.at).returning(table.c.id, table.c.agency)
        for row in sorted(tx.connection.execute(closed).all()):
            tx.note("case.closed", row.id, city=city, agency=row.agency)
