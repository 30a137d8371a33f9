"""A published plan with its problem, kept in memory until a fact of the book changes."""

from __future__ import annotations

from flask import current_app

from scheduler.kept import Reread
from scheduler.last_asked import LastAsked
from scheduler.ports import PlanRecord
from scheduler.service import kept_plan
from web.context import wired

MOST = 4
"""Days that are kept open at once."""


def newest_event() -> int:
    """Return the number of the book's last event."""
    newest = wired().store.events(limit=1)
    return (newest[0].id or 0) if newest else 0


def opened(record: PlanRecord) -> Reread:
    """Return a plan read against the facts of now; fast where nothing has changed since."""
    days: LastAsked[int, Reread] = current_app.extensions.setdefault(
        "dayround-running", LastAsked(MOST)
    )
    at = record.content.city, record.content.on, record.version
    return days.get(record.id, newest_event(), lambda: kept_plan(wired().ports, *at))
