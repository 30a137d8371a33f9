"""What an outcome leads to, done in its own transaction, each step with its event; and undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from data import tables
from data.plain import to_plain
from data.store.agreements import keep_assessment, withdraw_agreements
from data.store.applying import APPLY, Scope
from data.store.cities import local_day
from data.store.events import Transaction
from data.store.follow_ups import end_tasks, visited_again
from data.store.held import HOLDING, Touched, as_it_was
from data.store.promises import withdraw
from data.store.rows import Row, from_row, rows_of
from data.store.undoing import UNDO
from scheduler.errors import NotFoundError
from scheduler.follow_ups import TaskState
from scheduler.following import Consequence, FollowPolicy, StepKind, follow
from scheduler.lifecycle import Code
from scheduler.model import Borrower, Case, Place
from scheduler.ports import Outcome

case, stop, consequence = tables.loan_case.c, tables.stop.c, tables.consequence.c


# Made once: to make them takes longer than to answer them, and phones bring results by the hundred.
_OPEN_CASES = (
    select(tables.loan_case)
    .where(case.city == bindparam("city"), case.borrower_id == bindparam("borrower"))
    .where(case.closed_at.is_(None))
    .order_by(case.days_past_due.desc(), case.id)
)
_PLANNED_FOR = select(stop.case_ids).where(
    stop.plan_id == bindparam("plan"), stop.borrower_id == bindparam("borrower")
)


def apply(tx: Transaction, city: str, outcome: Outcome, policy: FollowPolicy) -> None:
    """Do what follows from an outcome; a code of no list of ours leads to nothing.

    The policy's line is that of the product of the first contract of the visit.
    """
    if outcome.code not in list(Code):
        return
    scope = scope_of(tx, city, outcome)
    if outcome.was_made:
        visited_again(tx, city, outcome.borrower_id)
    if outcome.details and outcome.details.assessment:
        keep_assessment(tx, city, outcome, outcome.details.assessment)
    product = scope.cases[0].product if scope.cases else ""
    for step in follow(outcome, policy.line(Code(outcome.code), product), scope.on):
        for touched in APPLY[step.kind](tx, scope, step):
            _keep(tx, scope, step, touched, policy.version)


def scope_of(tx: Transaction, city: str, outcome: Outcome) -> Scope:
    """Gather what an outcome is about.

    Raises
    ------
    NotFoundError
        Where the contract that it names is not an open one of hers.
    """
    place = rows_of(tx.connection, tables.place, city, [outcome.place_id])[0]
    borrower = rows_of(tx.connection, tables.borrower, city, [outcome.borrower_id])[0]
    hers = _open_cases(tx, city, outcome.borrower_id)
    return Scope(
        city=city,
        agency=place["agency"],
        on=local_day(tx, city, outcome.at),
        outcome=outcome,
        borrower=from_row(Borrower, borrower),
        place=from_row(Place, place),
        cases=tuple(_visited(tx, outcome, hers, city)),
        all_cases=tuple(hers),
    )


def _open_cases(tx: Transaction, city: str, borrower_id: str) -> list[Case]:
    """Return her open contracts, those longest overdue first."""
    hers = {"city": city, "borrower": borrower_id}
    return [from_row(Case, row) for row in tx.connection.execute(_OPEN_CASES, hers).mappings()]


def _visited(tx: Transaction, outcome: Outcome, hers: Sequence[Case], city: str) -> list[Case]:
    """Return the contracts that a visit was for: the one told, those planned, else all."""
    if outcome.case_id:
        named = [one for one in hers if one.id == outcome.case_id]
        if not named:
            raise NotFoundError(
                f"borrower {outcome.borrower_id!r} has no open case {outcome.case_id!r} in {city}"
            )
        return named
    of_visit = {"plan": outcome.plan_id, "borrower": outcome.borrower_id}
    rows = tx.connection.scalars(_PLANNED_FOR, of_visit).all()
    planned = {id for ids in rows for id in ids or ()}
    return [one for one in hers if one.id in planned] or list(hers)


def _keep(tx: Transaction, scope: Scope, step: Consequence, touched: Touched, version: str) -> None:
    if step.kind in HOLDING or step.kind is StepKind.DOUBT_PLACE:
        touched = as_it_was(tx.connection, scope.city, scope.borrower.id, step.kind, touched)
    agency_of = {one.id: one.agency for one in scope.all_cases}
    row = {
        "city": scope.city,
        "agency": agency_of.get(touched.case_id, scope.agency),
        "borrower_id": scope.borrower.id,
        "case_id": touched.case_id,
        "place_id": touched.place_id,
        "outcome_key": scope.outcome.key,
        "kind": step.kind,
        "detail": _told(step),
        "before": touched.before,
        "policy_version": version,
    }
    by = {"made_by": tx.by.actor, "made_at": tx.by.at}
    tx.connection.execute(insert(tables.consequence), {**row, **by})


def _told(step: Consequence) -> dict[str, Any]:
    """Return what a step says; an agreement is kept in its own table."""
    plain: dict[str, Any] = to_plain(step)
    return {name: value for name, value in plain.items() if value and name != "agreement"}


def undo(tx: Transaction, key: str) -> None:
    """Take back what an outcome has led to; its rows stay, as undone."""
    withdraw(tx, key)
    withdraw_agreements(tx, key)
    end_tasks(tx, TaskState.WITHDRAWN, tables.follow_up.c.source == key)
    in_force = (consequence.outcome_key == key, consequence.undone_at.is_(None))
    query = select(tables.consequence).where(*in_force).order_by(consequence.id.desc())
    for row in tx.connection.execute(query).mappings().all():
        undo_row(tx, row)


def undo_row(tx: Transaction, row: Row) -> None:
    """Take one step back."""
    its_row = update(tables.consequence).where(consequence.id == row["id"])
    tx.connection.execute(its_row.values(undone_by=tx.by.actor, undone_at=tx.by.at))
    if row["kind"] in UNDO:
        UNDO[row["kind"]](tx, row)
