"""What a collector presses seldom on the kept page: each thing once, on one phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Seen
from tests.browser.test_my_day import (  # noqa: F401
    PIN,
    READABLE,
    day_of_two,
    faults,
    opened,
    taken_along,
)
from tests.browser.test_my_shift import begun, told
from tests.browser.walking import unlock
from tests.data.world import TODAY
from tests.web.pages import World
from tests.web.phone_days import put_case

FAR = {"latitude": 25.2, "longitude": 121.5}
"""Some twenty kilometres from the first door."""
DARK = "getComputedStyle(document.documentElement).colorScheme"
WIPING = "Take the day off this phone"
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  window.makeRoom = () => { IDBObjectStore.prototype.put = put; };
  IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); };
}"""
SCARCE = "() => { navigator.storage.estimate = async () => ({ usage: 995e6, quota: 1000e6 }); }"


def go(page: Page, where: str) -> None:
    page.evaluate("(hash) => { location.hash = hash; }", where)


def more(page: Page) -> None:
    go(page, "#/more")
    expect(page.get_by_role("heading", name=re.compile("More|更多"))).to_be_visible()


def type_pin(page: Page) -> None:
    page.locator("#pin").fill(PIN)
    page.locator(".thumb .main").click()
    expect(page.locator("#pin")).to_have_count(0)


def result(page: Page, answer: str, exactly: str = "") -> None:
    """Tell what came of the first visit."""
    go(page, "#/stop/B1/result")
    page.get_by_role("link", name=answer).click()
    if exactly:
        page.get_by_label(exactly, exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


@pytest.mark.slow
def test_what_is_pressed_seldom_does_what_it_says(
    open_page: Open, seen: Seen, world: World
) -> None:
    put_case(world, 2, crew_size=2)
    place: dict[str, Any] = {"geolocation": FAR, "permissions": ["geolocation"]}
    page = opened(open_page, **place)
    begun(page)
    page.context.set_offline(True)

    # Far from the door she says why, both ways; and corrects what she told, twice.
    page.get_by_role("button", name="Arrive").click()
    expect(page.get_by_text("finds itself 21.1 km from the door")).to_be_visible()
    page.get_by_role("button", name="Met the borrower elsewhere").click()
    expect(page.get_by_text("At the door since")).to_be_visible()
    result(page, "Not at home")
    result(page, "Wrong address", "Moved away")
    result(page, "Not at home")
    go(page, "#/stop/B1")
    page.locator(".thumb").get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Left before, pressed only now").click()

    # A call for help is held; who saw it comes back.
    page.get_by_role("link", name="Problem").click()
    help_ = page.get_by_role("button", name=re.compile("all for help"))
    help_.hover()
    page.mouse.down()
    expect(page.get_by_text("waits: there is no network. Call by telephone.")).to_be_visible()
    page.mouse.up()
    page.context.set_offline(False)
    expect(page.get_by_text("is at the desk. Nobody has seen it yet.")).to_be_visible()
    desk = open_page("/Town/alarms", "dora", locale="en")
    desk.get_by_role("button", name="Seen").click()
    expect(desk.get_by_text("Seen by dora").first).to_be_visible()
    desk.close()
    go(page, "#/")
    expect(page.get_by_text("The desk saw your call for help at")).to_be_visible()

    # For a visit for two a code is typed; wrong ones are counted.
    go(page, "#/stop/B2")
    page.get_by_role("button", name="Arrive").click()
    page.get_by_role("button", name="The phone is wrong").click()
    code = page.get_by_label("Today's code of")
    for typed in ("12345", world.wired.day_code("Town", TODAY, "bob").code):
        code.fill(typed)
        page.get_by_role("button", name=re.compile("^Confirm ")).click()
        if typed == "12345":
            expect(page.get_by_text("4 tries are left today.")).to_be_visible()
    expect(page.locator(".thumb").get_by_role("link", name="Result")).to_be_visible()

    of_first, of_second = (told(page, world, visit) for visit in ("B1", "B2"))
    results = [body for kind, body in of_first if kind == "result"]
    assert [one["code"] for one in results] == ["NOT_HOME", "MOVED", "NOT_HOME"]
    assert [body["why"] for kind, body in of_first if kind in ("arrive", "leave")] == [
        *("elsewhere", "later"),
    ]
    assert [kind for kind, _ in of_second] == ["panic", "arrive", "confirm"]
    assert faults(seen) == []


@pytest.mark.slow
def test_language_colours_lock_and_wiping_lead_on(
    open_page: Open, seen: Seen, world: World
) -> None:
    page = opened(open_page)
    begun(page)
    more(page)
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_text("王*")).to_have_count(0)
    type_pin(page)
    more(page)
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="打开当天的行程")).to_be_visible()
    type_pin(page)
    more(page)
    page.get_by_role("button", name="深色").click()  # at once: the day has not been asked for yet
    expect(page.locator("#pin")).to_be_visible()
    assert page.evaluate(DARK) == "dark"
    type_pin(page)
    more(page)
    page.get_by_role("button", name="English").click()
    type_pin(page)

    assert [kind for kind, _ in told(page, world)] == ["begin", "accept"]
    more(page)
    page.get_by_text(WIPING).click()
    page.get_by_role("button", name="Wipe the day").click()
    expect(page.get_by_label("Choose a PIN for today")).to_be_visible()
    assert page.evaluate(READABLE) == []
    taken_along(page)
    expect(page.get_by_role("button", name="Arrive")).to_be_visible()  # begun, as the book knows
    more(page)
    page.get_by_text(WIPING).click()
    page.get_by_role("button", name="Wipe and log out").click()
    expect(page.get_by_role("link", name="Log in")).to_be_visible()
    assert page.evaluate(READABLE) == []
    assert [one for one in faults(seen) if "401" not in one] == []


