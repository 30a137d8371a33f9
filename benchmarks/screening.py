"""Wall time of reading a book of 50,000 cases with its contacts, and of screening it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from benchmarks.day import ON, SEED, import_libraries
from benchmarks.measure import Figures, Measure, Run, Series
from benchmarks.temporary import ACTOR, Desk, temporary_desk

CASES = 50_000
UNITS = {
    **{"read": "s", "screen": "s", "read and screen": "s", "choose": "s"},
    **{"cases": "", "may be visited": "", "left out by policy": ""},
}
OLD_CONTACTS = (2, 9)
"""Days since each borrower was called and written to."""


def measures() -> Iterator[Measure]:
    runs = (Run(f"book of {CASES}", partial(screen_book, CASES), SEED, in_quick=False),)
    for figure, unit in UNITS.items():
        yield Measure(f"{CASES} {figure}", unit, Series(figure, runs))


def screen_book(cases: int) -> Figures:
    """Read the day of a whole book from the store, screen it, and choose those worth most."""
    from scheduler.build import MOST_CANDIDATES, shortlist
    from scheduler.plan import Reason
    from scheduler.screening import screen

    import_libraries()
    with temporary_desk("CN") as desk:
        fill(desk, cases)
        city, watch = desk.city.name, desk.watch
        rules = desk.wired.ports.profiles.rules(desk.city.profile)
        with watch.stage("read"):
            day = desk.wired.store.open_day(city, ON)
        with watch.stage("screen"):
            found = screen(day, rules)
        with watch.stage("choose"):
            shortlist(day, found.candidates, MOST_CANDIDATES)
        by_policy = sum(one.reason is Reason.POLICY for one in found.left_out)
        return {
            **watch.seconds,
            "read and screen": watch.seconds["read"] + watch.seconds["screen"],
            "cases": len(day.cases),
            "may be visited": len(found.candidates),
            "left out by policy": by_policy,
        }


def fill(desk: Desk, cases: int) -> None:
    """Put a made-up book into the store: every home is placed, everybody was contacted twice."""
    from sqlalchemy import update

    from data import database, tables
    from data.readers.case_columns import CASES as COLUMNS
    from data.towns.town import make_town
    from routing.geocoding import Precision

    rows = make_town(SEED, ON, cases=cases, collectors=2).cases
    file = desk.wired.home.path / "book.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, [column.field for column in COLUMNS.columns])
        writer.writeheader()
        writer.writerows(rows)
    desk.put_cases(desk.read_cases(file))
    somewhere = {"point_lat": 29.9, "point_lon": 121.5, "precision": Precision.EXACT}
    with database.writing(desk.wired.store.engine) as connection:
        connection.execute(update(tables.place).values(**somewhere))
    add_contacts(desk)


def add_contacts(desk: Desk) -> None:
    from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party

    city, store = desk.city, desk.wired.store
    noon = datetime(ON.year, ON.month, ON.day, 12, tzinfo=ZoneInfo(city.zone))
    called, sent = (noon - timedelta(days=days) for days in OLD_CONTACTS)
    contacts = [
        Contact(f"{borrower.id} {channel}", borrower.id, channel, Direction.OUT, party, result, at)
        for borrower in store.open_day(city.name, ON).borrowers
        for channel, party, result, at in (
            (Channel.CALL, Party.BORROWER, ContactResult.ANSWERED, called),
            (Channel.SMS, Party.BORROWER, ContactResult.DELIVERED, sent),
        )
    ]
    with store.writing(desk.wired.ports.by(ACTOR)) as writer:
        writer.add_contacts(city.name, contacts)
