"""Who did what when: the events of a day and of its plans, from the book, on one page."""

from __future__ import annotations

from datetime import date

from flask import g, request

from data.access import Role
from web.auth.access import needs
from web.compare.room import compare
from web.context import wired
from web.dispatch.room import only_for_the_whole_city, page
from web.event_words import EVENT_KINDS

SHOWN = 100


@compare.get("/<city>/<day:on>/log")
@needs(Role.DISPATCHER)
def day_log(city: str, on: date) -> str:
    """List what was done on a day and to its plans; ids, and nobody's name but who did it."""
    only_for_the_whole_city()
    before = request.args.get("before", type=int)
    found = wired().desk.log(g.city, on, before, SHOWN + 1)
    older = found[SHOWN - 1].id if len(found) > SHOWN else None
    written = wired().desk.words_on_plans(city, on)
    return page(
        "compare/day_log",
        on,
        events=found[:SHOWN],
        older=older,
        written=written,
        EVENT_KINDS=EVENT_KINDS,
    )
