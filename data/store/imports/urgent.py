"""An urgent case is a list of one row: kept with who brought it, and taken back as any list is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from data.readers.digest import digest
from data.store.imports import scope
from data.store.imports.batches import NewImport
from data.store.store import SqlStore, SqlWriter
from scheduler.errors import ConflictError
from scheduler.ports import BookChange, By, CaseRecord
from scheduler.slots.urgent import Placed


def list_of_one(cells: Mapping[str, str], key: str, secret: bytes) -> NewImport:
    """Return the list that a case is, of the texts of its fields; `key` is of the press."""
    content = digest(json.dumps(cells, sort_keys=True, ensure_ascii=False), secret)
    return NewImport(key, "cases", "", content)


def take_urgent(
    store: SqlStore,
    by: By,
    city: str,
    record: CaseRecord,
    known: frozenset[str],
    placed: Placed,
    new: NewImport,
) -> bool:
    """Bring an urgent case into the book, placed, in one transaction; answer whether it is new.

    The same list sent again is taken in once.

    Raises
    ------
    ConflictError
        Where the book holds another case of that contract number, or the borrower is another's.
    """
    case = record.case
    whose = store.borrowers_by_case(city).get(case.id)
    if whose not in (None, case.borrower_id):
        raise ConflictError(
            f"contract {case.id} is in the book already, of another borrower: look it up in Cases"
        )
    (place, *_) = record.places

    def put(writer: SqlWriter) -> BookChange:
        change = writer.put_cases(city, [record], known=known, complete=False)
        if place.point is None:
            writer.put_positions(city, {place: placed.found})
        return change

    with store.writing(by) as writer:
        _, change = writer.take_in(city, new, scope.of_cases([record]), put)
        if change.new:
            writer.note("case.urgent", case.id, city=city, after={"borrower_id": case.borrower_id})
    return bool(change.new)
