"""The log-ins of a made-up town: one for each role, and for some of its collectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.access import Grant
    from scheduler.ports import PlanRecord
    from web.wiring import Wired

COLLECTORS = 3
"""Two who go together, and one who goes elsewhere."""


@dataclass(frozen=True)
class LogIn:
    """How somebody signs in, the path where their work begins, and what they find there."""

    name: str
    password: str
    opens: str
    work: str


def make_log_ins(wired: Wired, city: str, on: date) -> list[LogIn]:
    """Let somebody of each role sign in, with passwords that are made at random."""
    from data.access import Grant, Role

    told = [
        let_in(wired, Grant(Role.DISPATCHER, city), f"/{city}/{on}/", "the day, planned"),
        let_in(wired, Grant(Role.PLANNER, city), work="published days"),
        let_in(wired, Grant(Role.COMPLIANCE, city), work="rules and events"),
        let_in(wired, Grant(Role.ADMINISTRATOR), work="people and cities"),
    ]
    on_the_road = islice(collectors(wired.store.plan(city, on)), COLLECTORS)
    for number, (collector_id, work) in enumerate(on_the_road, start=1):
        grant = Grant(Role.COLLECTOR, city, collector_id=collector_id)
        told.append(let_in(wired, grant, "/my/day", work, number))
    return told


def let_in(
    wired: Wired, grant: Grant, opens: str = "/", work: str = "", number: int | None = None
) -> LogIn:
    """Make a log-in named for its role, and spend its one-time code on a password."""
    from data.passwords import new_password

    name = f"{grant.role}{number or ''}"
    by, password = wired.ports.by("demo"), new_password()
    code = wired.users.add(name, [grant], by)
    wired.logins.first_sign_in(name, code, password, "", by.at)
    return LogIn(name, password, opens, work)


def collectors(record: PlanRecord) -> Iterator[tuple[str, str]]:
    """Yield who has visits in a plan, crew by crew, and how many."""
    crews = {crew.id: crew for crew in record.content.crews}
    for trip in record.content.plan.itineraries:
        for member in crews[trip.crew_id].members if trip.visits else ():
            yield member, f"{len(trip.visits)} visits of {trip.crew_id}, on a phone"
