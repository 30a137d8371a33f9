"""What a list would change, looked at without changing anything; and the list taken in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from data import database
from data.made_up import refuse_real_people
from data.readers.report import ReadResult, with_refused
from data.store.cases import Comparison, compare_cases
from data.store.imports.batches import NewImport
from data.store.owners_ahead import visits_that_lose
from data.store.rows import changes
from scheduler.ports import BookChange, By
from web.imports.kinds import KINDS, Asked, Kind
from web.imports.uploads import Upload
from web.wiring import Wired

if TYPE_CHECKING:
    from data.readers.report import Progress

LISTED = 300
"""Changed rows that are kept for the page by name."""

COUNTED = ("new", "changed", "unchanged", "gone", "clashing")


def asked_of(wired: Wired, upload: Upload) -> Asked:
    """Return for whom a list is read."""
    return Asked(
        wired,
        wired.store.city(upload.city),
        wired.ports.clock(),
        upload.agency,
        upload.known_datum,
        upload.is_whole,
    )


def look_at(wired: Wired, upload: Upload, progress: Progress | None = None) -> dict[str, Any]:
    """Return what a list would change: counts, changed rows, faults and notes, as plain values.

    Raises
    ------
    FileError
        Where nothing of it can be imported.
    """
    kind, asked = KINDS[upload.kind], asked_of(wired, upload)
    read = kind.read(asked, upload.file, progress)
    refuse_real_people(wired.home, read.records)
    losing: list[list[str | None]] = []
    if upload.kind == "cases":
        compared = _compared(asked, read)
        change, changed = _cases(asked, compared)
        losing = _losing(asked, compared)
    else:
        change, changed = _tried(asked, kind, read)
    read = with_refused(read, change.refused)
    fields = Counter(name for names in changed.values() for name in names)
    return {
        "counts": {name: len(getattr(change, name)) for name in COUNTED},
        "fields": dict(fields.most_common()),
        "changed": dict(list(changed.items())[:LISTED]),
        "gone": list(change.gone[:LISTED]),
        "errors": [[one.line, one.column, one.value, one.problem] for one in read.errors],
        "bad_rows": len({one.line for one in read.errors}),
        "good_rows": len(read.records),
        "notes": list(read.notes),
        "losing": losing[:LISTED],
        "losing_in_all": len(losing),
    }


def take_in(wired: Wired, upload: Upload, by: By, progress: Progress | None = None) -> int:
    """Take the good rows of a list in, in one transaction; return the number of the import."""
    kind, asked = KINDS[upload.kind], asked_of(wired, upload)
    read = kind.read(asked, upload.file, progress)
    refuse_real_people(wired.home, read.records)
    new = NewImport(upload.token, upload.kind, upload.name_digest, upload.content_digest)
    gone = _gone(asked, read) if upload.is_whole else ()
    with wired.store.writing(by) as writer:
        id, _ = writer.take_in(
            upload.city, new, kind.scope(read.records, gone), lambda its: kind.put(its, asked, read)
        )
    upload.said(batch=id)
    upload.forget_rows()
    return id


def _gone(asked: Asked, read: ReadResult[Any]) -> tuple[str, ...]:
    return _compared(asked, read).gone


def _compared(asked: Asked, read: ReadResult[Any]) -> Comparison:
    with database.reading(asked.wired.store.engine) as connection:
        return compare_cases(connection, asked.city.name, read.records, read.known)


def _losing(asked: Asked, compared: Comparison) -> list[list[str | None]]:
    """Return the planned visits whose crew may not go any more: case, day and new owner."""
    before, after = compared.before.cases, compared.after.cases
    ids = (record.case.id for record in compared.records)
    to_be = {
        id: after[id].owner for id in ids if id in before and before[id].owner != after[id].owner
    }
    city, today = asked.city.name, asked.now.astimezone(ZoneInfo(asked.city.zone)).date()
    with database.reading(asked.wired.store.engine) as connection:
        found = visits_that_lose(connection, city, today, to_be)
    return [[one.case_id, one.on.isoformat(), one.owner] for one in found]


def _cases(asked: Asked, compared: Comparison) -> tuple[BookChange, dict[str, list[str]]]:
    """Hold a case list against the book: it may be long, so nobody is kept from writing."""
    change, is_changed = compared.change, set(compared.change.changed)
    changed = {
        record.case.id: sorted(
            name
            for _, old, new in compared.facts(record)
            for name in (changes(old, new)[1] if old is not None else ("address",))
        )
        for record in compared.records
        if record.case.id in is_changed
    }
    return change if asked.is_whole else replace(change, gone=()), changed


def _tried(
    asked: Asked, kind: Kind, read: ReadResult[Any]
) -> tuple[BookChange, dict[str, list[str]]]:
    """Take a list in on trial, by the very rules of taking in; nobody is kept from writing."""
    new, scope = NewImport("", "looked at", "", ""), kind.scope(read.records, ())
    with asked.wired.store.trying(By("", asked.now), asked.city.name, scope) as writer:
        id, change = writer.take_in(
            asked.city.name, new, scope, lambda its: kind.put(its, asked, read)
        )
        return change, _named(writer.rows_of_import(id))


def _named(rows: Sequence[Any]) -> dict[str, list[str]]:
    """Return the changed rows by name, with the fields that differ."""
    named: dict[str, list[str]] = {}
    for row in rows:
        if row.before and row.after:
            key = " ".join(map(str, json.loads(row.key)))
            named[key] = sorted({_field(name) for name in row.after})
    return named


def _field(column: str) -> str:
    """Return the field that a column holds a part of: 'start' of 'start_lat'."""
    for part in ("_lat", "_lon", "_start", "_end"):
        column = column.removesuffix(part)
    return column


def has_rows(found: Mapping[str, Any]) -> bool:
    """Tell whether taking a list in would change anything."""
    counts = found["counts"]
    return bool(counts["new"] or counts["changed"] or counts["gone"])
