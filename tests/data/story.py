"""A planned book to whom things happen: what a random story of events is made of.

Two pairs, ann and ben, cat and dan, work from Monday 2026-11-30 to Wednesday in Town. Six borrowers
live along one road; B2 has two contracts, B3 can be met at work too. Monday is published and there
is a later draft of it, Tuesday is published, Wednesday is a draft. It is 08:30 on Monday.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from data.profiles import TomlProfiles
from data.store import SqlStore
from data.store.agencies import Entrusting
from data.store.directives import Words
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from routing.sources.straight_line import StraightLineTimes
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.directives import Directive, DirectiveKind
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import ConflictError, DayroundError
from scheduler.model import (
    City,
    Collector,
    DailyWindow,
    OwnerPolicy,
    Place,
    PlaceKind,
    Shift,
    StopFlag,
    Window,
)
from scheduler.payments import Payment
from scheduler.ports import By, CaseRecord, Cities, Mark, MarkKind, Outcome, PlanRecord
from scheduler.restraints import Pause, PauseKind, Wish
from scheduler.service import Ports, plan_day, publish_day
from tests.data.world import ALL_KNOWN, record

ZONE = ZoneInfo("Asia/Shanghai")
TOWN = City("Town", zone="Asia/Shanghai", profile="CN", currency="CNY")
MONDAY = date(2026, 11, 30)  # once all of CN's values hold
DAYS = tuple(MONDAY + timedelta(days=n) for n in range(3))
BEGINS = datetime(2026, 11, 30, 8, 30, tzinfo=ZONE)
PEOPLE = ("ann", "ben", "cat", "dan")
BORROWERS = tuple(f"B{n}" for n in range(1, 7))
STEP_M = 111.0


@dataclass
class Story:
    """A book, and its clock: each thing that happens takes a minute."""

    store: SqlStore
    now: datetime = BEGINS

    @property
    def by(self) -> By:
        self.now += timedelta(minutes=1)
        return By("alice", self.now)

    @property
    def ports(self) -> Ports:
        return Ports(self.store, cast(Cities, Straight()), TomlProfiles(), lambda: self.by.at)

    def live_plans(self) -> list[PlanRecord]:
        """Return the drafts and the published plans of the days to come."""
        plans = [plan for on in DAYS for plan in self.store.plans("Town", on)]
        return [plan for plan in plans if plan.state in ("draft", "published")]

    def published(self, on: date = MONDAY) -> PlanRecord | None:
        plans = self.store.plans("Town", on)
        return next((plan for plan in plans if plan.state == "published"), None)

    def case(self, id: str, **facts: object) -> None:
        """Let the lender's file say something else of a contract, and of nothing more."""
        told = next(one for one in records() if one.case.id == id)
        now = replace(told, case=replace(told.case, **facts))  # type: ignore[arg-type]
        known = frozenset(f"case.{name}" for name in facts)
        with self.store.writing(self.by) as writer:
            writer.put_cases("Town", [now], known=known, complete=False)

    def entrust(self, id: str, agency: str) -> None:
        """Let a contract go to another agency, or come back to the lender: ''."""
        try:
            with self.store.writing(self.by) as writer:
                writer.entrust("Town", Entrusting((id,), agency, None, None))
        except DayroundError:
            return  # it is closed, or nobody has named such an agency

    def hours(self, who: str, windows: tuple[DailyWindow, ...]) -> None:
        """Let the file say which hours of the day suit a borrower at home."""
        told = next(one for one in records() if one.borrower.id == who)
        places = tuple(replace(one, windows=windows) for one in told.places)
        with self.store.writing(self.by) as writer:
            known = frozenset({"place.windows"})
            writer.put_cases("Town", [replace(told, places=places)], known=known, complete=False)

    def file(self, without: frozenset[str]) -> None:
        """Bring the whole case file in, without some contracts: these are closed."""
        left = [one for one in records() if one.case.id not in without]
        with self.store.writing(self.by) as writer:
            writer.put_cases("Town", left, known=frozenset(), complete=True)

    def move(self, id: str, metres: float) -> None:
        """Find a place so far to the north of where it is."""
        place = self.place(id)
        if place is None or place.point is None:
            return
        point = replace(place.point, lat=place.point.lat + metres / 111_195)
        found = GeocodeResult(point, Precision.EXACT, 5.0, "test")
        with self.store.writing(self.by) as writer:
            writer.put_positions("Town", {place: found})

    def place(self, id: str) -> Place | None:
        places = self.store.open_day("Town", MONDAY).places
        return next((place for place in places if place.id == id), None)

    def validity(self, id: str, is_valid: bool) -> None:
        with self.store.writing(self.by) as writer:
            writer.put_validity("Town", id, is_valid=is_valid)

    def collector(self, id: str, **facts: object) -> None:
        with self.store.writing(self.by) as writer:
            writer.put_collectors("Town", [replace(person(id), **facts)])  # type: ignore[arg-type]

    def shift(self, id: str, day: int, last_hour: int) -> None:
        with self.store.writing(self.by) as writer:
            writer.put_shifts("Town", [works(id, DAYS[day], last_hour)])

    def city(self, policy: OwnerPolicy) -> None:
        with self.store.writing(self.by) as writer:
            writer.put_city(replace(TOWN, owner_policy=policy))

    def arrive(self, who: str) -> None:
        self._mark(who, MarkKind.ARRIVE)

    def _mark(self, who: str, kind: MarkKind) -> None:
        """Let the crew that is to see a borrower today tell where it stands."""
        plan = self.published()
        if plan is None or who not in plan.content.plan.served:
            return
        trip = next(t for t in plan.content.plan.itineraries if who in {s.id for s in t.visits})
        crew = next(crew for crew in plan.content.crews if crew.id == trip.crew_id)
        key = f"{kind} {who} {self.now}"
        told = Mark(key, MONDAY, plan.id, crew.members, kind, self.now, who)
        with self.store.writing(self.by) as writer:
            writer.put_mark("Town", told)

    def outcome(self, who: str, code: str, was_made: bool) -> None:
        told = Outcome(
            f"{who} {self.now}", who, f"{who}-home", self.now, code, ("ann", "ben"), was_made
        )
        with self.store.writing(self.by) as writer:
            writer.record_outcome("Town", told)

    def contact(self, who: str, result: ContactResult, at: datetime | None = None) -> None:
        """Log a call, to a borrower or in vain; the book's first makes the gate known."""
        party = Party.NOBODY if result is ContactResult.NO_ANSWER else Party.BORROWER
        by = self.by
        called = Contact(
            f"call {by.at}", who, Channel.CALL, Direction.OUT, party, result, at or by.at
        )
        with self.store.writing(by) as writer:
            writer.add_contacts("Town", [called])

    def payment(self, case_id: str, amount: Decimal) -> None:
        """Let money come in on a contract, or be taken back."""
        by = self.by
        with self.store.writing(by) as writer:
            writer.add_payments("Town", [Payment(f"paid {by.at}", case_id, amount, by.at)])

    def pause(self, who: str, first: int, last: int | None) -> None:
        until = None if last is None else DAYS[last]
        told = Pause(0, who, PauseKind.ILLNESS, DAYS[first], until, "her son")
        with self.store.writing(self.by) as writer:
            writer.put_pause("Town", told)

    def end_pauses(self, who: str) -> None:
        """Let whatever kept her at rest be over."""
        pauses = self.store.open_day("Town", MONDAY).dossier_of(who).pauses
        with self.store.writing(self.by) as writer:
            for pause in pauses:
                writer.end_pause("Town", pause.id)

    def wish(self, who: str, blocked: tuple[DailyWindow, ...], kind: PlaceKind | None) -> None:
        with self.store.writing(self.by) as writer:
            writer.put_wish("Town", Wish(0, who, "letter", blocked=blocked, place_kind=kind))

    def say(self, who: str, kind: DirectiveKind, day: int) -> list[Directive]:
        """Let a dispatcher say that a borrower must be visited on a day, or may not."""
        with self.store.writing(self.by) as writer:
            try:
                return writer.put_directives("Town", Words(kind, DAYS[day], [who]))
            except ConflictError:
                return []  # nothing lies before the first day

    def take_back(self) -> None:
        """Take back what dispatchers said of anybody."""
        said = [one.id for one in self.store.directives("Town")]
        with self.store.writing(self.by) as writer:
            writer.end_directives("Town", said)

    def override(self, who: str, rule: str, day: int, is_allowed: bool) -> None:
        """Let one person ask to set a house rule aside, and another decide."""
        try:
            with self.store.writing(self.by) as writer:
                asked = writer.ask_override("Town", who, rule, DAYS[day], "she asked for it")
        except DayroundError:
            return  # it was asked already
        with self.store.writing(replace(self.by, actor="olga")) as writer:
            writer.decide_override("Town", asked.id, is_allowed=is_allowed)

    def plan(self, day: int) -> None:
        """Plan a day again: its newest draft."""
        try:
            plan_day(self.ports, "Town", DAYS[day], "alice", Iterations(3), engine="greedy")
        except DayroundError:
            return  # nobody can be planned: a crew's shifts have changed

    def publish(self, day: int) -> None:
        """Publish the newest draft of a day, if there is one that may be."""
        try:
            publish_day(self.ports, "Town", DAYS[day], "alice")
        except DayroundError:
            return


