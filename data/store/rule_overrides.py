"""House rules set aside for a borrower on a day: asked by one person, allowed by another."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from data import tables
from data.store.cities import local_day
from data.store.events import Transaction
from data.store.rows import Only, among, from_row
from scheduler.errors import ConflictError, NotFoundError
from scheduler.overriding import AskedOverride, AskState, refuse_undecidable
from scheduler.restraints import Override

override = tables.rule_override.c
OPEN = (AskState.ASKED, AskState.ALLOWED)


def list_overrides(
    connection: Connection, city: str, *where: ColumnElement[bool]
) -> list[AskedOverride]:
    """Return the overrides of a city that fit, the newest first."""
    query = select(tables.rule_override).where(override.city == city, *where)
    rows = connection.execute(query.order_by(override.id.desc())).mappings()
    return [from_row(AskedOverride, row) for row in rows]


def in_force(
    connection: Connection, city: str, on: date, only: Only = None
) -> dict[str, list[Override]]:
    """Return the overrides that hold on a day, by borrower."""
    where = (override.on == on, override.state == AskState.ALLOWED)
    hers = among(override.borrower_id, only)
    found: dict[str, list[Override]] = defaultdict(list)
    for asked in reversed(list_overrides(connection, city, *where, hers)):
        if (holds := asked.in_force()) is not None:
            found[asked.borrower_id].append(holds)
    return found


def ask_override(
    tx: Transaction,
    city: str,
    borrower_id: str,
    rule: str,
    on: date,
    reason: str,
    key: str | None = None,
) -> AskedOverride:
    """Keep that the actor asks to set a rule aside; `scheduler.overriding` says what may be asked.

    `key` is the asker's own: what was asked by it is returned as it stands by now.

    Raises
    ------
    NotFoundError
        Where the city has no such borrower.
    ConflictError
        Where the day has passed, the same was asked already, or something else by that key.
    """
    if key is not None and (asked := list_overrides(tx.connection, city, override.key == key)):
        return _asked_before(asked[0], (borrower_id, rule, on), key)
    _refuse_stranger(tx.connection, city, borrower_id)
    if on < local_day(tx, city, tx.by.at):
        raise ConflictError(f"{on} has passed: nothing can be set aside for it any more")
    same = (override.borrower_id == borrower_id, override.rule == rule, override.on == on)
    if there := list_overrides(tx.connection, city, *same, override.state.in_(OPEN)):
        raise ConflictError(
            f"override {there[0].id} of {rule} for {on} is {there[0].state} already"
        )
    row = {
        **{"city": city, "borrower_id": borrower_id, "rule": rule, "on": on},
        **{"reason": reason.strip(), "state": AskState.ASKED, "note": ""},
        **{"asked_by": tx.by.actor, "asked_at": tx.by.at, "key": key},
    }
    added = insert(tables.rule_override).returning(override.id)
    id = tx.connection.scalar(added, row)
    told = {"id": id, "rule": rule, "on": on.isoformat()}
    tx.note("override.asked", borrower_id, city=city, after=told)
    return get_override(tx.connection, city, id or 0)


def _asked_before(asked: AskedOverride, what: tuple[str, str, date], key: str) -> AskedOverride:
    if (asked.borrower_id, asked.rule, asked.on) != what:
        raise ConflictError(f"override {asked.id} was asked by the key {key!r}: take another key")
    return asked


def get_override(connection: Connection, city: str, id: int) -> AskedOverride:
    """Return an override; NotFoundError where the city has none of that number."""
    found = list_overrides(connection, city, override.id == id)
    if not found:
        raise NotFoundError(f"{city} has no override {id}: look at its list")
    return found[0]


def decide_override(
    tx: Transaction, city: str, id: int, *, is_allowed: bool, note: str
) -> AskedOverride:
    """Allow or decline what another person asked; ConflictError as `refuse_undecidable` says."""
    asked = get_override(tx.connection, city, id)
    refuse_undecidable(asked, tx.by.actor, local_day(tx, city, tx.by.at))
    state = AskState.ALLOWED if is_allowed else AskState.DECLINED
    decided = {"decided_by": tx.by.actor, "decided_at": tx.by.at, "note": note.strip()}
    return _change(tx, asked, state, **decided)


def withdraw_override(tx: Transaction, city: str, id: int) -> AskedOverride:
    """Take back what was asked or allowed; ConflictError where it is neither any more."""
    asked = get_override(tx.connection, city, id)
    if asked.state not in OPEN:
        raise ConflictError(f"override {id} is {asked.state} already: look at the list again")
    return _change(tx, asked, AskState.WITHDRAWN)


def _change(
    tx: Transaction, asked: AskedOverride, state: AskState, **decided: Any
) -> AskedOverride:
    whose = (override.id == asked.id, override.city == asked.city)
    tx.connection.execute(update(tables.rule_override).where(*whose).values(state=state, **decided))
    told = {"id": asked.id, "rule": asked.rule, "on": asked.on.isoformat()}
    tx.note(f"override.{state}", asked.borrower_id, city=asked.city, after=told)
    return get_override(tx.connection, asked.city, asked.id)


def _refuse_stranger(connection: Connection, city: str, borrower_id: str) -> None:
    borrower = tables.borrower.c
    whose = (borrower.city == city, borrower.id == borrower_id)
    if connection.scalar(select(borrower.id).where(*whose)) is None:
        raise NotFoundError(f"{city} has no borrower {borrower_id!r}")
