"""Which planned visits are suspended or flagged now."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from data import tables
from data.store.rows import from_row
from scheduler.suspending import Suspension

suspension = tables.suspension.c


def is_suspended(plan_id: ColumnElement[int], visit_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a plan's visit is suspended now; one that is flagged is not."""
    return exists().where(
        and_(
            suspension.plan_id == plan_id,
            suspension.visit_id == visit_id,
            suspension.lifted_at.is_(None),
            suspension.was_begun.is_(False),
        )
    )


def open_suspensions(connection: Connection, plan_ids: Iterable[int]) -> list[Suspension]:
    """Return what stands against visits of these plans, flagged ones included."""
    query = select(tables.suspension).where(
        suspension.plan_id.in_(sorted(set(plan_ids))), suspension.lifted_at.is_(None)
    )
    rows = connection.execute(query.order_by(suspension.id)).mappings()
    return [from_row(Suspension, row) for row in rows]


def turns_of(connection: Connection, plan_id: int) -> dict[str, int]:
    """Return by visit how often it was suspended or resumed; flagged ones are not counted."""
    query = (
        select(suspension.visit_id, func.count(), func.count(suspension.lifted_at))
        .where(suspension.plan_id == plan_id, suspension.was_begun.is_(False))
        .group_by(suspension.visit_id)
    )
    return {visit: came + gone for visit, came, gone in connection.execute(query)}
