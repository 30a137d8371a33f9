"""What tells in one short question whether a day on a desk is still as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, Select, bindparam, select

from data import database, tables
from data.jobs import JobKind
from data.store.jobs import IS_ALIVE
from data.store.plans import get_plan
from data.store.touched import EDITED, NO_MATTER
from scheduler.ports import PlanStatus

event, job, plan = tables.event.c, tables.job.c, tables.plan.c

SHOWS_NOTHING = frozenset({"borrower.shown", "plan.exported", "job.added", "job.cancelled", EDITED})
"""Events of a city after which a plan looks as before; its own edits its revision counts."""

NO_FACTS = NO_MATTER | {EDITED, "plan.added"}
"""Events after which no day has other facts."""


SEARCHES = (JobKind.PLAN, JobKind.REPLAN)
"""Work whose way is shown on every open desk of its day, whoever began it."""


@dataclass(frozen=True, slots=True)
class DraftHead:
    """A plan's state, the number of the last event that may be seen in it, and who searches.

    `search` is the job that looks for a better plan of the day now, None where none does.
    """

    id: int
    version: int
    state: PlanStatus
    revision: int
    newest_event: int
    search: int | None = None


def _newest(without: frozenset[str]) -> Select[tuple[int]]:
    """Return the question for the number of a city's last event but for some kinds."""
    kinds = event.kind.not_in(sorted(without))
    its = select(event.id).where(event.city == bindparam("city"), kinds)
    return its.order_by(event.id.desc()).limit(1)


# Made once: to make one of them takes longer than to answer it, and every open page asks.
_SHOWN_ONE = _newest(SHOWS_NOTHING)
_SHOWN = _SHOWN_ONE.scalar_subquery()
_SEARCH = (
    select(job.id)
    .where(job.city == bindparam("city"), job.on == bindparam("on"))
    .where(job.kind.in_(SEARCHES), IS_ALIVE)
    .order_by(job.id)
    .limit(1)
    .scalar_subquery()
)
_HEAD = (
    select(
        plan.id,
        plan.version,
        plan.state,
        plan.revision,
        _SHOWN.label("newest"),
        _SEARCH.label("search"),
    )
    .where(plan.city == bindparam("city"), plan.on == bindparam("on"))
    .order_by(plan.version.desc())
    .limit(1)
)
_HEAD_OF = _HEAD.where(plan.version == bindparam("version"))
_FACTS = _newest(NO_FACTS)


def draft_head(engine: Engine, city: str, on: date, version: int | None) -> DraftHead:
    """Return how a day's plan stands, the newest by default; NotFoundError where there is none."""
    about = {"city": city, "on": on} | ({} if version is None else {"version": version})
    with database.reading(engine) as connection:
        found = connection.execute(_HEAD if version is None else _HEAD_OF, about).one_or_none()
        if found is None:
            get_plan(connection, city, on, version)
            raise AssertionError("a plan that is there has a head")
    newest = found.newest or 0
    return DraftHead(found.id, found.version, found.state, found.revision, newest, found.search)


def facts_stamp(engine: Engine, city: str) -> int:
    """Return the number of the last event that may have changed the facts of a city's days."""
    with database.reading(engine) as connection:
        return newest_fact(connection, city)


def newest_fact(connection: Connection, city: str) -> int:
    """Return the number of the last event that may have changed the facts of a city's days."""
    return connection.scalar(_FACTS, {"city": city}) or 0


def shown_stamp(engine: Engine, city: str) -> int:
    """Return the number of the last event that may be seen in a plan of a city, or in its run."""
    with database.reading(engine) as connection:
        return connection.scalar(_SHOWN_ONE, {"city": city}) or 0
