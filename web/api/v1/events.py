"""What has happened in a city since a cursor: ids and kinds, no value of anybody."""

from __future__ import annotations

from flask import g
from pydantic import AwareDatetime, Field
from werkzeug.wrappers import Response

from data.access import Role
from data.store.office import Office, Sight
from scheduler.ports import Event
from web.api.entering import seen_agencies
from web.api.operations import CITY, READERS, operation
from web.api.operations import answer as answered
from web.api.pages import api
from web.api.v1.models import Taken, Told
from web.api.v1.plans import POLLED, read
from web.api.v1.tags import tag, unless_known
from web.context import wired

DISPATCHERS = ("plan", "crews", "pair", "shift", "job", "file", "import", "visit", "address")
"""Kinds that a dispatcher's program is told; an officer's is told all."""


class Since(Taken):
    """After which event, and how many at most."""

    since: int = Field(default=0, ge=0, le=2**31 - 1)
    limit: int = Field(default=100, ge=1, le=1000)


class EventTold(Told):
    """Who did what, when, about what: `subject` is an id or a name of ours."""

    id: int
    at: AwareDatetime
    actor: str
    kind: str
    subject: str
    agency: str


class Events(Told):
    """Events in their order; ask again with `next` for those that follow."""

    events: list[EventTold]
    next: int


@operation(
    *(api, "get", f"{CITY}/events", "Read what has happened since a cursor", *READERS),
    answers=read("What has happened since.", Events),
    query=Since,
    headers=POLLED,
)
def list_events(city: str, query: Since) -> Response:
    """Answer events after a cursor, the oldest first; poll it with If-None-Match."""

    def make() -> Response:
        sight = Sight({city: seen_agencies()})
        groups = DISPATCHERS if g.role is Role.DISPATCHER else ()
        found = Office(wired().store.engine).since(sight, query.since, query.limit, groups)
        last = found[-1].id if found else query.since
        return answered(Events(events=[told(one) for one in found], next=last))

    return unless_known(tag("events", query), make)


def told(one: Event) -> EventTold:
    return EventTold(
        id=one.id, at=one.at, actor=one.actor, kind=one.kind, subject=one.subject, agency=one.agency
    )
