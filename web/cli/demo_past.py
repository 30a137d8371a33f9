"""The weeks before the demo's day: lists in, calls, visits and payments, by the clock of then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typer

from web.cli import city, days, files
from web.cli.common import Session, say, session

if TYPE_CHECKING:
    from data.towns.town import Town
    from web.wiring import Wired

BEGINS = time(8)


@dataclass(frozen=True)
class Earlier(Session):
    """A session of commands that are given at an earlier time."""

    at: datetime

    def wired(self) -> Wired:
        found = super().wired()
        return replace(found, ports=replace(found.ports, clock=lambda: self.at))


@dataclass(frozen=True)
class Place:
    """The city that a town becomes."""

    name: str
    profile: str
    zone: ZoneInfo


def live_through(context: typer.Context, town: Town, folder: Path, place: Place, on: date) -> None:
    """Bring a town from its first list to that of this morning; its day `on` can be planned."""
    from data.readers.case_columns import CASES
    from data.towns.lists_then import cases_now
    from data.towns.past import BEGAN_DAYS_AGO, Past
    from data.towns.workbooks import write_workbook

    now = session(context)
    today = datetime.now(place.zone).date()
    then = today - timedelta(days=BEGAN_DAYS_AGO)
    context.obj = Earlier(now.home, now.actor, datetime.combine(then, BEGINS, place.zone))
    begin(context, town, folder, place, (on, then, today))
    context.obj = now
    say("telling what happened in the weeks before …")
    wired = now.wired()
    past = Past(wired.ports, place.name, today, town.seed)
    past.tell()
    owed = {case.id: case.overdue for case in wired.store.open_day(place.name, on).cases}
    write_workbook(cases_now(town.cases, on, then, owed), CASES, folder / "cases.xlsx")
    files.cases(context, path=folder / "cases.xlsx")
    days.geocode(context)
    past.message_new()
    wired.store.close()


def begin(
    context: typer.Context, town: Town, folder: Path, place: Place, when: tuple[date, date, date]
) -> None:
    """Make the city and take in its first lists: as of `when` its day is, they are, and today."""
    from data.towns.lists_then import cases_then, shifts_then
    from data.towns.past import visited_on
    from data.towns.town import write_town

    on, then, today = when
    shifts = [*shifts_then(town.shifts, visited_on(today)), *town.shifts]
    first = replace(town, cases=cases_then(town.cases, on, then), shifts=shifts)
    written = write_town(first, folder)
    city.add(context, place.name, [written.extract], profile=place.profile, zone=place.zone.key)
    files.collectors(context, path=written.collectors)
    files.shifts(context, path=written.shifts)
    if town.pairs:
        files.pairs(context, path=written.pairs)
    files.cases(context, path=written.cases)
    days.geocode(context)
