"""What dispatchers say of borrowers: for many at once, replaced by a later word, taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from data import tables
from data.plain import to_plain
from data.store.cities import local_day
from data.store.events import Transaction
from data.store.rows import Only, among, from_row, rows_of
from scheduler.directives import Directive, DirectiveKind, refuse_past, replaced
from scheduler.errors import ConflictError, NotFoundError

directive = tables.directive.c


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of some borrowers at once; `key` is the sender's own, None where it has none."""

    kind: DirectiveKind
    on: date
    borrower_ids: Sequence[str]
    reason: str = ""
    key: str | None = None


def standing(
    connection: Connection, city: str, only: Only = None, since: date | None = None
) -> list[Directive]:
    """Return what nobody has taken back, the oldest first; with `since`, what matters from then.

    A word about a day is over with it, and one about the days before a day once that day comes.
    """
    hers = among(directive.borrower_id, only)
    query = [directive.city == city, directive.ended_at.is_(None), hers]
    return _list(connection, *query, *([directive.on >= since] if since else []))


def by_borrower(
    connection: Connection, city: str, on: date, only: Only = None
) -> Mapping[str, Sequence[Directive]]:
    """Return what matters on a day or after it, by borrower."""
    found: dict[str, list[Directive]] = defaultdict(list)
    for one in standing(connection, city, only, on):
        found[one.borrower_id].append(one)
    return found


def put_directives(tx: Transaction, city: str, told: Words) -> list[Directive]:
    """Keep the same word about some borrowers, and return what stands of each by now.

    It takes the place of what it contradicts. Where the same stands already, that stays; what was
    said by the same key is returned as it was kept.

    Raises
    ------
    NotFoundError
        Where the city has no such borrower; all of them are named, and nothing is kept.
    ConflictError
        Where the day has passed, or the key was that of another word.
    """
    ids = sorted(set(told.borrower_ids))
    if told.key is not None and (kept := _said_by(tx.connection, city, told.key)):
        return _said_before(kept, told, ids)
    refuse_past(told.kind, told.on, local_day(tx, city, tx.by.at))
    _refuse_strangers(tx.connection, city, ids)
    before = by_borrower(tx.connection, city, date.min, ids)
    return [_put_one(tx, city, id, told, before.get(id, ())) for id in ids]


def end_directives(tx: Transaction, city: str, ids: Iterable[int]) -> list[Directive]:
    """Take words back; what they took the place of holds again, unless a later word is against it.

    One that was taken back or replaced already stays as it is.

    Raises
    ------
    NotFoundError
        Where the city has none of such a number; nothing is taken back then.
    """
    wanted = sorted(set(ids))
    found = _list(tx.connection, directive.city == city, directive.id.in_(wanted))
    if missing := set(wanted) - {one.id for one in found}:
        numbers = ", ".join(map(str, sorted(missing)))
        raise NotFoundError(f"{city} has no directive {numbers}: list what is there")
    alive = {one.id for one in standing(tx.connection, city, {one.borrower_id for one in found})}
    for one in found:
        if one.id in alive:
            _end(tx, city, one)
            _resume_replaced(tx, city, one)
    return found


def _put_one(
    tx: Transaction, city: str, id: str, told: Words, before: Sequence[Directive]
) -> Directive:
    new = Directive(0, id, told.kind, told.on, tx.by.actor, tx.by.at, told.reason.strip())
    over = replaced(new, before)
    same = next((one for one in over if (one.kind, one.on) == (new.kind, new.on)), None)
    if same is not None:
        return same
    row = {
        **{"city": city, "borrower_id": id, "kind": new.kind, "on": new.on, "key": told.key},
        **{"reason": new.reason, "said_by": new.said_by, "said_at": new.said_at},
    }
    made = tx.connection.execute(insert(tables.directive).values(row).returning(tables.directive))
    kept = from_row(Directive, made.mappings().one())
    for one in over:
        _end(tx, city, one, replaced_by=kept.id)
    _note(tx, "directive.added", city, kept)
    return kept


def _end(tx: Transaction, city: str, one: Directive, replaced_by: int | None = None) -> None:
    values = {"ended_by": tx.by.actor, "ended_at": tx.by.at, "replaced_by": replaced_by}
    _change(tx, city, one, values)
    _note(tx, "directive.ended", city, one)


def _resume_replaced(tx: Transaction, city: str, ended: Directive) -> None:
    """Let hold again what a word took the place of, where no later word is against it."""
    its = (directive.city == city, directive.replaced_by == ended.id)
    for one in _list(tx.connection, *its):
        if not replaced(one, standing(tx.connection, city, one.borrower_id)):
            _change(tx, city, one, {"ended_by": None, "ended_at": None, "replaced_by": None})
            _note(tx, "directive.resumed", city, one)


def _change(tx: Transaction, city: str, one: Directive, values: Mapping[str, Any]) -> None:
    whose = (directive.city == city, directive.id == one.id)
    tx.connection.execute(update(tables.directive).where(*whose).values(**values))


def _note(tx: Transaction, kind: str, city: str, one: Directive) -> None:
    """Tell what was said, but not why: what people write may hold names."""
    told = {"id": one.id, "kind": one.kind, "day": one.on}
    tx.note(kind, one.borrower_id, city=city, after=to_plain(told))


def _list(connection: Connection, *where: ColumnElement[bool]) -> list[Directive]:
    rows = connection.execute(select(tables.directive).where(*where).order_by(directive.id))
    return [from_row(Directive, row) for row in rows.mappings()]


def _said_by(connection: Connection, city: str, key: str) -> list[Directive]:
    return _list(connection, directive.city == city, directive.key == key)


def _said_before(kept: list[Directive], told: Words, ids: Sequence[str]) -> list[Directive]:
    is_other = any((one.kind, one.on) != (told.kind, told.on) for one in kept)
    if is_other or not {one.borrower_id for one in kept} <= set(ids):
        raise ConflictError(f"something else was said by the key {told.key!r}: take another key")
    return kept


def _refuse_strangers(connection: Connection, city: str, ids: Sequence[str]) -> None:
    """Raise NotFoundError that names every borrower whom the city does not have."""
    known = {row["id"] for row in rows_of(connection, tables.borrower, city, ids)}
    if missing := [id for id in ids if id not in known]:
        raise NotFoundError(f"{city} has no borrower {', '.join(map(repr, missing))}")
