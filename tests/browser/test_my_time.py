"""The kept page tells how late the day is, keeps its break, asks once, and locks everywhere."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import Open, Seen
from tests.browser.test_my_day import (  # noqa: F401
    PIN,
    day_of_two,
    faults,
    opened,
    taken_along,
)
from tests.browser.test_my_shift import told
from tests.browser.walking import accept, begin, pause
from tests.web.pages import World
from web.phone.brought.taking_in import take_in_waiting

ROUGH: dict[str, Any] = {
    # Two kilometres from the first door, by a phone that knows it to within fifteen hundred metres.
    "geolocation": {"latitude": 25.03, "longitude": 121.5, "accuracy": 1500},
    "permissions": ["geolocation"],
}
WIPING = "Take the day off this phone"


def test_before_her_first_arrival_the_day_is_told_to_be_behind(open_page: Open) -> None:
    page = opened(open_page)
    taken_along(page)
    # Planned to begin at ten, and it is noon: who has not set out comes now at best.
    expect(page.get_by_text("About 120 minutes behind the plan")).to_be_visible()
    card = page.locator(".card-visit .when")
    expect(card.locator("s")).to_have_text(re.compile("10:00.*10:20"))
    expect(card.locator("time")).to_have_text(re.compile("12:00.*12:20"))
    # An answer that comes after the clock has jumped would set it right.
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.clock.fast_forward("10:00")
    expect(page.get_by_text("About 130 minutes behind the plan")).to_be_visible()
    # Who sets out now has the way before her still: 28 minutes, as the plan has it.
    begin(page)
    expect(page.get_by_text("About 158 minutes behind the plan")).to_be_visible()


def test_a_rough_position_is_asked_about_once_and_a_break_outlives_a_wipe(
    open_page: Open, seen: Seen, world: World
) -> None:
    page = opened(open_page, **ROUGH)
    taken_along(page)
    accept(page)
    begin(page)
    page.get_by_role("button", name="Arrive").click()
    expect(page.get_by_text("It knows where it is only to within 1.5 km.")).to_be_visible()
    whys = page.locator("main").get_by_role("button")
    expect(whys.first).to_have_text("The phone is wrong about where it is")
    whys.first.click()
    expect(page.get_by_text("At the door since")).to_be_visible()
    page.locator(".thumb").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="What came of it?")).to_be_visible()
    expect(page.get_by_text("That is noted, as you said it before.")).to_be_visible()
    assert [
        (kind, body["why"], body.get("repeated")) for kind, body in told(page, world, "B1")
    ] == [
        ("arrive", "phone", None),
        ("leave", "phone", True),
    ]
    page.goto(page.url.partition("#")[0] + "#/")
    pause(page)
    expect(page.get_by_text("On a break since 12:00")).to_be_visible()
    expect(page.get_by_role("link", name="Records: All sent")).to_be_visible()
    take_in_waiting(world.app)

    page.get_by_role("link", name="More", exact=True).click()
    page.get_by_text(WIPING).click()
    page.get_by_role("button", name="Wipe the day").click()
    taken_along(page)
    expect(page.get_by_text("On a break since 12:00")).to_be_visible()
    expect(page.locator(".thumb").get_by_role("button", name="Break over")).to_be_visible()
    assert faults(seen) == []


def test_lock_now_locks_every_page_of_the_phone(open_page: Open, seen: Seen) -> None:
    page = opened(open_page, locale="zh-CN")
    page.locator("#pin").fill(PIN)
    page.locator("#again").fill(PIN)
    page.locator(".thumb .main").click()
    expect(page.get_by_text("比计划晚约 120 分钟")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#pin").fill(PIN)
    other.locator(".thumb .main").click()
    expect(other.get_by_text("王*").first).to_be_visible()
    page.evaluate("location.hash = '#/more'")
    page.get_by_role("button", name="立即锁定").click()
    for one in (page, other):
        expect(one.get_by_role("heading", name="打开当天的行程")).to_be_visible()
        expect(one.get_by_text("王*")).to_have_count(0)
    assert faults(seen) == []


def test_five_wrong_pins_in_one_page_wipe_the_day_in_all(open_page: Open) -> None:
    page = opened(open_page)
    taken_along(page)
    other = page.context.new_page()
    other.goto(page.url)
    for left in (4, 3, 2, 1):
        other.get_by_label("PIN of the day").fill("000000")
        other.get_by_role("button", name="Open").click()
        expect(other.get_by_text(f"That is not the PIN. {left} ")).to_be_visible()
    other.get_by_label("PIN of the day").fill("000000")
    other.get_by_role("button", name="Open").click()
    expect(page.get_by_label("Choose a PIN for today")).to_be_visible()
