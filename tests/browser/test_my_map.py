"""The day's own map: fetched once, it shows streets without a network, the page reloaded."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data.maps import tiles
from data.navigators import allow
from tests.browser import axe
from tests.browser.conftest import Open, Seen
from tests.browser.test_my_day import PIN, READABLE, faults, opened, taken_along
from tests.data.built_city import add_city
from tests.data.world import ALICE
from tests.web.pages import World
from tests.web.phone_days import full_trip, make_lawful, publish
from tests.web.test_map import EXTRACT
from web.phone.brought.taking_in import take_in_waiting

STREETS = """() => {
  const canvas = [...document.querySelectorAll(".leaflet-tile-pane canvas")];
  const of = (one) => one.getContext("2d").getImageData(0, 0, one.width, one.height).data;
  const colours = canvas.flatMap((one) => {
    const data = of(one), found = new Set();
    for (let i = 0; i < data.length; i += 4) found.add(data.slice(i, i + 3).join());
    return [...found];
  });
  return new Set(colours).size;
}"""
"""How many colours the ground has: without streets it has one or none."""


@pytest.fixture(autouse=True)
def day_with_streets(world: World) -> None:
    """Alice's day in a town with a street."""
    add_city(world.wired.home.cities, "Town", EXTRACT)
    make_lawful(world)
    publish(world, full_trip("alice"))


def unlock(page: Page) -> None:
    page.get_by_label("PIN of the day").fill(PIN)
    page.get_by_role("button", name="Open").click()


@pytest.mark.skipif(tiles.program() is None, reason="tippecanoe is not made for this system")
def test_the_map_works_with_the_network_gone_and_the_page_reloaded(
    open_page: Open, seen: Seen
) -> None:
    page = opened(open_page)
    taken_along(page)
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()  # from here on the worker hands out the page
    unlock(page)
    page.get_by_role("link", name="Map", exact=True).click()
    page.get_by_role("button", name="Fetch the map (0.1 MB)").click()
    expect(page.locator(".phone-map")).to_have_attribute("data-state", "carried")
    expect(page.get_by_role("button", name="Fetch the map")).to_have_count(0)
    assert axe.faults(page) == []
    assert "day map" in page.evaluate(READABLE)  # encrypted, and wiped with the day
    page.context.set_offline(True)
    page.reload()
    unlock(page)
    expect(page.locator(".phone-map")).to_have_attribute("data-state", "carried")
    page.wait_for_function(f"({STREETS})() > 3")
    expect(page.get_by_role("link", name="中山路 1 号")).to_be_visible()
    assert seen.outside == []
    assert faults(seen) == []


@pytest.mark.slow
def test_a_call_asks_the_rules_and_what_came_of_it(open_page: Open, world: World) -> None:
    page = opened(open_page)
    taken_along(page)
    page.goto(page.url.partition("#")[0] + "#/stop/B1/call")
    # The browser's own question which app to open would lie above the page from here on.
    page.evaluate("HTMLAnchorElement.prototype.click = function () { window.dialled = this.href; }")
    page.get_by_role("button", name="Open in the telephone app").click()
    page.get_by_label("no answer").check()
    assert axe.faults(page) == []
    assert page.evaluate("window.dialled").startswith("tel:")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("heading", name="Visit 1")).to_be_visible()
    shown, called = brought(page, world, "borrower.shown", "contact.added")
    assert shown["fields"] == ["phone"]
    assert (called["result"], called["channel"]) == ("no_answer", "call")


def test_a_navigator_is_opened_after_what_leaves_was_told(open_page: Open, world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        allow(world.wired.cities.path("Town"), writer, ALICE, ["google", "amap"])
    page = opened(open_page)
    taken_along(page)
    page.goto(page.url.partition("#")[0] + "#/stop/B1/navigate")
    expect(page.get_by_text("learns where this door is")).to_be_visible()
    assert axe.faults(page) == []
    way = page.get_by_role("link", name="Open in 高德 Amap")
    assert (way.get_attribute("rel"), way.get_attribute("referrerpolicy")) == (
        "noopener noreferrer",
        "no-referrer",
    )
    with page.expect_popup():
        way.click()
    (navigated,) = brought(page, world, "door.navigated")
    assert navigated["navigator"] == "amap"
    page.goto(page.url.partition("#")[0] + "#/stop/B2/navigate")
    expect(page.locator(".thumb .main")).to_have_text("Open in 高德 Amap")  # what she chose
    expect(page.get_by_text("learns where this door is")).to_have_count(0)  # once a day


def brought(page: Page, world: World, *kinds: str) -> list[dict[str, Any]]:
    """Return what the book tells of the newest events of these kinds, once they are there."""
    for _ in range(50):
        take_in_waiting(world.app)
        found = {one.kind: one.after or {} for one in world.wired.store.events(limit=20)}
        if found.keys() >= set(kinds):
            break
        page.wait_for_timeout(100)  # a record is written, sealed and sent beside the page
    return [dict(found[kind]) for kind in kinds]
