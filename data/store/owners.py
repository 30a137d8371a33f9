"""Cases are given to other collectors for good, and given back.

Whose crew a plan sends goes on going: she stands in on that day, so that no gift forbids a visit.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, insert, select, update

from data import tables
from data.store.cities import local_day
from data.store.events import Transaction
from data.store.owned_cases import OwnedCase, open_cases, refuse_other_agencies
from data.store.planned_crews import crews_sent
from data.store.rows import from_row
from data.store.stand_ins import by_case, put_one
from scheduler.errors import ConflictError, NotFoundError
from scheduler.standing_in import Gift, Handing

case, gift = tables.loan_case.c, tables.case_gift.c

MOST = 50
"""Gifts that are listed of one collector."""


def gifts_of(connection: Connection, city: str, collector_id: str) -> list[Gift]:
    """Return what was given of a collector's cases and can be given back, the newest first."""
    given_back = select(gift.undoes).where(gift.city == city, gift.undoes.is_not(None))
    query = (
        select(tables.case_gift)
        .join(tables.loan_case, (case.city == gift.city) & (case.id == gift.case_id))
        .where(gift.city == city, gift.before == collector_id, gift.undoes.is_(None))
        .where(case.closed_at.is_(None), case.owner == gift.owner, gift.id.not_in(given_back))
        .order_by(gift.id.desc())
        .limit(MOST)
    )
    return [from_row(Gift, row) for row in connection.execute(query).mappings()]


def give_cases(tx: Transaction, city: str, told: Handing) -> list[Gift]:
    """Let collectors own open cases from now on; who owns one already changes nothing.

    What was given by the same key is returned as it was kept.

    Raises
    ------
    NotFoundError
        Where there is no such open case or no such collector.
    ConflictError
        Where one works for another agency than the case's; all such are named, and nothing is
        given. Or where the key was that of something else.
    """
    if told.key is not None and (kept := _given_by(tx.connection, city, told.key)):
        return _given_before(kept, told)
    cases = open_cases(tx.connection, city, told.to)
    refuse_other_agencies(tx.connection, city, cases, told.to)
    return [
        _give(tx, city, cases[id], who, told.key)
        for id, who in sorted(told.to.items())
        if cases[id].owner != who
    ]


def give_back(tx: Transaction, city: str, id: int) -> Gift:
    """Let a case be whose it was before a gift, by another gift.

    Raises
    ------
    NotFoundError
        Where the city has no such gift, or the case is closed.
    ConflictError
        Where it was given back already, or somebody else owns the case by now.
    """
    found = _list(tx.connection, gift.city == city, gift.id == id)
    if not found:
        raise NotFoundError(f"{city} has no gift {id}: look at whose the case is")
    (one,) = found
    if _list(tx.connection, gift.city == city, gift.undoes == id):
        raise ConflictError(f"case {one.case_id} was given back already")
    its_case = open_cases(tx.connection, city, [one.case_id])[one.case_id]
    if its_case.owner != one.owner:
        now = its_case.owner or "nobody"
        raise ConflictError(
            f"case {one.case_id} is not given back: by a later change {now} owns it"
        )
    return _give(tx, city, its_case, one.before, None, undoes=id)


def _give(
    tx: Transaction, city: str, of: OwnedCase, who: str | None, key: str | None,
    undoes: int | None = None,
) -> Gift:  # fmt: skip
    row = {
        **{"city": city, "case_id": of.id, "before": of.owner, "owner": who, "key": key},
        **{"given_by": tx.by.actor, "given_at": tx.by.at, "undoes": undoes},
    }
    made = tx.connection.execute(insert(tables.case_gift).values(row).returning(tables.case_gift))
    its = (case.city == city, case.id == of.id)
    tx.connection.execute(update(tables.loan_case).where(*its).values(owner=who))
    before, after = {"owner": of.owner}, {"owner": who}
    tx.note("case.changed", of.id, city=city, agency=of.agency, before=before, after=after)
    _stand_in_where_sent(tx, city, of)
    return from_row(Gift, made.mappings().one())


def _stand_in_where_sent(tx: Transaction, city: str, of: OwnedCase) -> None:
    """Let who owned a case until now stand in on the days on which a plan sends her crew to it."""
    if of.owner is None:
        return
    since = local_day(tx, city, tx.by.at)
    sent = crews_sent(tx.connection, city, of, since)
    for on in sorted({crew.on for crew in sent if of.owner in crew.members}):
        if of.owner not in by_case(tx.connection, city, on).get(of.id, ()):
            put_one(tx, city, of, of.owner, on, None)


def _list(connection: Connection, *where: ColumnElement[bool]) -> list[Gift]:
    rows = connection.execute(select(tables.case_gift).where(*where).order_by(gift.id))
    return [from_row(Gift, row) for row in rows.mappings()]


def _given_by(connection: Connection, city: str, key: str) -> list[Gift]:
    return _list(connection, gift.city == city, gift.key == key)


def _given_before(kept: list[Gift], told: Handing) -> list[Gift]:
    if any(told.to.get(one.case_id) != one.owner for one in kept):
        raise ConflictError(f"something else was given by the key {told.key!r}: take another key")
    return kept
