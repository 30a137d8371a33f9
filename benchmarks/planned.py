"""A made-up town with a planned day, for a dispatcher who opens the desk before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.day import ON, SEED, Size
from benchmarks.load import log_in
from benchmarks.page_server import served
from benchmarks.pages import PASSWORD, plan_day
from benchmarks.temporary import ACTOR, Desk, temporary_desk

DISPATCHER = "dispatcher"
EARLY = 7
"""The hour at which the desk is open: before the first shift."""

AHEAD = timedelta(days=6)
"""Slots are looked for in seven days: people work on all of them."""


@dataclass(frozen=True)
class Planned:
    """A home whose day is planned: `visits` and the `cases` behind them, in a seeded order."""

    desk: Desk
    at: datetime
    visits: tuple[str, ...]
    cases: tuple[str, ...]

    @property
    def day(self) -> str:
        """The path of the day's page."""
        return f"/{self.desk.city.name}/{ON}/"

    @contextmanager
    def server(self) -> Iterator[tuple[str, str]]:
        """Serve it from a process that has answered nothing; give its address and a cookie."""
        with served(self.desk.wired.home, self.at) as url:
            yield url, log_in(url, DISPATCHER, PASSWORD)


@contextmanager
def planned(size: Size) -> Iterator[Planned]:
    """Make a town of `size` with its day's draft, and let a dispatcher log in."""
    with temporary_desk(size.profile) as desk:
        plan_day(desk, size.cases, size.collectors, size.nodes, until=ON + AHEAD)
        at = datetime(ON.year, ON.month, ON.day, EARLY, tzinfo=ZoneInfo(desk.city.zone))
        add_dispatcher(desk, at)
        visits = planned_visits(desk)
        content = desk.wired.store.plan(desk.city.name, ON).content
        cases = tuple(content.targets[visit].case_ids[0] for visit in visits)
        yield Planned(desk, at, visits, cases)


def planned_visits(desk: Desk) -> tuple[str, ...]:
    """Return the visits of the newest plan in an order that the seed says."""
    plan = desk.wired.store.plan(desk.city.name, ON).content.plan
    visits = sorted(plan.served)
    Random(SEED).shuffle(visits)
    return tuple(visits)


def add_dispatcher(desk: Desk, at: datetime) -> None:
    from data.access import Grant, Role
    from scheduler.ports import By

    grant = Grant(Role.DISPATCHER, desk.city.name)
    code = desk.wired.users.add(DISPATCHER, [grant], By(ACTOR, at))
    desk.wired.logins.first_sign_in(DISPATCHER, code, PASSWORD, "127.0.0.1", at)
