"""A lender whose story is told day by day: files in, plans out, crews' results, files again.

Two pairs work in Town from Monday 2026-11-23 on, each working day from 9 to 20:30, by the rules of
China and the house. Everything goes through the readers, the use cases and the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import select

from data import database, tables
from data.profiles import TomlProfiles
from data.readers.cases import read_cases
from data.readers.contacts import read_contacts
from data.readers.payments import balances_in, payments_in, read_payments
from data.readers.tables import File
from data.store import SqlStore
from data.store.suspended import open_suspensions
from routing.point import Point
from scheduler.at_door import Closed, closed_door
from scheduler.day import Day
from scheduler.dossier import Dossier
from scheduler.engines.stop_rules import Iterations
from scheduler.model import Case, City, Collector, Shift, Window
from scheduler.plan import LeftOut, Stop
from scheduler.ports import By, Cities, Outcome, PlanRecord
from scheduler.service import PlannedDay, Ports, plan_day, publish_day
from scheduler.suspending import Suspension
from tests.data.story import Straight

ZONE = ZoneInfo("Asia/Shanghai")
TOWN = City("Town", zone="Asia/Shanghai", profile="CN", currency="CNY")
MONDAY = date(2026, 11, 23)
WORKING_DAYS = [
    on
    for on in (MONDAY + timedelta(days=n) for n in range(40))
    if on.weekday() < 5 and on < date(2026, 12, 31)
]
PEOPLE = ("ann", "ben", "cat", "dan")
CALLS = "合同号,联系时间,渠道,结果,联系对象,方向"
EVE = datetime(2026, 11, 22, 18, tzinfo=ZONE)


@dataclass
class Lender:
    """A book and its clock. Files are written as a lender would, and read as the desk does."""

    store: SqlStore
    folder: Path
    now: datetime = EVE

    @property
    def ports(self) -> Ports:
        return Ports(self.store, cast(Cities, Straight()), TomlProfiles(), lambda: self.now)

    def by(self, actor: str = "dora") -> By:
        return By(actor, self.now)

    def begin(self, *skills: str) -> None:
        """Take the city and its people in."""
        people = [person(id, *skills) for id in PEOPLE]
        shifts = [
            Shift(one.id, Window(at(on, 9), at(on, 20, 30)))
            for on in WORKING_DAYS
            for one in people
        ]
        with self.store.writing(self.by()) as writer:
            writer.put_city(TOWN)
            writer.put_collectors("Town", people)
            writer.put_shifts("Town", shifts)

    def employ(self, agencies: Mapping[str, str]) -> None:
        """Let agencies employ collectors, who are told by their ids."""
        with self.store.writing(self.by()) as writer:
            people = [replace(person(id), agency=agency) for id, agency in agencies.items()]
            writer.put_collectors("Town", people)

    def cases(self, rows: str, *, complete: bool = False) -> None:
        read = read_cases(self._file("cases", rows), zone=ZONE, agency="North")
        assert not read.errors, read.errors
        with self.store.writing(self.by()) as writer:
            writer.put_cases("Town", read.records, known=read.known, complete=complete)

    def contacts(self, rows: str) -> None:
        file = self._file("contacts", rows)
        whose = self._whose()
        read = read_contacts(file, zone=ZONE, now=self.now, borrowers_by_case=whose)
        assert not read.errors, read.errors
        with self.store.writing(self.by()) as writer:
            writer.add_contacts("Town", read.records)

    def called(self, *contracts: str) -> None:
        """Let the lender's log tell that each borrower answered a call on Saturday."""
        rows = [f"{id},2026-11-21 10:{n:02},电话,接通,本人,呼出" for n, id in enumerate(contracts)]
        self.contacts("\n".join((CALLS, *rows)))

    def payments(self, rows: str) -> None:
        file = self._file("payments", rows)
        whose = self._whose()
        read = read_payments(file, zone=ZONE, now=self.now, borrowers_by_case=whose)
        assert not read.errors, read.errors
        with self.store.writing(self.by()) as writer:
            told = payments_in(read.records), balances_in(read.records)
            writer.add_payments("Town", *told)

    def _file(self, name: str, rows: str) -> File:
        lines = [line.strip() for line in rows.strip().splitlines()]
        path = self.folder / f"{name}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return File(path)

    def _whose(self) -> dict[str, str]:
        return dict(self.store.borrowers_by_case("Town"))

    def plan(self, on: date) -> PlannedDay:
        return plan_day(self.ports, "Town", on, "dora", Iterations(3), engine="greedy")

    def publish(self, on: date) -> PlanRecord:
        """Plan a day and publish it."""
        self.plan(on)
        return publish_day(self.ports, "Town", on, "dora")

    def day(self, on: date) -> Day:
        return self.store.open_day("Town", on)

    def case(self, id: str) -> Case:
        return next(one for one in self.day(MONDAY).cases if one.id == id)

    def known(self, on: date, who: str) -> Dossier:
        return self.day(on).dossier_of(who)

    def tell(self, who: str, code: str, hour: int, minute: int = 0, **told: Any) -> str:
        """Record on the plan's day what came of its visit, and return the outcome's key."""
        record = self.published(self.now.date())
        trip = next(
            one for one in record.content.plan.itineraries if who in {s.id for s in one.visits}
        )
        place_id = next(stop.place_id for stop in trip.visits if stop.id == who)
        crew = next(one for one in record.content.crews if one.id == trip.crew_id)
        self.now = at(self.now.date(), hour, minute)
        key = f"{who} {self.now:%m-%d %H:%M}"
        usual: dict[str, Any] = {"plan_id": record.id, "was_met": True}
        outcome = Outcome(key, who, place_id, self.now, code, crew.members, **usual | told)
        with self.store.writing(self.by(crew.members[0])) as writer:
            writer.record_outcome("Town", outcome)
        return key

    def published(self, on: date) -> PlanRecord:
        return next(one for one in self.store.plans("Town", on) if one.state == "published")

    def suspended(self, on: date) -> dict[str, Suspension]:
        """Return what stands against visits of a published day, by the borrower."""
        with database.reading(self.store.engine) as connection:
            found = open_suspensions(connection, [self.published(on).id])
        return {one.borrower_id: one for one in found}

    def closed_door(self, who: str) -> Closed | None:
        """Return why the crew that is sent may not begin a visit at her home now."""
        day, content = self.day(self.now.date()), self.published(self.now.date()).content
        rules = self.ports.profiles.rules(day.city.profile)
        trip = next(one for one in content.plan.itineraries if who in {s.id for s in one.visits})
        crew = next(one for one in content.crews if one.id == trip.crew_id)
        return closed_door(day, rules, who, home_of(day, who), crew, self.now)

    def kinds(self, subject: str) -> list[str]:
        """Return what the book of events says of somebody or something, the oldest first."""
        found = self.store.events(subject=subject, limit=1000)
        return [event.kind for event in reversed(found)]

    def column(self, table: str, column: str, borrower_id: str) -> list[Any]:
        """Return a column of a table's rows of a borrower."""
        columns = tables.metadata.tables[table].c
        query = select(columns[column]).where(columns.borrower_id == borrower_id)
        with database.reading(self.store.engine) as connection:
            return list(connection.scalars(query))


