"""Which contacts of a batch may take the place of another, and what is wrong with the others."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from data import tables
from data.store.events import Transaction
from data.store.rows import chunks
from scheduler.contacts import Contact
from scheduler.ports import NotTaken


@dataclass(frozen=True, slots=True)
class Kept:
    """Of a contact of the book: whose it is, and which one took its place."""

    borrower_id: str
    corrected_by: str | None


def sift(
    tx: Transaction, city: str, told: Sequence[Contact]
) -> tuple[list[Contact], tuple[NotTaken, ...]]:
    """Part contacts: those that go in, and those whose `corrects` is wrong.

    What they correct stands in the book or in the batch, before or after them. Of several that
    correct the same one, the first is taken; of those that correct each other in a ring, none.
    """
    book = _kept(tx, city, {key for one in told for key in (one.key, one.corrects) if key})
    fresh = {one.key: one for one in reversed(told) if one.key not in book}
    waiting: dict[str, list[Contact]] = defaultdict(list)
    for one in told:
        if one.corrects and fresh.get(one.key) is one:
            waiting[one.corrects].append(one)
    takes = _takers(book, fresh, waiting)
    wrong = {
        one.key: NotTaken(one.key, "corrects", _problem(book, takes, one))
        for rivals in waiting.values()
        for one in rivals
        if takes.get(one.corrects) != one.key
    }
    good = [one for one in told if one.key not in wrong]
    return good, tuple(wrong[key] for key in dict.fromkeys(one.key for one in told) if key in wrong)


def _takers(
    book: Mapping[str, Kept], fresh: Mapping[str, Contact], waiting: Mapping[str, Sequence[Contact]]
) -> dict[str, str]:
    """Return by contact the one of the batch that takes its place, from what surely stands on."""
    sure = deque([*book, *(key for key, one in fresh.items() if not one.corrects)])
    takes: dict[str, str] = {}
    while sure:
        key = sure.popleft()
        its = book.get(key)
        if its is not None and its.corrected_by is not None:
            continue
        whose = its.borrower_id if its is not None else fresh[key].borrower_id
        hers = (one for one in waiting.get(key, ()) if one.borrower_id == whose)
        first = next(hers, None)
        if first is not None:
            takes[key] = first.key
            sure.append(first.key)
    return takes


def _problem(book: Mapping[str, Kept], takes: Mapping[str, str], one: Contact) -> str:
    its = book.get(one.corrects)
    newer = its.corrected_by if its is not None else None
    newer = newer or takes.get(one.corrects)
    if newer is None or (its is not None and its.borrower_id != one.borrower_id):
        return f"borrower {one.borrower_id!r} has no contact {one.corrects!r} to correct"
    return f"contact {one.corrects!r} was corrected by {newer!r}: correct that one"


def _kept(tx: Transaction, city: str, keys: Iterable[str]) -> dict[str, Kept]:
    its = tables.contact.c
    query = select(its.key, its.borrower_id, its.corrected_by).where(its.city == city)
    return {
        row.key: Kept(row.borrower_id, row.corrected_by)
        for some in chunks(sorted(keys))
        for row in tx.connection.execute(query.where(its.key.in_(some)))
    }
