"""A whole shift on the kept page, and all that may come between: nothing is lost, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from random import Random
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from data import tables
from scheduler.model import DailyWindow
from scheduler.plan import Itinerary
from tests.browser.conftest import Open, Seen
from tests.browser.test_my_day import PHONE, READABLE, faults, taken_along
from tests.browser.walking import (
    BOOK,
    FAR,
    SHIFT,
    Step,
    arrive,
    at_work,
    book,
    brought,
    restarted,
    take_in,
    unlock,
    walk,
)
from tests.browser.wire import Wire
from tests.data.world import NOON, TODAY
from tests.web.pages import Hands, World
from tests.web.phone_days import full_trip, make_lawful, publish, put_case

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
MORNING: dict[str, Any] = {"windows": (DailyWindow(time(9), time(11, 30)),)}


@pytest.fixture(autouse=True)
def running_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server's clock go on by itself, as that of a phone does."""
    began_s = monotonic()
    monkeypatch.setattr(
        Hands, "__call__", lambda hands: hands.at + timedelta(seconds=monotonic() - began_s)
    )


@pytest.fixture(autouse=True)
def day_of_two(world: World) -> None:
    """A day of three visits for Alice and Bob; the second suits in the morning alone."""
    make_lawful(world)
    put_case(world, 2, MORNING)
    publish(world, full_trip("alice+bob"))


@pytest.fixture
def wire(world: World, monkeypatch: pytest.MonkeyPatch) -> Wire:
    """The way to the server, which can be bad."""
    wire = Wire(world.app.wsgi_app)
    monkeypatch.setattr(world.app, "wsgi_app", wire)
    return wire


def test_a_shift_is_in_the_book_once_and_in_order(
    open_page: Open, seen: Seen, world: World
) -> None:
    page = at_work(open_page)
    walk(page)
    brought(page, world)
    assert book(world) == BOOK
    assert faults(seen) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_shift_with_cuts_lost_answers_and_killed_tabs_is_the_same(
    open_page: Open, world: World, wire: Wire, seed: int
) -> None:
    chance = Random(seed)
    wire.chance, wire.losing = Random(seed), 0.5
    page = at_work(open_page)
    for step in SHIFT:
        page.context.set_offline(chance.random() < 0.5)
        if chance.random() < 0.25:
            page = restarted(page)
        page = done_through(page, step, is_killed=chance.random() < 0.4)
    page.context.set_offline(False)
    wire.losing = 0
    brought(page, world)
    assert book(world) == BOOK


def done_through(page: Page, step: Step, *, is_killed: bool) -> Page:
    """Do a step; where the tab is killed in its last press, do what is not on the phone again."""
    step.act(page)
    if is_killed and step.sign:
        page = restarted(page)
        if not step.is_done(page):
            step.act(page)
    step.expect_done(page)
    return page


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [timedelta(hours=3), timedelta(days=-1)])
def test_a_wrong_clock_neither_opens_doors_nor_dates_records(
    open_page: Open, world: World, wrong: timedelta
) -> None:
    page = at_work(open_page, at=NOON + wrong)
    minutes = abs(int(wrong.total_seconds())) // 60
    walk(page, SHIFT[:3])
    page.evaluate("location.hash = '#/'")
    expect(
        page.get_by_text(f"The clock of this phone is wrong by {minutes} minutes")
    ).to_be_visible()
    page.context.set_offline(True)
    # Ten, when the second door is open: today on the fast phone, yesterday on the slow one.
    back = timedelta(hours=5 if wrong > timedelta() else 2)
    page.clock.set_system_time(NOON + wrong - back)
    page = restarted(page)
    walk(page, SHIFT[3:6])  # it is closed all the same
    page.context.set_offline(False)
    brought(page, world)
    record = tables.field_record.c
    with world.wired.store.engine.connect() as connection:
        told = connection.execute(select(record.at, record.wall_at)).all()
    assert all(abs(one.at - NOON) < timedelta(minutes=5) for one in told)
    assert any(abs(one.wall_at - NOON - wrong) < timedelta(minutes=5) for one in told)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [timedelta(hours=3), timedelta(days=-1)])
def test_a_day_is_wiped_by_the_later_of_both_clocks(
    open_page: Open, world: World, wrong: timedelta
) -> None:
    page = at_work(open_page, at=NOON + wrong)
    page.context.set_offline(True)
    # The day closes at 17:26, three hours after its round. The fast clock is there first.
    page.clock.fast_forward(2 * 3_600_000)
    page.reload()
    unlock(page)
    page.clock.fast_forward((1 if wrong > timedelta() else 4) * 3_600_000)
    expect(page.get_by_role("heading", name="The shift is over")).to_be_visible()
    assert page.evaluate(READABLE) == []


