"""Who stands in for a case's owner on a day: said of many at once, taken back, over with the day.

A plan that sends her keeps standing: who would forbid it by taking back is told so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, Connection, insert, select, update

from data import tables
from data.store.cities import get_city, local_day
from data.store.events import Transaction
from data.store.owned_cases import OwnedCase, open_cases, refuse_other_agencies
from data.store.planned_crews import crews_sent
from data.store.rows import from_row
from scheduler.errors import ConflictError, NotFoundError
from scheduler.model import OwnerPolicy
from scheduler.standing_in import Handing, StandIn

stand_in = tables.stand_in.c


def standing(connection: Connection, city: str, on: date) -> list[StandIn]:
    """Return who stands in on a day and was not taken back, the oldest first."""
    return _list(connection, stand_in.city == city, stand_in.on == on, stand_in.ended_at.is_(None))


def by_case(connection: Connection, city: str, on: date) -> Mapping[str, frozenset[str]]:
    """Return who stands in on a day, by case."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in standing(connection, city, on):
        found[one.case_id].add(one.collector_id)
    return {id: frozenset(who) for id, who in found.items()}


def put_stand_ins(tx: Transaction, city: str, on: date, told: Handing) -> list[StandIn]:
    """Let collectors stand in for the owners of open cases on a day, and return what stands.

    Where one does already, that stays; what was said by the same key is returned as it was kept.

    Raises
    ------
    NotFoundError
        Where there is no such open case or collector.
    ConflictError
        Where the day has passed, nobody owns a case, its owner herself is named, or somebody of
        another agency; all such cases are named, and nothing is kept. Or where the key was that
        of something else.
    """
    if told.key is not None and (kept := _said_by(tx.connection, city, told.key)):
        return _said_before(kept, told, on)
    _refuse_past(tx, city, on)
    cases = open_cases(tx.connection, city, told.to)
    refuse_other_agencies(tx.connection, city, cases, told.to)
    _refuse_owners(cases.values(), told.to)
    there = {(one.case_id, one.collector_id): one for one in standing(tx.connection, city, on)}
    return [
        there.get((id, who)) or put_one(tx, city, cases[id], who, on, told.key)
        for id, who in sorted(told.to.items())
    ]


def put_one(
    tx: Transaction, city: str, of: OwnedCase, who: str, on: date, key: str | None
) -> StandIn:
    """Keep that somebody stands in, whatever is there."""
    row = {
        **{"city": city, "case_id": of.id, "collector_id": who, "on": on, "key": key},
        **{"said_by": tx.by.actor, "said_at": tx.by.at},
    }
    made = tx.connection.execute(insert(tables.stand_in).values(row).returning(tables.stand_in))
    kept = from_row(StandIn, made.mappings().one())
    _note(tx, "case.stood_in", city, kept, of.agency)
    return kept


def end_stand_in(tx: Transaction, city: str, id: int) -> StandIn:
    """Take back that somebody stands in; one that was taken back already stays as it is.

    Raises
    ------
    NotFoundError
        Where the city has none of that number.
    ConflictError
        Where its day has passed, or a plan of that day sends her to the case, where nobody else
        who comes may go.
    """
    its = (stand_in.city == city, stand_in.id == id)
    found = _list(tx.connection, *its)
    if not found:
        raise NotFoundError(f"{city} has no stand-in {id}: look at who stands in today")
    (one,) = found
    if one not in standing(tx.connection, city, one.on):
        return one
    _refuse_past(tx, city, one.on)
    its_case = open_cases(tx.connection, city, [one.case_id])[one.case_id]
    _refuse_needed(tx.connection, city, one, its_case)
    ended = {"ended_by": tx.by.actor, "ended_at": tx.by.at}
    tx.connection.execute(update(tables.stand_in).where(*its).values(**ended))
    _note(tx, "case.stand_in_ended", city, one, its_case.agency)
    return one


def _refuse_past(tx: Transaction, city: str, on: date) -> None:
    if on < (today := local_day(tx, city, tx.by.at)):
        raise ConflictError(f"{on} has passed: name {today} or a later day")


def _refuse_owners(cases: Iterable[OwnedCase], to: Mapping[str, str]) -> None:
    wrong = sorted(case.id for case in cases if case.owner in (None, to[case.id]))
    if wrong:
        names = ", ".join(wrong)
        raise ConflictError(f"nobody can stand in where none or she herself is the owner: {names}")


def _refuse_needed(connection: Connection, city: str, one: StandIn, its_case: OwnedCase) -> None:
    """Raise ConflictError where a plan of the day could not send whom it sends without her."""
    if get_city(connection, city).owner_policy is not OwnerPolicy.FIXED:
        return
    left = [other for other in standing(connection, city, one.on) if other.id != one.id]
    for sent in crews_sent(connection, city, its_case, one.on):
        if sent.on != one.on or one.collector_id not in sent.members:
            continue
        owners = {case.owner for case in open_cases(connection, city, sent.case_ids).values()}
        owners |= {other.collector_id for other in left if other.case_id in sent.case_ids}
        if not owners & sent.members:
            raise ConflictError(
                f"collector {one.collector_id} is planned to go to case {one.case_id} on {one.on}: "
                "move the visit or take it off first"
            )


def _list(connection: Connection, *where: ColumnElement[bool]) -> list[StandIn]:
    rows = connection.execute(select(tables.stand_in).where(*where).order_by(stand_in.id))
    return [from_row(StandIn, row) for row in rows.mappings()]


def _said_by(connection: Connection, city: str, key: str) -> list[StandIn]:
    return _list(connection, stand_in.city == city, stand_in.key == key)


def _said_before(kept: list[StandIn], told: Handing, on: date) -> list[StandIn]:
    if any(one.on != on or told.to.get(one.case_id) != one.collector_id for one in kept):
        raise ConflictError(f"something else was said by the key {told.key!r}: take another key")
    return kept


def _note(tx: Transaction, kind: str, city: str, one: StandIn, agency: str) -> None:
    told = {"id": one.id, "collector_id": one.collector_id, "day": str(one.on)}
    tx.note(kind, one.case_id, city=city, agency=agency, after=told)
