"""A day's file made beside the pages, so that no phone waits for what all of them share.

What the first file needs is loaded when it is first asked for: machine code of roads, packages that
know holidays, statements that are compiled, a city's streets. That is a second or two of a
processor, and phones that waited for a server ask in its first seconds.
"""

from __future__ import annotations

import logging
from threading import Thread

from flask import Flask

from scheduler.model import City
from web.context import today, wired
from web.phone.day_file.telling import made
from web.phone.room import MyDay, rounds

log = logging.getLogger(__name__)


def begin(app: Flask) -> None:
    """Make each city's files ready in a thread of its own; nobody waits for it."""
    Thread(target=make_ready, args=(app,), name="day file", daemon=True).start()


def make_ready(app: Flask) -> None:
    """Make a file of today's in each city where somebody goes out, and keep none."""
    with app.test_request_context():
        for city in wired().store.cities():
            try:
                made(somebodys_day(city))
            except Exception:  # she who asks is told why
                log.exception("no day's file could be made ready")


def somebodys_day(city: City) -> MyDay | None:
    """Return the day of any collector who goes out today; None where nobody does."""
    on = today(city)
    who = rounds().anybody(city.name, on)
    found = who and rounds().round(city.name, on, who, as_of=on)
    if not who or not found:
        return None
    return MyDay(city, who, found, rounds().progress(city.name, found, who))
