"""What an administrator can choose from: places for a role, and collectors without a log-in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import g

from data.access import Grant, Role
from scheduler.model import Collector
from web.context import wired
from web.settings_pages.reach import Reach
from web.settings_pages.room import office

Collectors = Mapping[tuple[str, str | None], Collector]


def offered_places(mine: Reach) -> dict[str, Grant]:
    """Return where roles can be granted, by the form's value; the role itself does not count."""
    known = office().agencies()
    cities = [city.name for city in wired().store.cities()]
    pairs = [(city, agency) for city in cities for agency in ("", *known.get(city, ()))]
    pairs.append(("", ""))
    return {
        json.dumps(pair): Grant(Role.ADMINISTRATOR, *pair) for pair in pairs if mine.covers(*pair)
    }


def offered_collectors(mine: Reach) -> dict[str, Grant]:
    """Return the collectors who cannot log in yet, as the grants that let them, by form value."""
    taken = {
        (grant.city, grant.collector_id)
        for user in wired().users.all()
        for grant in user.grants
        if grant.role is Role.COLLECTOR
    }
    return {
        json.dumps([city, one.id]): Grant(Role.COLLECTOR, city, one.agency, one.id)
        for (city, _), one in collectors_by_city().items()
        if (city, one.id) not in taken and mine.covers(city, one.agency)
    }


def names_of(offered: Mapping[str, Grant]) -> dict[str, str]:
    """Return how collectors are called in a list to choose from."""
    known = collectors_by_city()
    return {
        value: f"{known[one.city, one.collector_id].name} ({one.collector_id}, {one.city})"
        for value, one in offered.items()
    }


def collectors_by_city() -> Collectors:
    """Return every collector by city and id; read once a request."""
    if "collectors_by_city" not in g:
        store = wired().store
        g.collectors_by_city = {
            (city.name, one.id): one
            for city in store.cities()
            for one in store.collectors(city.name)
        }
    found: Collectors = g.collectors_by_city
    return found