@pytest.mark.slow
def test_who_wipes_without_a_network_is_told_that_she_is_still_logged_in(
    open_page: Open, world: World
) -> None:
    page = opened(open_page)
    begun(page)
    assert [kind for kind, _ in told(page, world)] == ["begin", "accept"]
    page.context.set_offline(True)
    page.get_by_role("button", name="Arrive").click()
    expect(page.get_by_text("At the door since")).to_be_visible()
    more(page)
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_text("The server does not answer.")).to_be_visible()
    page.get_by_text(WIPING).click()
    page.get_by_role("button", name="Wipe and log out").click()
    expect(page.get_by_text("you are still logged in")).to_be_visible()
    expect(page.get_by_text("still waits here and is sent")).to_be_visible()
    assert page.evaluate(READABLE) == []
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    taken_along(page)
    assert [kind for kind, _ in told(page, world, "B1")] == ["arrive"]


@pytest.mark.slow
def test_a_full_phone_says_so_at_every_press(open_page: Open) -> None:
    page = opened(open_page)
    page.evaluate(FULL)
    for label in ("Choose a PIN for today", "The same PIN again"):
        page.get_by_label(label).fill(PIN)
    page.get_by_role("button", name="Take the day along").click()
    expect(page.get_by_text("The storage of this phone is full")).to_be_visible()
    page.evaluate("window.makeRoom()")
    page.get_by_role("button", name="Take the day along").click()
    page.get_by_role("button", name="Begin the day").click()
    page.evaluate(SCARCE)
    go(page, "#/")
    expect(page.get_by_text("This phone has room for about 5 MB more")).to_be_visible()
    page.get_by_role("button", name="Not now").first.click()
    expect(page.get_by_text("This phone has room for about 5 MB more")).to_have_count(0)
    page.reload()
    page.evaluate(FULL)
    page.locator("#pin").fill(PIN)
    page.locator(".thumb .main").click()
    expect(page.get_by_text("The storage of this phone is full")).to_be_visible()
    page.evaluate("window.makeRoom()")
    unlock(page)


@pytest.mark.slow
def test_what_the_phone_refuses_is_said_and_nothing_waits_for_it(
    open_page: Open, seen: Seen, world: World
) -> None:
    page = opened(open_page)
    begun(page)
    # The browser asks whether it may tell where it is, and nobody answers.
    page.evaluate("() => { navigator.geolocation.getCurrentPosition = () => {}; }")
    page.get_by_role("button", name="Arrive").click()
    page.clock.fast_forward(13_000)
    expect(page.get_by_text("At the door since")).to_be_visible()
    page.get_by_role("link", name="Photo").click()
    with page.expect_file_chooser():
        page.get_by_role("button", name="Take a photograph").click()
    page.locator("#camera").dispatch_event("cancel")
    expect(page.get_by_text("No photograph was taken.")).to_be_visible()
    go(page, "#/stop/B1/voice")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".notice.warn")).to_contain_text(re.compile("microphone", re.IGNORECASE))
    go(page, "#/stop/B2/navigate")
    page.evaluate("() => { delete Navigator.prototype.clipboard; }")
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("press long on the address")).to_be_visible()
    assert [kind for kind, _ in told(page, world, "B1")] == ["arrive"]
    assert faults(seen) == []


@pytest.mark.slow
def test_nobody_comes_to_a_visit_for_two(open_page: Open, seen: Seen, world: World) -> None:
    put_case(world, 1, crew_size=2)
    page = opened(open_page)
    begun(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Arrive").click()
    page.get_by_role("button", name="Nobody comes: skip this visit").click()
    expect(page.get_by_role("heading", name="What came of it?")).to_be_visible()
    go(page, "#/end")
    expect(page.get_by_text("You were there; tell what came of it:")).to_be_visible()
    page.get_by_role("button", name="End the day").click()
    expect(page.locator("main").get_by_text("Your day is ended.")).to_be_visible()
    go(page, "#/end")
    expect(page.get_by_text(re.compile(r"\d+ records wait on this phone"))).to_be_visible()
    page.context.set_offline(False)
    assert [kind for kind, _ in told(page, world, "B1")] == ["arrive", "skip", "leave"]
    assert faults(seen) == []


@pytest.mark.slow
def test_a_break_is_begun_and_over(open_page: Open, seen: Seen, world: World) -> None:
    page = opened(open_page)
    begun(page)
    more(page)
    page.get_by_role("button", name="Begin a break").click()
    expect(page.get_by_text("On a break since")).to_be_visible()
    page.locator(".thumb").get_by_role("button", name="Break over").click()
    expect(page.get_by_role("button", name="Arrive")).to_be_visible()
    assert [kind for kind, _ in told(page, world)][2:] == ["break_begin", "break_end"]
    assert faults(seen) == []
