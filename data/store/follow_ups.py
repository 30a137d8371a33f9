"""Tasks that follow from visits: what the desk does next, and when somebody tries again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, insert, select, update

from data import tables
from data.store.asked_by_id import unindexed
from data.store.events import Transaction
from data.store.rows import Only, Row, among, from_row
from scheduler.errors import ConflictError, NotFoundError
from scheduler.follow_ups import FollowUp, Task, TaskState

follow_up = tables.follow_up.c


def open_task(tx: Transaction, whose: Row, told: FollowUp) -> None:
    """Open a task; `whose` are its city and agency."""
    by = {"made_by": tx.by.actor, "made_at": tx.by.at}
    fields = ("borrower_id", "case_id", "task", "due", "source", "state")
    row = {name: getattr(told, name) for name in fields}
    tx.connection.execute(insert(tables.follow_up), {**row, **whose, **by})
    after = {"task": told.task, "due": told.due.isoformat(), "case_id": told.case_id}
    tx.note("follow_up.opened", told.borrower_id, **whose, after=after)


def end_tasks(tx: Transaction, state: TaskState, *where: ColumnElement[bool]) -> None:
    """Set open tasks to `state`, with an event for each."""
    ended = (
        update(tables.follow_up)
        .where(follow_up.state == TaskState.OPEN, *where)
        .values(state=state, ended_by=tx.by.actor, ended_at=tx.by.at)
        .returning(tables.follow_up)
    )
    for row in tx.connection.execute(ended).mappings().all():
        whose = {"city": row["city"], "agency": row["agency"]}
        after = {"task": row["task"], "case_id": row["case_id"]}
        tx.note(f"follow_up.{state}", row["borrower_id"], **whose, after=after)


def end_task(tx: Transaction, city: str, id: int) -> None:
    """Say that a task is done.

    Raises
    ------
    NotFoundError
        Where there is no such task; ConflictError where it is not open any more.
    """
    its_row = (follow_up.city == city, follow_up.id == id)
    state = tx.connection.scalar(select(follow_up.state).where(*its_row))
    if state is None:
        raise NotFoundError(f"{city} has no follow-up {id}")
    if state is not TaskState.OPEN:
        raise ConflictError(f"follow-up {id} is {state} already")
    end_tasks(tx, TaskState.DONE, *its_row)


def visited_again(tx: Transaction, city: str, borrower_id: str) -> None:
    """End the wait for another try: it was made."""
    hers = (follow_up.city == city, follow_up.borrower_id == borrower_id)
    end_tasks(tx, TaskState.DONE, *hers, follow_up.task == Task.VISIT_AGAIN)


def open_follow_ups(
    connection: Connection, city: str, only: Only = None
) -> Mapping[str, Sequence[FollowUp]]:
    """Return the open tasks by borrower, in the order of their days."""
    is_open = (follow_up.city == city, follow_up.state == TaskState.OPEN)
    query = select(tables.follow_up).where(*is_open, among(follow_up.borrower_id, only))
    found: dict[str, list[FollowUp]] = defaultdict(list)
    due = unindexed(follow_up.due, only)
    for row in connection.execute(query.order_by(due, follow_up.id)).mappings():
        found[row["borrower_id"]].append(from_row(FollowUp, row))
    return found