@pytest.mark.slow
def test_two_phones_of_a_crew_agree_or_the_desk_decides(open_page: Open, world: World) -> None:
    put_case(world, 2, {"windows": ()})
    nowhere: dict[str, Any] = {"geolocation": None, "permissions": []}
    phones = [at_work(open_page, who, **nowhere) for who in ("alice", "bob")]
    for page, answer in zip(
        phones, (("Not at home",), ("Wrong address", "Moved away")), strict=True
    ):
        walk(page, SHIFT[:1])
        page.context.set_offline(True)
        walk(page, SHIFT[1:2])
        result_at(page, "B1", "Not at home")
        result_at(page, "B2", *answer)
    for page in phones:
        page.context.set_offline(False)
        brought(page, world)
    second = phones[1]
    second.evaluate("location.hash = '#/queue'")
    second.get_by_role("button", name="Send now").click()
    expect(second.get_by_text("told alike by your colleague")).to_be_visible()
    expect(second.get_by_text("told otherwise by your colleague: the desk decides")).to_be_visible()
    desk = open_page(f"/Town/{TODAY}/records/", "dora", **DESK)
    desk.get_by_role("button", name="Take what this phone told").click()
    expect(desk.get_by_role("button", name="Take what this phone told")).to_have_count(0)
    second.get_by_role("button", name="Send now").click()
    expect(second.get_by_text("decided by the desk")).to_be_visible()
    result = tables.outcome.c
    stands = result.corrected_by.is_(None).label("stands")
    with world.wired.store.engine.connect() as connection:
        rows = connection.execute(select(result.borrower_id, result.code, stands)).all()
    assert sorted(map(tuple, rows)) == [
        *(("B1", "NOT_HOME", True), ("B2", "MOVED", True), ("B2", "NOT_HOME", False)),
    ]


def result_at(page: Page, visit: str, answer: str, exactly: str = "") -> None:
    """Arrive at a visit and tell a result that needs nothing more."""
    page.evaluate(f"location.hash = '#/stop/{visit}'")
    page.get_by_role("button", name="Arrive").click()
    page.locator(".thumb").get_by_role("link", name="Result").click()
    page.get_by_role("link", name=answer).click()
    if exactly:
        page.get_by_label(exactly).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


SLOW_TO_FIND = """() => {
  const found = { coords: { latitude: 25.01, longitude: 121.5, accuracy: 5 } };
  window.asked = [];
  navigator.geolocation.getCurrentPosition = (tell) => window.asked.push(() => tell(found));
}"""
"""A phone that finds out where it stands only when the test says so."""


@pytest.mark.slow
def test_who_presses_on_while_the_phone_looks_where_it_stands_is_left_there(
    open_page: Open, world: World
) -> None:
    page = at_work(open_page)
    walk(page, SHIFT[:2])
    page.evaluate(SLOW_TO_FIND)
    page.evaluate("location.hash = '#/stop/B1'")
    page.get_by_role("button", name="Arrive").click()
    page.evaluate("location.hash = '#/'")
    page.get_by_role("button", name="Arrive").click()  # did it hear me?
    page.locator(".thumb").get_by_role("link", name="Result").click()
    expect(page.get_by_role("heading", name="What came of it?")).to_be_visible()
    assert page.evaluate("window.asked.length") == 2
    page.evaluate("window.asked.forEach((tell) => tell())")
    expect(page.get_by_role("link", name="Promised")).to_be_visible()  # it opens where she is
    brought(page, world)
    assert book(world)["marks"] == BOOK["marks"][:3]


@pytest.mark.slow
def test_records_replayed_ten_times_in_any_order_land_once(
    open_page: Open, world: World, wire: Wire
) -> None:
    wire.is_swallowing, chance = True, Random(7)
    page = at_work(open_page)
    walk(page)
    for _ in range(20):
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(100)
        if len(wire.sent) == len(BOOK["records"]):
            break
    assert len(wire.sent) == len(BOOK["records"])
    wire.is_swallowing = False
    for _ in range(10):
        wire.replay(world, chance.sample(list(wire.sent), len(wire.sent)))
        take_in(world)
        assert book(world) == BOOK
    brought(page, world)
    assert book(world) == BOOK


