"""A made-up town with a planned day, for a dispatcher who opens the desk before it begins."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from benchmarks.day import ON, SEED, Size
from benchmarks.load import log_in
from benchmarks.page_server import served
from benchmarks.pages import PASSWORD, plan_day
from benchmarks.stopwatch import Stopwatch
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
    """Open a copy of a town of `size` with its day's draft, where a dispatcher can log in."""
    from web.wiring import wire

    made = town_of(size)
    with TemporaryDirectory(prefix="dayround-") as folder:
        shutil.copytree(made.name, folder, dirs_exist_ok=True)
        wired = wire(Path(folder))
        (city,) = wired.store.cities()
        desk = Desk(wired, city, Stopwatch())
        visits = planned_visits(desk)
        content = wired.store.plan(city.name, ON).content
        cases = tuple(content.targets[visit].case_ids[0] for visit in visits)
        yield Planned(desk, early_in(city.zone), visits, cases)
        wired.store.close()


@cache
def town_of(size: Size) -> TemporaryDirectory[str]:
    """Make a town of `size`, plan its day and let a dispatcher log in; gone with the process."""
    made = TemporaryDirectory(prefix="dayround-")
    with temporary_desk(size.profile) as desk:
        plan_day(desk, size.cases, size.collectors, size.nodes, until=ON + AHEAD)
        add_dispatcher(desk, early_in(desk.city.zone))
        desk.wired.store.close()
        shutil.copytree(desk.wired.home.path, made.name, dirs_exist_ok=True)
    return made


def early_in(zone: str) -> datetime:
    return datetime(ON.year, ON.month, ON.day, EARLY, tzinfo=ZoneInfo(zone))


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
