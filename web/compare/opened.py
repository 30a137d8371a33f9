"""A published plan with its problem, kept in memory until a fact of the book changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from flask import current_app

from scheduler.kept import Reread
from scheduler.ports import PlanRecord
from scheduler.service import kept_plan
from web.context import wired

MOST = 4
"""Days that are kept open at once."""


@dataclass
class Opened:
    """The days that were asked for last, each with the newest event it was read after."""

    days: OrderedDict[int, tuple[int, Reread]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, record: PlanRecord) -> Reread:
        """Return a plan read against the facts of now."""
        stamp = newest_event()
        with self.lock:
            kept = self.days.get(record.id)
        if kept is None or kept[0] != stamp:
            content = record.content
            kept = stamp, kept_plan(wired().ports, content.city, content.on, record.version)
        with self.lock:
            self.days[record.id] = kept
            self.days.move_to_end(record.id)
            while len(self.days) > MOST:
                self.days.popitem(last=False)
        return kept[1]


def newest_event() -> int:
    """Return the number of the book's last event."""
    newest = wired().store.events(limit=1)
    return (newest[0].id or 0) if newest else 0


def opened(record: PlanRecord) -> Reread:
    """Return a plan read against the facts of now; fast where nothing has changed since."""
    days: Opened = current_app.extensions.setdefault("dayround-running", Opened())
    return days.get(record)