class Straight:
    """Roads as the crow flies."""

    def travel_times(self, city: str, *, is_working: bool = True) -> StraightLineTimes:  # noqa: ARG002
        return StraightLineTimes()


def records() -> list[CaseRecord]:
    """Return the lender's file: seven contracts of six borrowers."""
    told = [at_step(record(n), n) for n in range(1, 7)]
    told.append(at_step(record(7, borrower=2), 2))
    work = replace(told[2].places[0], id="B3-work", kind=PlaceKind.WORK, source="borrower")
    told[2] = replace(told[2], places=(*told[2].places, work))
    return told


def at_step(told: CaseRecord, step: int) -> CaseRecord:
    """Return a record whose home lies so many steps along the road, in no agency."""
    found = {"point": Point(25.0, 121.5 + step / 1000), "precision": Precision.CONFIRMED}
    home = replace(told.places[0], address=f"{step} Made-up Road", **found)  # type: ignore[arg-type]
    return replace(told, places=(home,))


def person(id: str) -> Collector:
    start = Point(25.0, 121.5)
    return Collector(id, id.title(), "North", start, start, skills=frozenset({"talk"}))


def works(id: str, on: date, last_hour: int = 18) -> Shift:
    first, last = (datetime.combine(on, time(hour), ZONE) for hour in (9, last_hour))
    return Shift(id, Window(first, last))


def planned_book(store: SqlStore) -> Story:
    """Make the book that is told of above."""
    story = Story(store)
    with store.writing(story.by) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [person(id) for id in PEOPLE])
        writer.put_shifts("Town", [works(id, on) for id in PEOPLE for on in DAYS])
        writer.put_cases("Town", records(), known=ALL_KNOWN, complete=True)
    for who in ("C4", "C5", "C6"):  # Monday's are the first three, Tuesday's the others
        story.case(who, stops=frozenset({StopFlag.OTHER}))
    story.plan(0)
    story.publish(0)
    for who in ("C4", "C5", "C6"):
        story.case(who, stops=frozenset())
    for day in (1, 1, 0, 2):
        story.plan(day)
        if day == 1:
            story.publish(1)
    return story


def planned_story(store: SqlStore) -> Story:
    """Go on with a copy of the planned book."""
    return Story(store, BEGINS + timedelta(minutes=29))


Happening = Callable[[Story], None]
