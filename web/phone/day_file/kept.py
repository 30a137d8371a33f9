"""The files of days that were told last: a phone asks every minute, and mostly nothing is new.

A file is kept for whoever asks, in her language, as long as no event of the book is about it
(data/store/field/untouched.py), the day is the same, and no file of the city or of the rules is
another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from flask import current_app

from data.store.field.untouched import Told, newest_event, untouched_until
from scheduler.last_asked import Recent
from web.auth.access import current_user
from web.context import today, wired
from web.language import html_lang
from web.phone.room import MyDay, day_asked, my_work, rounds

KEY = "phone_day_files"
MOST = 500
"""Files that are kept, a few ten kilobytes each."""

Stamps = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which day, when, and by which files beside the book."""

    city: str
    on: date
    collector_id: str
    user: str
    language: str
    today: date
    files: Stamps


@dataclass(frozen=True, slots=True)
class DayFile:
    """A day as it was told: compressed, by what it is known, and until when it may be read."""

    content: bytes
    etag: str
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A file, whose day it tells, and the last event of the book that changed nothing in it."""

    file: DayFile
    told: Told
    event: int


@dataclass
class DayFiles:
    """The files told last; threads may ask at once."""

    kept: Recent[Asked, Kept] = field(default_factory=lambda: Recent(MOST))

    def get(self, asked: Asked) -> DayFile | None:
        """Return the file that was told last, None where it may be another by now."""
        kept = self.kept.get(asked)
        if kept is None:
            return None
        event = untouched_until(wired().store.engine, kept.told, kept.event)
        if event is None:
            return None
        self.kept.put(asked, replace(kept, event=event))
        return kept.file

    def put(self, asked: Asked, day: MyDay, file: DayFile, event: int) -> None:
        """Keep a file; `event` is the book's last before it was made."""
        self.kept.put(asked, Kept(file, told_of(day), event))


def kept_or_made(
    on: date | None, make: Callable[[], tuple[MyDay, DayFile] | None]
) -> DayFile | None:
    """Return the file of a day, today by default; None where `make` finds no day."""
    asked = asked_now(on)
    if asked is None:
        made = make()
        return made[1] if made else None
    if file := day_files().get(asked):
        return file
    event = newest_event(wired().store.engine, asked.city)
    made = make()
    if made is None:
        return None
    day_files().put(asked, *made, event)
    return made[1]


def day_files() -> DayFiles:
    """Return the files that the app which answers has told last."""
    kept: DayFiles = current_app.extensions.setdefault(KEY, DayFiles())
    return kept


def asked_now(on: date | None) -> Asked | None:
    """Return what is asked; None for her who works in several cities: each may have her day."""
    work = my_work()
    if len(work) != 1:
        return None
    city, collector_id = work[0]
    day = day_asked(city, on)
    if day is None:
        return None
    home = wired()
    files = (*stamps(home.cities.path(city.name)), *stamps(home.home.rules))
    who = collector_id, current_user.name, html_lang()
    return Asked(city.name, day, *who, today(city), files)


def stamps(folder: Path) -> Stamps:
    """Return the files of a folder with when each was written, in nanoseconds."""
    if not folder.is_dir():
        return ()
    return tuple(sorted((file.name, file.stat().st_mtime_ns) for file in folder.iterdir()))


def told_of(day: MyDay) -> Told:
    """Return whose day is told: also of those who stood in a plan of it before."""
    round_, city = day.round, day.city.name
    return Told(
        city,
        day.on,
        frozenset(round_.crew.members),
        frozenset(stop.id for stop in round_.visits),
        rounds().visited(city, day.on, day.collector_id),
    )
