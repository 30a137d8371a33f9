"""What is known of a day, kept while nothing happens: fragments ask for it one after another."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from flask import current_app

from scheduler.day import Day
from scheduler.likely_day import Backlog, backlog_of
from scheduler.ports import PlanRecord
from web.context import wired

KEY = "desk_facts"
MOST = 4
"""Days that are kept: a city of 2,000 cases takes a few megabytes."""


@dataclass
class DayFacts:
    """The days read last, each as of the city's newest event."""

    days: OrderedDict[tuple[str, date], tuple[int, Day]] = field(default_factory=OrderedDict)
    backlogs: OrderedDict[tuple[int, int, int], Backlog] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def backlog(self, record: PlanRecord, day: Day) -> Backlog:
        """Return who waits for capacity by a plan as it stands now, and the facts of `day`."""
        content, newest = record.content, wired().desk.newest_event(record.content.city)
        key = record.id, record.revision, newest
        with self.lock:
            found = self.backlogs.get(key)
        if found is None:
            found = backlog_of(day, content.plan.left_out, len(content.plan.served))
        with self.lock:
            self.backlogs[key] = found
            while len(self.backlogs) > MOST:
                self.backlogs.popitem(last=False)
        return found

    def day(self, city: str, on: date) -> Day:
        """Return a day by the facts of now."""
        newest, key = wired().desk.newest_event(city), (city, on)
        with self.lock:
            seen, day = self.days.get(key, (-1, None))
        if day is None or seen != newest:
            day = wired().store.open_day(city, on)
        with self.lock:
            self.days[key] = newest, day
            self.days.move_to_end(key)
            while len(self.days) > MOST:
                self.days.popitem(last=False)
        return day


def day_facts() -> DayFacts:
    """Return the days that the app which answers has read last."""
    kept: DayFacts = current_app.extensions.setdefault(KEY, DayFacts())
    return kept


def facts_of(city: str, on: date) -> Day:
    """Return what is known of a day."""
    return day_facts().day(city, on)
