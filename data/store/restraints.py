"""Pauses, wishes and consents of borrowers: each holds until somebody ends it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table, insert, select, update

from data import tables
from data.plain import to_plain
from data.store.cities import local_day
from data.store.events import Transaction
from data.store.rows import Only, among, from_row, to_row
from scheduler.errors import ConflictError, NotFoundError
from scheduler.restraints import Consent, Pause, Restraint, Wish

TABLES = {Pause: tables.pause, Wish: tables.wish, Consent: tables.consent}
NAMES = {Pause: "pause", Wish: "wish", Consent: "consent"}
FREE_TEXT = ("source", "scope", "evidence")
"""What people write may hold names: no event tells it."""

WIDENED_BY_HOURS = ("hours", "house_hours")
Kind = TypeVar("Kind", Pause, Wish, Consent)


def standing(connection: Connection, kind: type[Kind], city: str, only: Only = None) -> list[Kind]:
    """Return what nobody has ended, of one kind, the oldest first."""
    table = TABLES[kind]
    whose = among(table.c.borrower_id, only)
    query = select(table).where(table.c.city == city, table.c.ended_at.is_(None), whose)
    return [
        from_row(kind, row) for row in connection.execute(query.order_by(table.c.id)).mappings()
    ]


def by_borrower(
    connection: Connection, kind: type[Kind], city: str, only: Only = None
) -> Mapping[str, Sequence[Kind]]:
    """Return what `standing` does, by borrower."""
    found: dict[str, list[Kind]] = defaultdict(list)
    for one in standing(connection, kind, city, only):
        found[one.borrower_id].append(one)
    return found


def put(tx: Transaction, city: str, new: Kind, agency: str = "") -> Kind:
    """Keep a pause, a wish or a consent, and return it with its number.

    `agency` is whose work told of it, where one's did: its people see the event.

    Raises
    ------
    NotFoundError
        Where the city has no such borrower.
    ConflictError
        Where it contradicts itself: it ends before it begins, names a place or a contract that
        is not hers, or a consent lacks its evidence or lies ahead.
    """
    _refuse_stranger(tx.connection, city, new.borrower_id)
    _refuse_contradiction(new)
    if not isinstance(new, Pause):
        _refuse_what_is_not_hers(tx.connection, city, new)
    if isinstance(new, Consent) and new.given_on > local_day(tx, city, tx.by.at):
        raise ConflictError(f"{new.given_on} is ahead: write the day on which she gave it")
    row = to_row(new, city=city, made_by=tx.by.actor, made_at=tx.by.at)
    del row["id"]  # the database counts
    table, name = TABLES[type(new)], NAMES[type(new)]
    made = tx.connection.execute(insert(table).values(row).returning(table)).mappings().one()
    kept = from_row(type(new), made)
    told = {key: one for key, one in to_plain(kept).items() if key not in FREE_TEXT}
    tx.note(f"{name}.added", new.borrower_id, city=city, agency=agency, after=told)
    return kept


def end(tx: Transaction, kind: type[Kind], city: str, id: int, agency: str = "") -> Kind:
    """End a pause, a wish or a consent; one that has ended already stays as it is.

    Raises
    ------
    NotFoundError
        Where the city has none of that number.
    """
    table, name = TABLES[kind], NAMES[kind]
    its_row = (table.c.city == city, table.c.id == id)
    row = tx.connection.execute(select(table).where(*its_row)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"{name} {id} is not in the book of {city}; list what is there")
    ended = from_row(kind, row)
    if row["ended_at"] is None:
        values = {"ended_by": tx.by.actor, "ended_at": tx.by.at}
        tx.connection.execute(update(table).where(*its_row).values(values))
        tx.note(f"{name}.ended", ended.borrower_id, city=city, agency=agency, after={"id": id})
    return ended


def _refuse_stranger(connection: Connection, city: str, borrower_id: str) -> None:
    borrower = tables.borrower.c
    whose = (borrower.city == city, borrower.id == borrower_id)
    if connection.scalar(select(borrower.id).where(*whose)) is None:
        raise NotFoundError(f"{city} has no borrower {borrower_id!r}")


def _refuse_what_is_not_hers(connection: Connection, city: str, new: Wish | Consent) -> None:
    """Raise ConflictError where a place or a contract is named that is none of the borrower's."""
    case_id = new.case_id if isinstance(new, Consent) else ""
    whose = new.borrower_id
    if new.place_id and not _is_hers(connection, tables.place, city, new.place_id, whose):
        raise ConflictError(f"{whose} has no place {new.place_id!r}: look at her cases first")
    if case_id and not _is_hers(connection, tables.loan_case, city, case_id, whose):
        raise ConflictError(f"{whose} has no contract {case_id!r}: look at her cases first")


def _is_hers(connection: Connection, table: Table, city: str, id: str, borrower_id: str) -> bool:
    its = (table.c.city == city, table.c.id == id, table.c.borrower_id == borrower_id)
    return connection.scalar(select(table.c.id).where(*its)) is not None


def _refuse_contradiction(new: Restraint) -> None:
    if isinstance(new, Consent):
        _refuse_consent(new)
        return
    if new.first and new.last and new.last < new.first:
        raise ConflictError(f"its last day {new.last} lies before its first, {new.first}")
    if not new.source.strip():
        raise ConflictError("say who said so, or where it stands")
    if isinstance(new, Wish) and not (new.blocked or new.place_kind or new.place_id or new.channel):
        raise ConflictError("say what is not wanted: hours, a kind of place, a place or a channel")


def _refuse_consent(new: Consent) -> None:
    if not new.evidence.strip() or not new.scope.strip():
        raise ConflictError("a consent needs its scope in words and its evidence: where it is kept")
    if new.expires and new.expires < new.given_on:
        raise ConflictError(f"it expires on {new.expires}, before it was given, {new.given_on}")
    if new.hours and new.rule not in WIDENED_BY_HOURS:
        raise ConflictError(f"hours widen {' and '.join(WIDENED_BY_HOURS)} alone, not {new.rule}")
