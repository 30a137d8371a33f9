"""A published afternoon in the small town of the morning: three crews on the road, one free."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from data.access import Grant, Role
from routing.geocoding import Precision
from routing.point import Point
from routing.travel import Mode
from scheduler.engines.stop_rules import Iterations
from scheduler.model import Collector, Crew, DailyWindow, Shift, Window
from scheduler.plan import Itinerary
from scheduler.ports import CaseRecord, Mark, MarkKind, PlanRecord
from scheduler.problem import Lock
from scheduler.service import plan_day, publish_day
from tests.browser.morning_files import ALONG, DOORS, door_at, town
from tests.data.built_city import add_city
from tests.data.world import ALICE, ALL_KNOWN, TODAY, collector, record, with_borrower, with_home
from tests.web.pages import PASSWORD, World

ON = TODAY + timedelta(days=7)
DAY = f"/Town/{ON}"
ZONE = ZoneInfo("Asia/Shanghai")

SICK, PARTNER = "W1", "W2"
GONE, LATE, IDLE = (SICK, PARTNER), ("W3", "W4"), ("W5", "W6")
"""The crew of who calls in sick, the one that is late, and one that begins later."""

ALONE = "W7"
NAMES = dict(
    zip(
        (*GONE, *LATE, *IDLE, ALONE),
        ("周一", "吴二", "郑三", "王四", "冯五", "陈六", "褚七"),
        strict=True,
    )
)
NUMBER = "13900005555"
"""Of everybody, to call."""

BEGINS = {GONE: "13:00", LATE: "13:00", IDLE: "15:30"}
BOOKED = 30
"""Who has agreed to be visited between three and four."""

HOURS = {
    GONE: {29: "13:20", 25: "14:00", 37: "14:40", 24: "15:20"},
    LATE: {27: "13:20", 31: "13:50", 35: "14:20", BOOKED: "15:10", 23: "16:20"},
    IDLE: {28: "15:50", 34: "16:20", 22: "16:50", 38: "17:20"},
}
"""Whom each crew visits at which hour: borrowers B29 of C29, and so on."""

OPENS, CLOSES = timedelta(minutes=-10), timedelta(minutes=80)
"""When she is at home, from the hour at which her visit is planned: so nobody moves it far."""


def at(clock: str) -> datetime:
    """Return an hour of the afternoon: `at("13:20")`."""
    return datetime.combine(ON, time.fromisoformat(clock), ZONE)


def publish_afternoon(world: World) -> PlanRecord:
    """Fill the book, plan the afternoon, publish it at one, and let the phones in."""
    world.clock.at = at("12:30")
    add_city(world.wired.home.cities, "Town", town())
    by = replace(ALICE, at=world.clock())
    with world.wired.store.writing(by) as writer:
        writer.put_cases("Town", cases(), known=ALL_KNOWN, complete=False)
        writer.put_collectors("Town", collectors())
        writer.put_shifts("Town", [shift for crew in crews() for shift in shifts(crew)])
        writer.put_shifts("Town", [Shift(ALONE, window("13:00"))])
        writer.put_crews("Town", ON, crews())
    planned = plan_day(world.wired.ports, "Town", ON, "dora", Iterations(1), locks=locks())
    with world.wired.store.writing(by) as writer:
        writer.add_plan(replace(planned.record.content, locks=()), based_on=1)
    let_in(world, LATE[0])
    return publish_day(world.wired.ports, "Town", ON, "dora", note="as agreed")


def locks() -> list[Lock]:
    """Return what holds each visit at its hour: where a search would put them does not matter."""
    midnight = at("00:00")
    return [
        Lock(f"B{number}", "+".join(crew), int((at(clock) - midnight).total_seconds()))
        for crew, visits in HOURS.items()
        for number, clock in visits.items()
    ]


def let_in(world: World, collector_id: str) -> None:
    """Let a collector log in under her own id."""
    name, by = collector_id.lower(), replace(ALICE, at=world.clock())
    grant = Grant(Role.COLLECTOR, "Town", collector_id=collector_id)
    code = world.wired.users.add(name, [grant], by)
    world.wired.logins.first_sign_in(name, code, PASSWORD, "127.0.0.1", world.clock())


def cases() -> list[CaseRecord]:
    """Return contracts at doors all over the town, one with an appointment."""
    return [_case(n, at(clock)) for visits in HOURS.values() for n, clock in visits.items()]


def _case(number: int, planned: datetime) -> CaseRecord:
    row, door = number % len(ALONG), 1 + number * 7 % DOORS
    booked = Window(at("15:00"), at("16:00")) if number == BOOKED else None
    told = with_borrower(record(number, appointment=booked), name=f"演示{number}")
    return with_home(
        told,
        address=f"{ALONG[row]}{door}号",
        point=Point(*door_at(row, door)),
        precision=Precision.EXACT,
        windows=(DailyWindow((planned + OPENS).time(), (planned + CLOSES).time()),),
    )


def collectors() -> list[Collector]:
    here = Point(*door_at(0, 2))
    return [
        collector(id, name=name, start=here, end=here, phone=NUMBER) for id, name in NAMES.items()
    ]


def crews() -> list[Crew]:
    here = Point(*door_at(0, 2))
    return [
        Crew("+".join(two), two, window(begin), here, here, Mode.EBIKE, source="formed")
        for two, begin in BEGINS.items()
    ]


def shifts(crew: Crew) -> list[Shift]:
    return [Shift(one, crew.window) for one in crew.members]


def window(begin: str) -> Window:
    return Window(at(begin), at("20:00"))


def trip_of(record: PlanRecord, crew: tuple[str, ...]) -> Itinerary:
    """Return the itinerary of a crew by its members."""
    trips = record.content.plan.itineraries
    return next(one for one in trips if set(one.crew_id.split("+")) == set(crew))


def tell(
    world: World, crew: tuple[str, ...], kind: MarkKind, when: datetime, visit_id: str = ""
) -> None:
    """Let a crew tell something, as its phone would."""
    plan = world.wired.store.plan("Town", ON)
    key = f"{crew[0]}-{kind}-{visit_id}-{when}"
    with world.wired.store.writing(replace(ALICE, at=world.clock())) as writer:
        writer.put_mark("Town", Mark(key, ON, plan.id, crew, kind, when, visit_id))


def make_visits(world: World, crew: tuple[str, ...], already: int = 0) -> None:
    """Let a crew make the visits that are over by now, all but some, when they are planned."""
    record = world.wired.store.plan("Town", ON)
    for stop in trip_of(record, crew).visits[already:]:
        arrives, leaves = (
            record.content.origin + timedelta(seconds=one) for one in (stop.start_s, stop.end_s)
        )
        if leaves <= world.clock():
            tell(world, crew, MarkKind.ARRIVE, arrives, stop.id)
            tell(world, crew, MarkKind.LEAVE, leaves, stop.id)
