"""The kept page: a day is taken along, opens without a network, and its records reach the book."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.browser.conftest import Open, Seen
from tests.data.world import NOON
from tests.web.pages import World
from tests.web.phone_days import full_trip, make_lawful, publish
from web.phone.brought.taking_in import take_in_waiting

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
PIN = "482913"


@pytest.fixture(autouse=True)
def day_of_two(world: World) -> None:
    """A day of three visits for Alice and Bob together, in place of the plan before."""
    make_lawful(world)
    publish(world, full_trip("alice+bob"))


def opened(open_page: Open, who: str = "alice", **options: Any) -> Page:
    """Open the kept page on a phone whose clock is right."""
    page = open_page("/my/day", who, **PHONE | options)
    page.clock.install(time=NOON)
    page.goto(page.url.replace("/my/day", "/my/"))
    return page


def taken_along(page: Page) -> None:
    page.get_by_label("Choose a PIN for today").fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_role("button", name="Take the day along").click()
    expect(page.get_by_role("heading", name="Stops of the day")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def test_a_day_is_taken_along_and_opens_without_a_network(open_page: Open, seen: Seen) -> None:
    page = opened(open_page)
    taken_along(page)
    page.context.set_offline(True)
    page.reload()
    page.get_by_label("PIN of the day").fill(PIN)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="Stops of the day")).to_be_visible()
    page.get_by_role("link", name="Records").click()
    expect(page.get_by_text("Nothing waits: the server holds everything.")).to_be_visible()
    assert seen.outside == []
    assert faults(seen) == []


def test_a_press_is_on_the_phone_before_it_is_sent_and_reaches_the_book_once(
    open_page: Open, seen: Seen, world: World
) -> None:
    page = opened(open_page)
    taken_along(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Begin the day").click()
    expect(page.get_by_role("link", name="Records: 1 waits")).to_be_visible()
    page.reload()  # the tab was killed
    page.get_by_label("PIN of the day").fill(PIN)
    page.get_by_role("button", name="Open").click()
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Records: All sent")).to_be_visible()
    take_in_waiting(world.app)
    assert marks(world) == ["begin"]
    assert faults(seen) == []


def test_five_wrong_pins_wipe_the_day_and_keep_what_waits(open_page: Open) -> None:
    page = opened(open_page)
    taken_along(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Begin the day").click()
    expect(page.get_by_role("link", name="Records: 1 waits")).to_be_visible()
    page.reload()
    for left in (4, 3, 2, 1):
        page.get_by_label("PIN of the day").fill("000000")
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_text(f"That is not the PIN. {left} ")).to_be_visible()
    page.get_by_label("PIN of the day").fill("000000")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("the server does not answer")).to_be_visible()
    assert page.evaluate(READABLE) == []
    expect(page.get_by_role("link", name="Records: 1 waits")).to_be_visible()


LOSE = """async (stores) => {
  const own = document.querySelector("script[type=module]").src.replace("main.js", "book.js");
  const { openBook } = await import(own), book = await openBook();
  for (const key of await book.getAllKeys("queue")) await book.delete("queue", key);
  const told = (await book.getAllKeys("kept")).filter((key) => String(key).startsWith("day told "));
  if (stores.includes("kept")) for (const key of told) await book.delete("kept", key);
  book.close();
}"""


@pytest.mark.slow
def test_what_the_browser_has_lost_is_brought_back_or_said(open_page: Open, seen: Seen) -> None:
    page = opened(open_page)
    taken_along(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Begin the day").click()
    expect(page.get_by_role("link", name="Records: 1 waits")).to_be_visible()
    for stores, is_lost in ((["queue"], False), (["queue", "kept"], True)):
        page.evaluate(LOSE, stores)
        page.reload()
        page.get_by_label("PIN of the day").fill(PIN)
        page.get_by_role("button", name="Open").click()
        if is_lost:
            expect(page.get_by_text("The browser has deleted 1 record of today")).to_be_visible()
        else:
            expect(page.get_by_role("link", name="Records: 1 waits")).to_be_visible()
    assert faults(seen) == []


def test_after_the_shift_the_day_is_wiped_also_without_a_network(open_page: Open) -> None:
    page = opened(open_page)
    taken_along(page)
    page.context.set_offline(True)
    page.clock.install(time=NOON + timedelta(hours=12))  # midnight in Town
    page.reload()
    expect(page.get_by_role("heading", name="The shift is over")).to_be_visible()
    assert page.evaluate(READABLE) == []


READABLE = """async () => {
  const book = await new Promise((resolve) => {
    const asked = indexedDB.open("dayround");
    asked.onsuccess = () => resolve(asked.result);
  });
  const asked = book.transaction("kept").objectStore("kept").getAllKeys();
  const names = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  return names.filter((name) => name === "vault" || name.startsWith("day "));
}"""
"""The names of all that could be read with a PIN."""


def faults(seen: Seen) -> list[str]:
    """Return what the browser complained of, but for the network that was not there."""
    return [one for one in seen.faults if "ERR_INTERNET_DISCONNECTED" not in one]


def marks(world: World) -> list[str]:
    """Return what the book knows of the crew's day, in its order."""
    with world.wired.store.engine.connect() as connection:
        return [row.kind for row in connection.execute(text("SELECT kind FROM visit_mark"))]
