"""Where each role works: the entries of the header, and the page after log-in.

An entry shows as soon as an app has its endpoint; `city` is filled in where the page is a city's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from flask_babel import LazyString
from werkzeug.routing import Rule

from data.access import Role
from web.auth.access import current_user, my_cities
from web.context import wired
from web.language import lazy_t


@dataclass(frozen=True)
class Entry:
    """A place of work: what it is called, where, and whose it is.

    One that is `beside` is looked at now and then: it is nobody's home.
    """

    label: LazyString
    endpoint: str
    role: Role
    beside: bool = False

    def url(self, city: str | None) -> str | None:
        """Return its address, None where the person has no city to open it in."""
        if not self.is_of_city:
            return url_for(self.endpoint)
        return url_for(self.endpoint, city=city, **_same_day(self.endpoint)) if city else None

    @property
    def is_of_city(self) -> bool:
        """Whether it is a page of one city."""
        return any("city" in rule.arguments for rule in _rules(self.endpoint))


ENTRIES = (
    Entry(lazy_t("Today"), "dispatch.today", Role.DISPATCHER),
    Entry(lazy_t("Cases"), "borrower.cases", Role.DISPATCHER, beside=True),
    Entry(lazy_t("Places to check"), "dispatch.places", Role.DISPATCHER, beside=True),
    Entry(lazy_t("Promises"), "borrower.promises", Role.DISPATCHER, beside=True),
    Entry(lazy_t("My day"), "phone.day", Role.COLLECTOR),
    Entry(lazy_t("My own pages"), "phone.own", Role.COLLECTOR, beside=True),
    Entry(lazy_t("Compliance"), "compliance.overview", Role.COMPLIANCE),
    Entry(lazy_t("Settings"), "settings.people", Role.ADMINISTRATOR),
    Entry(lazy_t("Rules and events"), "settings.events", Role.COMPLIANCE),
    Entry(lazy_t("Cases"), "borrower.cases", Role.COMPLIANCE, beside=True),
    Entry(lazy_t("Promises"), "borrower.promises", Role.COMPLIANCE, beside=True),
    Entry(lazy_t("Published days"), "dispatch.exporting", Role.COMPLIANCE),
    Entry(lazy_t("Published days"), "dispatch.exporting", Role.PLANNER),
    Entry(lazy_t("Figures"), "figures.page", Role.DISPATCHER, beside=True),
    Entry(lazy_t("Figures"), "figures.page", Role.COMPLIANCE, beside=True),
    Entry(lazy_t("Figures"), "figures.page", Role.PLANNER, beside=True),
    Entry(lazy_t("Times, planned and true"), "figures.times", Role.ADMINISTRATOR, beside=True),
    Entry(lazy_t("How many collectors"), "figures.headcount", Role.PLANNER, beside=True),
    Entry(lazy_t("How many collectors"), "figures.headcount", Role.ADMINISTRATOR, beside=True),
    Entry(lazy_t("Policy"), "policy.page", Role.DISPATCHER, beside=True),
    Entry(lazy_t("Policy"), "policy.page", Role.COMPLIANCE, beside=True),
    Entry(lazy_t("Policy"), "policy.page", Role.PLANNER, beside=True),
    Entry(lazy_t("Policy"), "policy.page", Role.ADMINISTRATOR, beside=True),
)
"""In the order of the header; the first one that a person may open is their home."""

DESK_BAR = frozenset(
    {
        "dispatch.today",
        "borrower.cases",
        "dispatch.places",
        "borrower.promises",
        "figures.page",
    }
)
"""What stands in a dispatcher's header; all else that she may open is in her own menu."""


def entries() -> Iterator[tuple[Entry, str]]:
    """Yield what the person who asks may open, with its address; each place once."""
    found: set[str] = set()
    for entry in ENTRIES:
        is_new = entry.endpoint in current_app.view_functions and entry.endpoint not in found
        if is_new and current_user.can(entry.role):
            url = entry.url(city_for(entry.role))
            if url is not None:
                found.add(entry.endpoint)
                yield entry, url


def bar() -> list[tuple[Entry, str]]:
    """Return the header's entries: a dispatcher's five, or all that anybody else may open."""
    if not current_user.can(Role.DISPATCHER):
        return list(entries())
    return [(entry, url) for entry, url in entries() if entry.endpoint in DESK_BAR]


def beyond_bar() -> list[tuple[Entry, str]]:
    """Return what a person may open and does not find in the header."""
    shown = {entry.endpoint for entry, _ in bar()}
    return [(entry, url) for entry, url in entries() if entry.endpoint not in shown]


def places_to_check() -> int:
    """Return how many places of the dispatcher's city wait for a person; 0 for others."""
    city = city_for(Role.DISPATCHER)
    if city is None:
        return 0
    return wired().desk.to_check(city, current_user.agencies(Role.DISPATCHER, city))


def city_for(role: Role) -> str | None:
    """Return the page's city if the role holds there, else the first where it does."""
    here = g.get("city")
    if here is not None and current_user.can(role, here.name):
        return str(here.name)
    return next((city.name for city in my_cities(role)), None)


def _same_day(endpoint: str) -> dict[str, Any]:
    """Return the day of the city's page that is looked at, where the other page is of a day too."""
    on = (request.view_args or {}).get("on")
    is_of_day = any("on" in rule.arguments for rule in _rules(endpoint))
    return {"on": on} if on and is_of_day and g.get("city") else {}


def _rules(endpoint: str) -> Iterable[Rule]:
    return current_app.url_map.iter_rules(endpoint)
