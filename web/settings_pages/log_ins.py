"""Log-ins for a city's collectors, many at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask import request

from data.access import Grant, Role
from data.store.accounts import user_name
from scheduler.errors import ConflictError
from scheduler.model import Collector
from web.auth.access import by, needs
from web.context import wired
from web.language import t
from web.settings_pages.offers import collectors_by_city, offered_collectors
from web.settings_pages.people import fault_of_name
from web.settings_pages.reach import reach
from web.settings_pages.room import Answer, page, settings
from web.settings_pages.sheet import Card, NotMade, sheet


@dataclass(frozen=True)
class Row:
    """A collector without a log-in: the grant that would let her in, and a name for it."""

    value: str
    collector: Collector
    grant: Grant
    name: str


@settings.get("/cities/<city>/log-ins")
@needs(Role.ADMINISTRATOR)
def log_ins(city: str) -> str:
    """List the collectors who cannot log in yet."""
    return choosing(city)


@settings.post("/cities/<city>/log-ins")
@needs(Role.ADMINISTRATOR)
def make_log_ins(city: str) -> Answer:
    """Make a log-in for each collector who is ticked, and show the codes."""
    ticked = set(request.form.getlist("collector"))
    rows = [row for row in waiting(city) if row.value in ticked]
    if not rows:
        return choosing(city, t("Tick at least one collector.")), 400
    made = [make(row) for row in rows]
    cards = [one for one in made if isinstance(one, Card)]
    return sheet(cards, [one for one in made if isinstance(one, NotMade)])


def make(row: Row) -> Card | NotMade:
    """Make one log-in, or say why not; the others are not held up by it."""
    name = user_name(request.form.get(f"name-{row.collector.id}", "") or row.name)
    if why := fault_of_name(name):
        return NotMade(f"{row.collector.name} ({name})", why)
    try:
        code = wired().users.add(name, [row.grant], by())
    except ConflictError as error:  # another took the name meanwhile
        return NotMade(f"{row.collector.name} ({name})", str(error))
    return Card(name, code, (row.collector.name,), row.collector.agency)


def choosing(city: str, wrong: str = "") -> str:
    """Return the list to tick."""
    return page("log_ins", "people", rows=list(waiting(city)), wrong=wrong)


def waiting(city: str) -> Iterator[Row]:
    """Yield the city's collectors who cannot log in yet."""
    taken = {user.name for user in wired().users.all()}
    for value, grant in offered_collectors(reach()).items():
        if grant.city == city and grant.collector_id:
            one = collectors_by_city()[city, grant.collector_id]
            name = proposed_name(one.id, city, taken)
            taken.add(name)
            yield Row(value, one, grant, name)


def proposed_name(id: str, city: str, taken: Collection[str]) -> str:
    """Return a user name for a collector: her id; where it is taken, with city and number."""
    plain = re.sub(r"[^\w.@+-]+", "-", user_name(id)).strip("-")[:40] or "collector"
    tail = re.sub(r"[^\w.@+-]+", "-", user_name(city))[:16]
    tries = (plain, f"{plain}.{tail}", *(f"{plain}.{tail}.{n}" for n in range(2, len(taken) + 4)))
    return next(name for name in tries if name not in taken)
