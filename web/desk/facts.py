"""What is known of a day, kept until an event changes it: fragments ask one after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from data.store.drafts import facts_stamp
from scheduler.day import Day
from scheduler.last_asked import LastAsked
from scheduler.likely_day import Backlog, backlog_of
from scheduler.ports import PlanRecord
from web.context import wired

KEY = "desk_facts"
MOST = 4
"""Days that are kept: a city of 2,000 cases takes a few megabytes."""


@dataclass
class DayFacts:
    """The days read last, each as of the city's last event that changed a fact: edits do not."""

    days: LastAsked[tuple[str, date], Day] = field(default_factory=lambda: LastAsked(MOST))
    backlogs: LastAsked[tuple[int, int], Backlog] = field(default_factory=lambda: LastAsked(MOST))

    def backlog(self, record: PlanRecord, day: Day) -> Backlog:
        """Return who waits for capacity by a plan as it stands now, and the facts of `day`."""
        content = record.content
        left_out, served = content.plan.left_out, len(content.plan.served)
        which = record.id, record.revision
        stamp = facts_stamp(wired().store.engine, content.city)
        return self.backlogs.get(which, stamp, lambda: backlog_of(day, left_out, served))

    def day(self, city: str, on: date) -> Day:
        """Return a day by the facts of now."""
        stamp = facts_stamp(wired().store.engine, city)
        return self.days.get((city, on), stamp, lambda: wired().store.open_day(city, on))


def day_facts() -> DayFacts:
    """Return the days that the app which answers has read last."""
    kept: DayFacts = current_app.extensions.setdefault(KEY, DayFacts())
    return kept


def facts_of(city: str, on: date) -> Day:
    """Return what is known of a day."""
    return day_facts().day(city, on)
