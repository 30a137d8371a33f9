"""A dispatcher's whole afternoon while the day runs, straight on, with a crew's phone beside her.

Somebody calls in sick, a case is urgent, a crew is late, the rest is planned again, the phone hears
of it, and a version is taken back. Everything is the real thing: browser, server, worker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from scheduler.ports import MarkKind, PlanRecord, PlanStatus
from tests.browser.afternoon_day import (
    ALONE,
    BOOKED,
    DAY,
    GONE,
    IDLE,
    LATE,
    NUMBER,
    ON,
    PARTNER,
    SICK,
    at,
    make_visits,
    publish_afternoon,
    tell,
    trip_of,
)
from tests.browser.axe import faults
from tests.browser.conftest import Open, Seen
from tests.browser.desk_hand import PATIENCE_MS, block, drawn, lane
from tests.browser.test_phone import PHONE, press
from tests.web.pages import World
from web.jobs.runner import Runner

URGENT = "C99"
SOON_MS = 10_000
"""Until an open desk tells what a crew has told: it asks every 1.5 s, and is told at the second."""


@pytest.fixture(autouse=True)
def published(world: World, monkeypatch: pytest.MonkeyPatch) -> PlanRecord:
    """The afternoon as it was published; work is done in a thread, by the clock of the world."""
    record = publish_afternoon(world)
    monkeypatch.setattr("web.jobs.work.opened", lambda _: world.wired)
    monkeypatch.setattr("web.jobs.runner.new_pool", lambda: ThreadPoolExecutor(1))
    return record


@pytest.fixture
def works(world: World, published: PlanRecord) -> Iterator[Runner]:
    """The worker of the afternoon."""
    assert published
    works = Runner(world.wired)
    works.start()
    yield works
    works.close()


@pytest.mark.slow  # day by day the morning alone is walked
@pytest.mark.usefixtures("works")
def test_an_afternoon_from_a_sick_call_to_a_plan_taken_back(
    open_page: Open, world: World, seen: Seen
) -> None:
    let_the_crews_begin(world)
    phone = open_page("/my/day", LATE[0].lower(), **PHONE)
    begin_on_the_phone(phone, world)
    turn(world, at("13:42"))
    desk = drawn(open_page(f"{DAY}/", "dora"))
    the_line_of_now_stands(desk, world)
    call_in_sick(desk)
    put_an_urgent_case_in(desk)
    publish(desk, "W1 is ill")
    be_late(phone, desk, world)
    plan_the_rest_again(desk, world)
    publish(desk, "the rest anew")
    call_who_has_not_heard(desk, world)
    desk.goto(f"{_root(desk)}{DAY}/running")
    accept_on_the_phone(phone)
    see_who_has_heard(desk, world)
    compare_and_take_back(desk, world)
    expect_no_plan(phone)
    assert (seen.outside, seen.faults) == ([], [])


def turn(world: World, hour: datetime, *pages: Page) -> None:
    """Let it be that hour, for the server and for the browsers."""
    world.clock.at = hour
    for page in pages:
        page.clock.set_fixed_time(hour)


def later(world: World, minutes: int) -> datetime:
    return world.clock() + timedelta(minutes=minutes)


def let_the_crews_begin(world: World) -> None:
    """Let the crew of who calls in sick make its first visit, as its phone would tell."""
    turn(world, at("13:42"))
    tell(world, GONE, MarkKind.BEGIN, at("13:00"))
    make_visits(world, GONE)


def begin_on_the_phone(phone: Page, world: World) -> None:
    turn(world, at("13:05"))
    press(phone, "Begin the day")
    turn(world, at("13:20"))
    press(phone, "Arrive")
    expect(phone.locator("form[action$='/leave']")).to_be_visible()


def the_line_of_now_stands(desk: Page, world: World) -> None:
    """The line stands at the hour it is, and the made visit is drawn as made."""
    turn(world, at("13:42"), desk)
    drawn(desk)
    desk.reload()
    drawn(desk)
    at_s = desk.locator(".tl-body .tl-now").evaluate("line => line.style.getPropertyValue('--at')")
    assert int(at_s) == (13 * 60 + 42) * 60
    expect(lane(desk, "+".join(GONE)).locator(".visit.now-done")).to_have_count(1)
    expect(lane(desk, "+".join(LATE)).locator(".visit.now-at_door")).to_have_count(1)


def call_in_sick(desk: Page) -> None:
    """Ask what can become of the crew of who is sick: three choices, each with its cost."""
    lane(desk, "+".join(GONE)).locator(".tl-name").click()
    sheet = desk.locator("#sheet")
    member = sheet.locator("li", has_text=SICK)
    member.get_by_role("link", name="Call in sick").click()
    choices = sheet.locator("section:has(> form)")
    expect(choices).to_have_count(3, timeout=PATIENCE_MS)
    assert faults(desk) == []
    choices.filter(has_text="Paired with").get_by_role("button").click()
    expect(sheet).to_contain_text("It can be undone")
    pair = "+".join(sorted((PARTNER, ALONE)))
    expect(lane(desk, pair)).to_be_visible()
    expect(desk.locator("[data-part=main]").get_by_text("Publish")).to_be_visible()
    desk.keyboard.press("Escape")


def put_an_urgent_case_in(desk: Page) -> None:
    desk.goto(f"{_root(desk)}{DAY}/desk/urgent")
    for label, typed in (
        ("contract", URGENT),
        ("name", "演示急"),
        ("home_address", "中山路20号"),
        ("overdue", "9000"),
        ("days_past_due", "45"),
        ("agency", "North"),
    ):
        desk.locator(f"#{label}").fill(typed)
    assert faults(desk) == []
    desk.get_by_role("button", name="Into the book").click()
    alone = desk.locator("li", has_text=re.compile("Nobody else's visit changes|at another hour"))
    stay = alone.filter(has_not_text=re.compile("moves?:|lost"))
    stay.first.locator("button[name=way]").click(timeout=10_000)
    expect(desk.get_by_text("The visit stands in draft")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_role("link", name="Back to the plan").click()
    drawn(desk)


def _root(page: Page) -> str:
    return re.sub(r"/(Town|my)/.*", "", page.url)


def publish(desk: Page, note: str) -> None:
    desk.get_by_role("link", name=re.compile("^Publish")).click()
    expect(desk.get_by_text("It holds:")).to_be_visible()
    desk.get_by_label("Note").fill(note)
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_text(re.compile(r"Version \d is published."))).to_be_visible()


def be_late(phone: Page, desk: Page, world: World) -> None:
    """A crew stays at its first door for hours: the desk is warned early, and once it leaves.

    Who is booked until four has to be begun with at 15:40. Before her come others, who take some
    22 minutes each: so much earlier there is little time left for her, and 15 minutes later none.
    """
    pair = (PARTNER, ALONE)
    for crew in (LATE, IDLE, pair):
        tell(world, crew, MarkKind.ACCEPT, world.clock())
    hers = trip_of(world.wired.store.plan("Town", ON), LATE).visits
    before = [stop.id for stop in hers].index(f"B{BOOKED}") - 1
    turn(world, at("15:30") - before * timedelta(minutes=22), desk)
    drawn(desk)
    booked = block(desk, f"B{BOOKED}")
    expect(booked).to_have_class(re.compile("now-tight"), timeout=SOON_MS)
    line = desk.locator("#running-line")
    expect(line).to_contain_text("15:40 is the latest. It must be made today.", timeout=SOON_MS)
    assert faults(desk) == []
    turn(world, later(world, 15), desk)
    make_visits(world, pair)
    press(phone, "Leave")
    expect(booked).to_have_class(re.compile("now-missed"), timeout=SOON_MS)
    expect(lane(desk, "+".join(LATE)).locator(".expected")).not_to_have_count(0)


def plan_the_rest_again(desk: Page, world: World) -> None:
    """Plan the rest from its page, stop the search, and look at what it would change."""
    turn(world, later(world, 1), desk)
    desk.locator("#running-line").get_by_role("link", name="The day as it runs").click()
    expect(desk.get_by_role("heading", name="The day as it runs")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_label("Nothing moves for").select_option("15")
    desk.get_by_role("button", name="Plan the rest").click()
    expect(desk.locator("#progress .curve polyline")).to_be_visible(timeout=PATIENCE_MS)
    desk.get_by_role("button", name="Stop").click()
    desk.get_by_role("link", name="See what it changes").click(timeout=PATIENCE_MS)
    told = desk.locator("main")
    expect(told).to_contain_text("Visits that differ")
    expect(told).to_contain_text("better by")
    assert faults(desk) == []


def call_who_has_not_heard(desk: Page, world: World) -> None:
    """Ten minutes later the crew that has not seen it is a red line, with the number to call."""
    drawn(desk)
    expect(desk.locator("#running-line")).not_to_contain_text("has not seen")
    turn(world, later(world, 11), desk)
    line = desk.locator("#running-line .notice.bad")
    expect(line).to_contain_text("has not seen version 4 for 11 min: call.", timeout=SOON_MS)
    line.get_by_role("button", name="Call").click()
    expect(desk.locator("#sheet").get_by_role("link", name=NUMBER).first).to_be_visible()
    assert faults(desk) == []
    desk.keyboard.press("Escape")


def accept_on_the_phone(phone: Page) -> None:
    """The phone says what is another, and its crew accepts it."""
    phone.goto(f"{_root(phone)}/my/day")
    told = phone.locator(".changed")
    expect(told.get_by_role("heading", name="Your plan has changed")).to_be_visible()
    expect(told.get_by_role("listitem")).not_to_have_count(0)
    assert faults(phone) == []
    press(phone, "Accept the change")
    expect(told).to_be_hidden()


def see_who_has_heard(desk: Page, world: World) -> None:
    """The page renews itself when she looks again: when it was seen, and no red line is left."""
    for crew in (IDLE, (PARTNER, ALONE)):
        tell(world, crew, MarkKind.ACCEPT, world.clock())
    expect(desk.locator(".notice.bad")).not_to_have_count(0)
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    row = desk.locator("tbody tr", has_text="郑*·王*")
    expect(row.locator("td").last).to_have_text(f"{world.clock():%H:%M}")
    expect(desk.locator(".notice.bad")).to_have_count(0)


def compare_and_take_back(desk: Page, world: World) -> None:
    """Hold the two versions beside each other, take the new one back, and read who did what."""
    desk.goto(f"{_root(desk)}{DAY}/compare?earlier=3&later=4")
    expect(desk.get_by_role("heading", name="Version 3 and version 4")).to_be_visible()
    desk.get_by_role("link", name="The day as it runs").click()
    desk.get_by_role("link", name="Take version 4 back").click()
    desk.get_by_label("Why").fill("the bridge is closed")
    desk.get_by_role("button", name="Take it back").click()
    expect(desk.get_by_text("Version 4 is taken back")).to_be_visible()
    assert world.wired.store.plan("Town", ON, 4).state is PlanStatus.WITHDRAWN
    desk.get_by_role("link", name="Who did what when").click()
    for told in ("plan taken back", "the bridge is closed", "crew's number shown"):
        expect(desk.locator("main")).to_contain_text(told)
    assert faults(desk) == []


def expect_no_plan(phone: Page) -> None:
    phone.reload()
    expect(phone.get_by_text("Your plan was taken back")).to_be_visible()
