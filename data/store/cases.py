"""The case list: contracts, their borrowers and places, as a file brings them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Table, select, update

from data import tables
from data.store.cities import know_agencies
from data.store.contacts import keep_agreed
from data.store.doors import keep_learned
from data.store.events import Transaction
from data.store.held import keep_held
from data.store.kept_back import kept_back
from data.store.merging import Book, gather, merge, outdated_places
from data.store.places import NOT_LOOKED_UP, is_open, write_places
from data.store.rows import Row, by_id, changes, chunks, from_row, rows_of, to_row, upsert
from scheduler.model import Borrower, Case, Place
from scheduler.ports import BookChange, CaseRecord

case = tables.loan_case.c


@dataclass(frozen=True)
class Comparison:
    """A file against the book: `before` and `after` hold the file's ids.

    `outdated` are, by borrower, the places that the file replaces by others; `gone` the open
    contracts that it lacks.
    """

    records: Sequence[CaseRecord]
    before: Book
    after: Book
    outdated: Mapping[str, list[str]]
    gone: tuple[str, ...]

    @cached_property
    def change(self) -> BookChange:
        """What is new, changed, unchanged and gone."""
        ids: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
        for record in self.records:
            ids[self._state(record)].append(record.case.id)
        new, changed, unchanged = (tuple(found) for found in ids.values())
        return BookChange(new, changed, unchanged, self.gone)

    def _state(self, record: CaseRecord) -> str:
        if record.case.id not in self.before.cases:
            return "new"
        comes_back = record.case.id in self.before.closed_cases or any(
            place.id in self.before.closed_places for place in record.places
        )
        if comes_back or record.borrower.id in self.outdated:
            return "changed"
        differs = any(old != new for _, old, new in self.facts(record))
        return "changed" if differs else "unchanged"

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
    by_id(records, lambda record: record.case.id)
    records = keep_learned(connection, city, records)
    records = keep_agreed(connection, city, records)
    records = keep_held(connection, city, records)
    file = gather(records)
    book = read_book(connection, city, file)
    outdated: dict[str, list[str]] = defaultdict(list)
    for place in outdated_places(book, file):
        outdated[place.borrower_id].append(place.id)
    still_open = connection.scalars(select(case.id).where(*is_open(city)))
    gone = sorted(set(still_open) - file.cases.keys())
    return Comparison(records, book, merge(book, file, known), outdated, tuple(gone))


def read_book(connection: Connection, city: str, file: Book) -> Book:
    """Return what the book holds of a file's contracts, and of their borrowers."""
    who = sorted(file.borrowers)
    cases = rows_of(connection, tables.loan_case, city, sorted(file.cases))
    borrowers = rows_of(connection, tables.borrower, city, who)
    places = rows_of(connection, tables.place, city, who, by="borrower_id")
    book = Book(
        {row["id"]: from_row(Case, row) for row in cases},
        {row["id"]: from_row(Borrower, row) for row in borrowers},
        {row["id"]: from_row(Place, row) for row in places},
        frozenset(row["id"] for row in cases if row["closed_at"] is not None),
        frozenset(row["id"] for row in places if row["closed_at"] is not None),
    )
    open_case = select(case.id, case.borrower_id).where(*is_open(city))
    for some in chunks(who):
        for row in connection.execute(open_case.where(case.borrower_id.in_(some))):
            book.open_cases.setdefault(row.borrower_id, set()).add(row.id)
    return book


def borrowers_by_case(connection: Connection, city: str) -> dict[str, str]:
    """Return whose each case of a city is, the closed ones too."""
    query = select(case.id, case.borrower_id).where(case.city == city)
    return {row.id: row.borrower_id for row in connection.execute(query)}


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
    write(tx, city, compared, [one for one in compared.records if one.case.id in touched])
    if not complete:
        return replace(change, gone=())
    close_cases(tx, city, change.gone)
    return change


def write(tx: Transaction, city: str, compared: Comparison, records: Sequence[CaseRecord]) -> None:
    """Write what differs of `records`, with an event for each."""
    before, after = compared.before, compared.after
    borrowers: dict[str, Row] = {}
    cases: list[Row] = []
    places: dict[str, Row] = {}
    located: list[Row] = []
    for record in records:
        who, told = after.borrowers[record.borrower.id], after.cases[record.case.id]
        old = before.cases.get(told.id)
        if who != before.borrowers.get(who.id):
            borrowers[who.id] = to_row(who, city=city)
        if told != old or told.id in before.closed_cases:
            cases.append(to_row(told, city=city, closed_at=None))
        moves = old is None or old.agency != told.agency
        for own in record.places:
            place = after.places[own.id]
            is_back = place.id in before.closed_places
            if moves or is_back or place != before.places.get(place.id):
                places[place.id] = to_row(place, city=city, agency=told.agency, closed_at=None)
                located += [{"its_id": own.id, **NOT_LOOKED_UP}] if own.point else []
        note(tx, city, compared, record)
    know_agencies(tx, city, {row["agency"] for row in cases})
    upsert(tx.connection, tables.borrower, list(borrowers.values()))
    upsert(tx.connection, tables.loan_case, cases)
    upsert(tx.connection, tables.place, list(places.values()))
    write_places(tx, city, located)
    close(tx, tables.place, city, [id for ids in compared.outdated.values() for id in ids])


def note(tx: Transaction, city: str, compared: Comparison, record: CaseRecord) -> None:
    """Add the event of one contract: what differs, fact by fact, without names and addresses."""
    id = record.case.id
    was: dict[str, Any] = {}
    becomes: dict[str, Any] = {}
    for name, old, new in compared.facts(record):
        before, after = changes(old, new)
        if before:
            was[name] = kept_back(before)
        if after:
            becomes[name] = kept_back(after)
    if outdated := compared.outdated.get(record.borrower.id):
        becomes["closed places"] = outdated
    kind = "case.changed" if id in compared.before.cases else "case.added"
    if id in compared.before.closed_cases:
        kind = "case.reopened"
    agency = compared.after.cases[id].agency
    tx.note(kind, id, city=city, agency=agency, before=was or None, after=becomes or None)


def close_cases(tx: Transaction, city: str, ids: Sequence[str]) -> None:
    """Close contracts; they stay in the book, and come back with a file that has them."""
    for row in close(tx, tables.loan_case, city, ids):
        tx.note("case.closed", row.id, city=city, agency=row.agency)


def close(tx: Transaction, table: Table, city: str, ids: Sequence[str]) -> list[Any]:
    """Mark rows of a city as closed, and return their id and agency in order."""
    closed: list[Any] = []
    for some in chunks(ids):
        rows = update(table).where(table.c.city == city, table.c.id.in_(some))
        marked = rows.values(closed_at=tx.by.at).returning(table.c.id, table.c.agency)
        closed += tx.connection.execute(marked)
    return sorted(closed)
