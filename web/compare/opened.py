"""Published plans with their problems, kept in memory until something happens in their city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from data.store.drafts import shown_stamp
from scheduler.errors import NotFoundError
from scheduler.kept import Reread
from scheduler.last_asked import LastAsked
from scheduler.ports import PlanRecord, PlanStatus
from scheduler.replanning_service import published_plan
from scheduler.running import Running
from scheduler.running.service import running
from scheduler.service import kept_plan
from web.context import wired
from web.wiring import Wired

MOST = 4
"""Days that are kept open at once."""


@dataclass(frozen=True)
class OpenRun:
    """A published plan by the facts of now; the day's plans that crews drove by before it."""

    stamp: int
    kept: Reread
    before: tuple[PlanRecord, ...]

    @property
    def record(self) -> PlanRecord:
        return self.kept.record

    def at(self, now: datetime) -> Running:
        """Return where its crews stand."""
        return running(self.kept, now)


Runs = LastAsked[tuple[str, date], OpenRun | None]


def opened(city: str, on: date) -> OpenRun | None:
    """Return the day's published plan, by what is told until now; None where there is none."""
    home, stamp = wired(), shown_stamp(wired().store.engine, city)
    return _runs().get((city, on), stamp, lambda: _open(home, city, on, stamp))


def opened_last(city: str, on: date, stamp: int) -> OpenRun | None:
    """Return it as it was opened last; after an event, of number `stamp`, it is opened beside."""
    home = wired()
    return _runs().beside((city, on), stamp, lambda: _open(home, city, on, stamp))


def read_ahead(city: str, on: date) -> None:
    """Read a day anew beside an answer that tells of it, where desks have it open: they ask next.

    So they need not ask twice: first for it to be read, and then for what was read.
    """
    if (city, on) in _runs():
        opened_last(city, on, shown_stamp(wired().store.engine, city))


def _runs() -> Runs:
    found: Runs = current_app.extensions.setdefault("dayround-running", LastAsked(MOST))
    return found


def _open(home: Wired, city: str, on: date, stamp: int) -> OpenRun | None:
    try:
        record = published_plan(home.ports, city, on)
    except NotFoundError:
        return None
    kept = kept_plan(home.ports, city, on, record.version)
    return OpenRun(stamp, kept, tuple(_published_before(home, record)))


def _published_before(home: Wired, record: PlanRecord) -> list[PlanRecord]:
    """Return the day's plans that crews drove by before this one, the oldest first."""
    plans = home.store.plans(record.content.city, record.content.on)
    was = (PlanStatus.SUPERSEDED, PlanStatus.WITHDRAWN, PlanStatus.PUBLISHED)
    return [one for one in plans if one.version < record.version and one.state in was]
