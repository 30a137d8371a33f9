"""What a file makes of the book: pure, so that an import can be shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from scheduler.model import Borrower, Case, Place
from scheduler.ports import CaseRecord

Fact = TypeVar("Fact", Case, Borrower, Place)

ALWAYS_TOLD = {"id", "borrower_id", "kind", "address"}
POSITION = frozenset({"place.point", "place.precision", "place.radius_m", "place.confidence"})
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
    """A part of the book, by id, with what of it is closed. `open_cases` are by borrower."""

    cases: dict[str, Case] = field(default_factory=dict)
    borrowers: dict[str, Borrower] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    closed_cases: frozenset[str] = frozenset()
    closed_places: frozenset[str] = frozenset()
    open_cases: dict[str, set[str]] = field(default_factory=dict)


def merge(book: Book, file: Book, known: frozenset[str]) -> Book:
    """Return a file's facts as they will stand in the book once it is in."""
    return replace(
        file,
        cases={id: updated(book.cases.get(id), new, known) for id, new in file.cases.items()},
        borrowers={
            id: updated_borrower(book.borrowers.get(id), new, known, is_whole(book, file, id))
            for id, new in file.borrowers.items()
        },
        places={
            id: updated_place(book.places.get(id), new, known) for id, new in file.places.items()
        },
    )


def outdated_places(book: Book, file: Book) -> list[Place]:
    """Return the places that the same source no longer tells of: it has others of their kind.

    A borrower who has moved is not to be looked for where she lived. Where a file lacks some of
    her contracts, these may stand for the old place.
    """
    told = {(place.borrower_id, place.kind, place.source) for place in file.places.values()}
    return [
        old
        for id, old in book.places.items()
        if id not in file.places
        and id not in book.closed_places
        and (old.borrower_id, old.kind, old.source) in told
        and is_whole(book, file, old.borrower_id)
    ]


def is_whole(book: Book, file: Book, borrower: str) -> bool:
    """Tell whether a file has all open contracts of a borrower, and so speaks for her."""
    return book.open_cases.get(borrower, set()) <= file.cases.keys()


def gather(records: Sequence[CaseRecord]) -> Book:
    """Return a file's facts by id; nothing that one row says of a person is lost by another."""
    file = Book(cases={record.case.id: record.case for record in records})
    for record in records:
        new = record.borrower
        old = file.borrowers.get(new.id, new)
        file.borrowers[new.id] = replace(
            old,
            name=old.name or new.name,
            phone=old.phone or new.phone,
            stops=old.stops | new.stops,
            languages=old.languages | new.languages,
        )
        for place in record.places:
            known = file.places.get(place.id)
            if known is None or known.point is None:
                file.places[place.id] = place
    return file


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
    old: Borrower | None, new: Borrower, known: frozenset[str], speaks_for_her: bool
) -> Borrower:
    """Return `new` over `old`.

    A stop on the person may have come with another of her contracts: only a file that has all of
    her open ones can lift it.
    """
    merged = updated(old, new, known)
    if speaks_for_her or old is None:
        return merged
    return replace(merged, stops=merged.stops | old.stops)


def updated_place(old: Place | None, new: Place, known: frozenset[str]) -> Place:
    """Return `new` over `old`: at another address, nothing that was known of the door holds."""
    if old is None:
        return new
    if old.address != new.address:
        return updated(old, new, known | ABOUT_THE_DOOR)
    if new.point is None:
        return updated(old, new, known - POSITION)
    return updated(old, new, known | POSITION)
