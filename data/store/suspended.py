"""Which planned visits are suspended or flagged now."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, exists, select

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
