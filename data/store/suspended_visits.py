"""What stands against the visits that plans still have before them, of one borrower."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from data import tables
from data.store.planned import is_live
from data.store.rows import from_row
from scheduler.suspending import Suspension

suspension, plan, stop = tables.suspension.c, tables.plan.c, tables.stop.c


@dataclass(frozen=True, slots=True)
class SuspendedVisit:
    """What stands against a visit that a plan has on a day, for some cases."""

    on: date
    version: int
    case_ids: tuple[str, ...]
    suspension: Suspension


def suspended_visits(
    connection: Connection, city: str, borrower_id: str, since: date
) -> list[SuspendedVisit]:
    """Return what stands against a borrower's visits of live plans, by their days."""
    query = (
        select(tables.suspension, plan.on, plan.version, stop.case_ids)
        .join(tables.plan, plan.id == suspension.plan_id)
        .join(tables.stop, (stop.plan_id == plan.id) & (stop.id == suspension.visit_id))
        .where(*is_live(city, since), suspension.borrower_id == borrower_id)
        .where(suspension.lifted_at.is_(None))
        .order_by(plan.on, plan.version, suspension.id)
    )
    found = {
        row["id"]: SuspendedVisit(
            row["on"], row["version"], tuple(row["case_ids"] or ()), from_row(Suspension, row)
        )
        for row in connection.execute(query).mappings()
    }
    return list(found.values())  # a visit of two crews has two stops
