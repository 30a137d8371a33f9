"""Stops of cases that were said at a door to be paid, as the book holds them, and their end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, exists, func, select, update

from data import tables
from data.store.consequences import undo_row
from data.store.events import Transaction
from data.store.follow_ups import end_tasks
from data.store.rows import Only, Row, among
from scheduler.dossier import Dossier
from scheduler.follow_ups import Task, TaskState
from scheduler.following import StepKind
from scheduler.model import StopFlag
from scheduler.told_paid import ToldPaid, came

consequence, outcome = tables.consequence.c, tables.outcome.c
balance, follow_up = tables.balance.c, tables.follow_up.c

LAPSED_ON = "lapsed_on"
"""The key in a step's detail that tells apart one that lapsed from one that was taken back."""


def told_paid_of(
    connection: Connection, city: str, only: Only = None
) -> Mapping[str, Sequence[ToldPaid]]:
    """Return by borrower the cases that she said are paid, where the word has a last day.

    What somebody took back is not among them; what has lapsed is.
    """
    by_case: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in connection.execute(_asked(city, only)):
        is_lapsed = LAPSED_ON in row.detail
        if row.detail["flag"] == StopFlag.PAID and (row.undone_at is None or is_lapsed):
            by_case[row.borrower_id, row.case_id].append(row)
    found: dict[str, list[ToldPaid]] = defaultdict(list)
    for (who, _), rows in by_case.items():
        found[who] += _told(rows)
    return found


def _asked(city: str, only: Only) -> Any:
    """Ask for the steps that stop cases, with when each was told, in that order."""
    later = tables.outcome.alias()
    since = exists().where(
        later.c.city == outcome.city,
        later.c.borrower_id == outcome.borrower_id,
        later.c.at > outcome.at,
        later.c.was_made,
        later.c.corrected_by.is_(None),
    )
    its_balance = and_(balance.city == consequence.city, balance.case_id == consequence.case_id)
    return (
        select(
            tables.consequence,
            outcome.at,
            since.label("is_visited"),
            func.coalesce(balance.is_paid, False).label("is_paid"),
        )
        .join(tables.outcome, outcome.key == consequence.outcome_key)
        .join(tables.balance, its_balance, isouter=True)
        .where(consequence.city == city, consequence.kind == StepKind.STOP_CASE)
        .where(among(consequence.borrower_id, only))
        .order_by(outcome.at, consequence.id)
    )


def _told(rows: Sequence[Any]) -> Iterator[ToldPaid]:
    """Yield what was said of one case: the last word of it; none where one has no last day."""
    held = [row for row in rows if row.undone_at is None]
    of_now = held or rows
    if not all(row.detail.get("due") for row in of_now):
        return
    last = of_now[-1]
    yield ToldPaid(
        case_id=last.case_id,
        at=last.at,
        until=max(date.fromisoformat(row.detail["due"]) for row in of_now),
        is_held=bool(held),
        is_alone=not (last.is_paid or of_now[0].before["had"]),
        is_visited=last.is_visited,
    )


def lapse(tx: Transaction, city: str, told: Mapping[str, Dossier], on: date) -> None:
    """Lift the stops of cases that are believed to be paid no more; its task was in vain."""
    for who, dossier in told.items():
        for one in dossier.told_paid:
            if one.is_held and one.has_lapsed(on):
                _lift(tx, city, who, one, dossier, on)


def _lift(tx: Transaction, city: str, who: str, one: ToldPaid, dossier: Dossier, on: date) -> None:
    for row in _holding(tx, city, who, one.case_id):
        whose = {"city": city, "agency": row["agency"]}
        after = {"due": one.until.isoformat(), "paid": str(came(one, dossier.payments))}
        tx.note("case.unconfirmed", one.case_id, **whose, after=after)
        is_its = (follow_up.source == row["outcome_key"], follow_up.task == Task.CONFIRM_PAYMENT)
        end_tasks(tx, TaskState.IN_VAIN, follow_up.city == city, *is_its)
        detail = {**row["detail"], LAPSED_ON: on.isoformat()}
        its_row = update(tables.consequence).where(consequence.id == row["id"])
        tx.connection.execute(its_row.values(detail=detail))
        undo_row(tx, row)


def _holding(tx: Transaction, city: str, who: str, case_id: str) -> list[Row]:
    query = select(tables.consequence).where(
        consequence.city == city,
        consequence.borrower_id == who,
        consequence.case_id == case_id,
        consequence.kind == StepKind.STOP_CASE,
        consequence.undone_at.is_(None),
    )
    rows = tx.connection.execute(query.order_by(consequence.id)).mappings().all()
    return [row for row in rows if row["detail"]["flag"] == StopFlag.PAID]