def person(id: str, *skills: str) -> Collector:
    door = Point(30.0, 121.5)
    return Collector(id, id.title(), "North", door, door, skills=frozenset(skills))


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """Return a time of the day in Town."""
    return datetime.combine(on, time(hour, minute), ZONE)


def home_of(day: Day, who: str) -> str:
    return next(one.id for one in day.places if one.borrower_id == who)


def served(record: PlanRecord | PlannedDay) -> frozenset[str]:
    """Return the borrowers that a plan visits."""
    kept = record.record if isinstance(record, PlannedDay) else record
    return kept.content.plan.served


def stop_of(record: PlanRecord, who: str) -> tuple[datetime, datetime]:
    """Return from when to when a plan's visit to somebody lasts, in Town."""
    stops = (s for trip in record.content.plan.itineraries for s in trip.visits)
    stop: Stop = next(one for one in stops if one.id == who)
    begin = record.content.origin
    return tuple(  # type: ignore[return-value]
        (begin + timedelta(seconds=s)).astimezone(ZONE) for s in (stop.start_s, stop.end_s)
    )


def why_out(planned: PlannedDay, case_id: str) -> LeftOut:
    """Return the entry under which a plan leaves a contract out."""
    return next(one for one in planned.record.content.plan.left_out if case_id in one.case_ids)