@pytest.mark.slow
def test_a_plan_that_changes_meanwhile_is_told_and_keeps_what_was_recorded(
    open_page: Open, world: World
) -> None:
    put_case(world, 2, {"windows": ()})
    page = at_work(open_page)
    walk(page, SHIFT[:2])
    page.context.set_offline(True)
    page.evaluate("location.hash = '#/stop/B2'")
    arrive(page)
    expect(page.get_by_text("At the door since")).to_be_visible()
    publish(world, without("B2"))
    page.context.set_offline(False)
    brought(page, world)
    page.clock.fast_forward(61_000)
    page.evaluate("location.hash = '#/'")
    expect(page.get_by_text("Your plan has changed.")).to_be_visible()
    page.get_by_role("link", name="See what is new").first.click()
    expect(page.get_by_text("dropped")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    page.evaluate("location.hash = '#/queue'")
    expect(page.get_by_text("Arrived").first).to_be_visible()
    brought(page, world)
    told = book(world)
    assert ("arrive", "B2", ["alice", "bob"]) in told["marks"]
    assert told["states"] == ["applied"]


def without(visit: str) -> Itinerary:
    """Return the crew's day without a visit."""
    trip = full_trip("alice+bob")
    return replace(trip, stops=tuple(stop for stop in trip.stops if stop.id != visit))


@pytest.mark.slow
@pytest.mark.parametrize("how", ["taken back", "ended"])
def test_a_link_that_holds_no_more_wipes_the_day_and_delivers_what_waits(
    open_page: Open, world: World, how: str
) -> None:
    desk = open_page(f"/Town/{TODAY}/links", "dora", **DESK)
    desk.locator("button[name=whom][value=alice]").click()
    path = "/" + desk.locator(".link-card input").input_value().split("/", 3)[3]
    page = open_page(path, None, **PHONE | FAR)
    page.clock.install(time=NOON)
    page.get_by_role("button", name="Open my day").click()
    taken_along(page)
    other = open_page(path, None)  # pressed twice
    expect(other.get_by_role("heading")).to_contain_text("in use on another phone")
    foreign = page.context.new_page()
    foreign.goto(page.url.partition("/my/")[0] + "/my/in/nobody-has-made-this-one")
    expect(foreign.get_by_role("heading", name="There is no such link")).to_be_visible()
    foreign.close()
    page.context.set_offline(True)
    walk(page, SHIFT[:3])
    if how == "ended":
        world.clock.pass_by(hours=9)
    else:
        desk.goto(desk.url)
        desk.locator("button[name=whom][value=alice]", has_text="Take back").click()
        expect(desk.locator("button", has_text="Take back")).to_have_count(0)
    page.context.set_offline(False)  # it asks at once
    over = "The shift is over" if how == "ended" else "Your link was taken back"
    expect(page.get_by_role("heading", name=over)).to_be_visible()
    assert page.evaluate(READABLE) == []
    expect(page.get_by_text("Everything that you recorded has reached the server.")).to_be_visible()
    take_in(world)
    assert [kind for kind, *_ in book(world)["marks"]] == ["accept", "begin", "arrive"]


EVICTED = """async (names) => {
  const book = await new Promise((resolve) => {
    const asked = indexedDB.open("dayround");
    asked.onsuccess = () => resolve(asked.result);
  });
  const tx = book.transaction(["queue", "kept"], "readwrite"), kept = tx.objectStore("kept");
  if (names.includes("queue")) tx.objectStore("queue").clear();
  for (const name of names.filter((one) => one !== "queue")) {
    kept.delete(IDBKeyRange.bound(name, name + "\\uffff"));
  }
  await new Promise((resolve) => { tx.oncomplete = resolve; });
  book.close();
}"""
"""A browser that deletes rows whose names begin so, as it may where room is scarce."""


def offline_with_three(open_page: Open) -> Page:
    """Return a phone without a network on which three records wait."""
    page = at_work(open_page)
    page.context.set_offline(True)
    walk(page, SHIFT[:3])
    return page


@pytest.mark.slow
@pytest.mark.parametrize("lost", [["queue"], ["device "], ["queue", "device "]])
def test_what_the_browser_deleted_is_brought_back_from_its_readable_copy(
    open_page: Open, world: World, lost: list[str]
) -> None:
    page = offline_with_three(open_page)
    page.evaluate(EVICTED, lost)
    page = restarted(page)
    if "device " in lost:
        told = "The browser has deleted what this phone sends with."
        expect(page.get_by_text(told)).to_be_visible()
    page.context.set_offline(False)
    if "device " in lost:
        expect(page.get_by_text(told)).to_have_count(0)
    walk(page, SHIFT[3:])
    brought(page, world)
    assert book(world) == BOOK


@pytest.mark.slow
def test_what_the_browser_deleted_for_good_is_told(open_page: Open, world: World) -> None:
    page = offline_with_three(open_page)
    page.evaluate(EVICTED, ["queue", "day told "])
    page = restarted(page)
    expect(page.get_by_text("The browser has deleted 3 records of today")).to_be_visible()


@pytest.mark.slow
def test_a_phone_whose_browser_deleted_everything_says_how_much_is_lost(
    open_page: Open, world: World
) -> None:
    page = at_work(open_page)
    walk(page, SHIFT[:2])
    brought(page, world)
    page.context.set_offline(True)
    walk(page, SHIFT[2:3])
    session = page.context.new_cdp_session(page)
    told = {"origin": page.url.partition("/my/")[0], "storageTypes": "indexeddb,local_storage"}
    session.send("Storage.clearDataForOrigin", told)
    page.context.set_offline(False)
    page.reload()
    taken_along(page)
    lost = page.get_by_text("1 record had been written down and was not sent")
    expect(lost).to_be_visible()
    expect(restarted(page).get_by_text("it is lost. Tell the desk.")).to_be_visible()
    assert book(world)["records"] == [("", "accept"), ("", "begin")]
