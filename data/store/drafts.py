"""What tells in one short question whether a day on a desk is still as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Engine, select

from data import database, tables
from data.store.plans import get_plan
from data.store.touched import EDITED, NO_MATTER
from scheduler.ports import PlanStatus

event, plan = tables.event.c, tables.plan.c

SHOWS_NOTHING = frozenset({"borrower.shown", "plan.exported", "job.added", "job.cancelled", EDITED})
"""Events of a city after which a plan looks as before; its own edits its revision counts."""

NO_FACTS = NO_MATTER | {EDITED, "plan.added"}
"""Events after which no day has other facts."""


@dataclass(frozen=True, slots=True)
class DraftHead:
    """A plan's state, and the number of the last event that may be seen in it."""

    id: int
    version: int
    state: PlanStatus
    revision: int
    newest_event: int


def draft_head(engine: Engine, city: str, on: date, version: int | None) -> DraftHead:
    """Return how a day's plan stands, the newest by default; NotFoundError where there is none."""
    which: tuple[ColumnElement[bool], ...] = (plan.city == city, plan.on == on)
    which += () if version is None else (plan.version == version,)
    query = select(plan.id, plan.version, plan.state, plan.revision).where(*which)
    with database.reading(engine) as connection:
        row = connection.execute(query.order_by(plan.version.desc()).limit(1)).one_or_none()
        if row is None:
            get_plan(connection, city, on, version)
            raise AssertionError("a plan that is there has a head")
        newest = _newest(connection, city, SHOWS_NOTHING)
    return DraftHead(row.id, row.version, row.state, row.revision, newest)


def facts_stamp(engine: Engine, city: str) -> int:
    """Return the number of the last event that may have changed the facts of a city's days."""
    with database.reading(engine) as connection:
        return _newest(connection, city, NO_FACTS)


def _newest(connection: Connection, city: str, without: frozenset[str]) -> int:
    query = (
        select(event.id)
        .where(event.city == city, event.kind.not_in(sorted(without)))
        .order_by(event.id.desc())
        .limit(1)
    )
    return connection.scalar(query) or 0
