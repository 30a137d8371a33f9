"""What stands on the rows of a list by now, and so keeps them from being taken back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from data import tables
from data.plain import to_json, to_plain
from data.store.imports.images import BY_MACHINE, row_digest
from data.store.rows import Row, chunks


class Why(StrEnum):
    """Why a row is not taken back."""

    VISITED = "visited"  # she was visited, or a crew stood at her door
    CONTACTED = "contacted"  # a contact was logged
    PAID = "paid"  # a payment came in
    RESTRAINED = "restrained"  # a pause, wish or consent was entered
    IMPORTED = "imported"  # a later list changed the same
    EDITED = "edited"  # somebody, or something, changed it
    HANDED = "handed"  # somebody stood in for the owner, or the case was given to another
    EMPLOYED = "employed"  # the collector has shifts, pairs, a log-in or a crew, or stood in
    BEGUN = "begun"  # the collector's day has begun


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on what is somebody's; `detail` is the later list's number, or field names."""

    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that a list changed, as the book keeps it; see `images.Image`."""

    position: int
    table: str
    key: str
    whose: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def was_added(self) -> bool:
        return self.before is None


ENDED_ANYHOW = frozenset({"wish", "promise"})
"""What a list added here may have been ended since: then nothing is left to do."""

Current = Mapping[tuple[str, str], Row]
"""Rows of the book as they stand, by their table and the text of their key."""


def what_stands(
    connection: Connection, city: str, batch: int, made_at: datetime, rows: Sequence[KeptRow],
    now: Current,
) -> dict[str, Standing]:  # fmt: skip
    """Return what stands on the rows of a list, by whose they are; whoever is absent is free."""
    found: dict[str, Standing] = {}
    people = sorted({row.whose for row in rows if row.table not in OF_STAFF})
    new = sorted({row.whose for row in rows if row.table == "loan_case" and row.was_added})
    keys = {row.key for row in rows if row.table in ("contact", "payment")}
    _say(found, Why.VISITED, _visited(connection, city, people, made_at))
    _say(found, Why.CONTACTED, _contacted(connection, city, new, made_at, keys))
    _say(found, Why.PAID, _paid(connection, city, new, made_at, keys))
    _say(found, Why.RESTRAINED, _restrained(connection, city, new, made_at, rows))
    _say(found, Why.BEGUN, _begun(connection, city, rows))
    _say(found, Why.HANDED, _handed(connection, city, new))
    added = [row.whose for row in rows if row.table == "collector" and row.was_added]
    _say(found, Why.EMPLOYED, _employed(connection, city, added))
    for whose, number in _imported(connection, city, batch, rows):
        found.setdefault(whose, Standing(Why.IMPORTED, number))
    for row in rows:
        if fields := _edited(row, now.get((row.table, row.key))):
            found.setdefault(row.whose, Standing(Why.EDITED, ", ".join(fields)))
    return found


OF_STAFF = frozenset({"collector", "shift", "pair"})


def _say(found: dict[str, Standing], why: Why, whose: Iterable[str]) -> None:
    for one in whose:
        found.setdefault(one, Standing(why))


def _asked(
    connection: Connection, query: Select[Any], column: ColumnElement[str], ids: Sequence[str]
) -> set[Any]:
    """Return the rows of a query about some ids, however many they are."""
    return {
        tuple(row)
        for some in chunks(ids)
        for row in connection.execute(query.where(column.in_(some)))
    }


def _visited(connection: Connection, city: str, people: Sequence[str], since: datetime) -> set[str]:
    outcome, mark, stop = tables.outcome.c, tables.visit_mark.c, tables.stop.c
    told = select(outcome.borrower_id).where(outcome.city == city, outcome.recorded_at > since)
    stood = (
        select(stop.borrower_id)
        .join(tables.visit_mark, (mark.plan_id == stop.plan_id) & (mark.visit_id == stop.id))
        .where(mark.city == city, mark.recorded_at > since)
    )
    found = _asked(connection, told, outcome.borrower_id, people)
    return {one for (one,) in found | _asked(connection, stood, stop.borrower_id, people)}


def _contacted(
    connection: Connection, city: str, people: Sequence[str], since: datetime, own: set[str]
) -> set[str]:
    contact = tables.contact.c
    query = select(contact.borrower_id, contact.key).where(
        contact.city == city, contact.recorded_at > since
    )
    found = _asked(connection, query, contact.borrower_id, people)
    return {whose for whose, key in found if key_text(key) not in own}


def _paid(
    connection: Connection, city: str, people: Sequence[str], since: datetime, own: set[str]
) -> set[str]:
    payment, case = tables.payment.c, tables.loan_case.c
    query = (
        select(case.borrower_id, payment.key)
        .join(tables.loan_case, (case.city == payment.city) & (case.id == payment.case_id))
        .where(payment.city == city, payment.recorded_at > since)
    )
    found = _asked(connection, query, case.borrower_id, people)
    return {whose for whose, key in found if key_text(key) not in own}


def _restrained(
    connection: Connection,
    city: str,
    people: Sequence[str],
    since: datetime,
    rows: Sequence[KeptRow],
) -> set[str]:
    own = {row.key for row in rows if row.table == "wish"}
    found: set[str] = set()
    for table in (tables.pause, tables.wish, tables.consent):
        query = select(table.c.borrower_id, table.c.id).where(
            table.c.city == city, table.c.made_at > since
        )
        told = _asked(connection, query, table.c.borrower_id, people)
        found |= {
            whose for whose, id in told if table is not tables.wish or key_text(id) not in own
        }
    return found


def _handed(connection: Connection, city: str, people: Sequence[str]) -> set[str]:
    """Return whose cases went to another than their owner, for a day or for good."""
    case, found = tables.loan_case.c, set[str]()
    for table in (tables.stand_in, tables.case_gift):
        its = (case.city == table.c.city) & (case.id == table.c.case_id)
        query = select(case.borrower_id).join(table, its).where(case.city == city)
        found |= {one for (one,) in _asked(connection, query, case.borrower_id, people)}
    return found


def _begun(connection: Connection, city: str, rows: Sequence[KeptRow]) -> set[str]:
    """Return the collectors whose day has begun, on a day of which a list changed the shift."""
    days = {(row.whose, json.loads(row.key)[0]) for row in rows if row.table == "shift"}
    if not days:
        return set()
    mark = tables.visit_mark.c
    first = date.fromisoformat(min(on for _, on in days))
    query = select(mark.on, mark.crew).where(mark.city == city, mark.on >= first)
    began = {(id, str(on)) for on, crew in connection.execute(query) for id in crew}
    return {whose for whose, on in days if (whose, on) in began}


def _employed(connection: Connection, city: str, staff: Sequence[str]) -> set[str]:
    """Return which collectors somebody counts on."""
    shift, pair, grant, crew = tables.shift.c, tables.pair.c, tables.user_grant.c, tables.crew.c
    found: set[str] = set()
    for column, of in (
        (shift.collector_id, shift.city),
        (pair.first, pair.city),
        (pair.second, pair.city),
        (grant.collector_id, grant.city),
        (tables.stand_in.c.collector_id, tables.stand_in.c.city),
    ):
        query = select(column).where(of == city)
        found |= {one for (one,) in _asked(connection, query, column, staff)}
    sent = connection.scalars(select(crew.members).where(crew.city == city)) if staff else ()
    return found | ({id for members in sent for id in members} & set(staff))


def _imported(
    connection: Connection, city: str, batch: int, rows: Sequence[KeptRow]
) -> list[tuple[str, str]]:
    """Return whose rows a later list has changed, with that list's number."""
    row = tables.import_row.c
    whose = {(one.table, one.key): one.whose for one in rows}
    query = select(row.of_table, row.row_key, row.batch_id).where(
        row.city == city, row.batch_id > batch, row.taken_back_at.is_(None)
    )
    later = _asked(connection, query, row.row_key, sorted({key for _, key in whose}))
    return sorted((whose[name, key], str(id)) for name, key, id in later if (name, key) in whose)


def _edited(row: KeptRow, now: Row | None) -> list[str]:
    """Return the columns that differ from what the list made of them."""
    if row.after is None or (row.was_added and (now is None or row.table in ENDED_ANYHOW)):
        return []
    if row.was_added:
        assert now is not None, "asked above"
        return [] if row_digest(row.table, now) == row.after["digest"] else [row.table]
    passed = BY_MACHINE.get(row.table, frozenset())
    if now is None:
        return [row.table]
    return sorted(
        name
        for name, value in row.after.items()
        if name not in passed and to_plain(now[name]) != value
    )


def key_text(*key: Any) -> str:
    """Return the text by which a row's key is kept."""
    return to_json(to_plain(key))


def by_person(rows: Iterable[KeptRow]) -> dict[str, list[KeptRow]]:
    """Return rows by whose they are."""
    found: dict[str, list[KeptRow]] = defaultdict(list)
    for row in rows:
        found[row.whose].append(row)
    return found
