"""What a file makes of the book: pure, so that an import can be shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from scheduler.model import Borrower, Case, Place
from scheduler.ports import CaseRecord

Fact = TypeVar("Fact", Case, Borrower, Place)

ALWAYS_TOLD = {"id", "borrower_id", "kind", "address"}
POSITION = frozenset({"place.point", "place.precision", "place.radius_m"})
ABOUT_THE_DOOR = POSITION | {"place.is_valid", "place.access_note"}
FIELDS: dict[type, dict[str, str]] = {
    kind: {
        f"{kind.__name__.lower()}.{f.name}": f.name
        for f in fields(kind)
        if f.name not in ALWAYS_TOLD
    }
    for kind in (Case, Borrower, Place)
}
"""What a file may tell of or not: 'case.stops' is the field stops of a case."""


@dataclass(frozen=True)
class Book:
    """A part of the book, by id. `open_cases` are those of each borrower in it."""

    cases: dict[str, Case] = field(default_factory=dict)
    borrowers: dict[str, Borrower] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    open_cases: dict[str, set[str]] = field(default_factory=dict)


def merge(book: Book, records: Sequence[CaseRecord], known: frozenset[str]) -> Book:
    """Return the records as they will stand in the book once the file is in."""
    told = {record.case.id for record in records}
    file = gather(records)
    return Book(
        {id: updated(book.cases.get(id), case, known) for id, case in file.cases.items()},
        {
            id: updated_borrower(
                book.borrowers.get(id), new, known, is_whole=book.open_cases.get(id, set()) <= told
            )
            for id, new in file.borrowers.items()
        },
        {id: updated_place(book.places.get(id), new, known) for id, new in file.places.items()},
    )


def gather(records: Sequence[CaseRecord]) -> Book:
    """Return a file's facts by id; nothing that one row says of a person is lost by another."""
    book = Book()
    for record in records:
        new = record.borrower
        old = book.borrowers.get(new.id, new)
        book.cases[record.case.id] = record.case
        book.borrowers[new.id] = replace(
            new,
            name=new.name or old.name,
            phone=new.phone or old.phone,
            stops=new.stops | old.stops,
            languages=new.languages | old.languages,
        )
        for place in record.places:
            old_place = book.places.get(place.id)
            book.places[place.id] = updated_place(old_place, place, frozenset(FIELDS[Place]))
    return book


def updated(old: Fact | None, new: Fact, known: frozenset[str]) -> Fact:
    """Return `new`, with what the file does not tell as it was in `old`."""
    if old is None:
        return new
    names = FIELDS[type(new)]
    untold: dict[str, Any] = {
        field: getattr(old, field) for name, field in names.items() if name not in known
    }
    return replace(new, **untold) if untold else new


def updated_borrower(
    old: Borrower | None, new: Borrower, known: frozenset[str], *, is_whole: bool
) -> Borrower:
    """Return `new` over `old`.

    A stop on the person may have come with another of her contracts: only a file that has all of
    her open ones (`is_whole`) can lift it.
    """
    merged = updated(old, new, known)
    return merged if is_whole or old is None else replace(merged, stops=merged.stops | old.stops)


def updated_place(old: Place | None, new: Place, known: frozenset[str]) -> Place:
    """Return `new` over `old`: at another address, nothing that was known of the door holds."""
    if old is None:
        return new
    if old.address != new.address:
        return updated(old, new, known | ABOUT_THE_DOOR)
    if new.point is None:
        return updated(old, new, known - POSITION)
    return updated(old, new, known | POSITION)
