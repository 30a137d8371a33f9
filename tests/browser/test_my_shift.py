"""The kept page through a shift: closed doors, lateness, help, the end, and a full disk."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from data import tables
from scheduler.model import DailyWindow
from tests.browser.conftest import Open, Seen
from tests.browser.test_my_day import (  # noqa: F401
    PIN,
    day_of_two,
    faults,
    marks,
    opened,
    taken_along,
)
from tests.web.pages import World
from tests.web.phone_days import put_case
from web.phone.brought.taking_in import take_in_waiting

NO_ROOM = """() => {
  const put = IDBObjectStore.prototype.put;
  window.makeRoom = () => { IDBObjectStore.prototype.put = put; };
  IDBObjectStore.prototype.put = function (...told) {
    if (this.name === "queue") throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, told);
  };
}"""
"""A disk on which no record can be written."""


def begun(page: Page) -> None:
    """Take the day along, begin it, and accept the plan."""
    taken_along(page)
    page.get_by_role("button", name="Begin the day").click()
    page.locator(".thumb").get_by_role("link", name="See what is new").click()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("button", name="Arrive")).to_be_visible()


def told(page: Page, world: World, visit: str = "") -> list[tuple[str, Any]]:
    """Return kind and body of all that has come of a visit, or of the day, in its order."""
    expect(page.get_by_role("link", name="Records: All sent")).to_be_visible()
    take_in_waiting(world.app)
    record = tables.field_record.c
    query = select(record.kind, record.body, record.state).where(record.visit_id == visit)
    with world.wired.store.engine.connect() as connection:
        rows = connection.execute(query.order_by(record.seq)).all()
    assert {row.state for row in rows} == {"applied"}
    return [(row.kind, row.body) for row in rows]


def test_a_shift_of_closed_doors_and_trouble(open_page: Open, seen: Seen, world: World) -> None:
    put_case(world, 1, {"windows": (DailyWindow(time(9), time(11)),)})
    page = opened(open_page)
    begun(page)
    page.context.set_offline(True)

    page.get_by_role("button", name="Arrive").click()
    expect(page.get_by_role("heading", name="Outside the hours that suit")).to_be_visible()
    expect(page.get_by_text("It does not open today any more.")).to_be_visible()
    expect(page.get_by_text("does not fit her own hours")).to_have_count(0)  # the title says so
    expect(page.get_by_text("Other hours are the borrower's to name.")).to_be_visible()
    expect(page.get_by_role("button", name="anyway")).to_have_count(0)
    page.get_by_role("button", name="Skip this visit").click()
    expect(page.get_by_text("Visit 1 is let go.")).to_be_visible()

    page.get_by_role("link", name="Running late").click()
    page.get_by_role("button", name="+20 min").click()
    # She left at noon. By the ways of the plan, 28 and 30 minutes, she comes two hours later than
    # planned to the second: no word brings her there before the roads do.
    expect(page.get_by_text("Noted: 20 minutes late.")).to_be_visible()
    expect(page.get_by_text("About 123 minutes behind the plan")).to_be_visible()
    expect(page.locator(".stop", has_text="10:55").filter(has_text="12:58")).to_have_count(1)

    page.get_by_role("link", name="Problem").click()
    help_ = page.get_by_role("button", name="Call for help")
    help_.focus()
    page.keyboard.press("Enter")  # once is nothing
    page.get_by_role("button", name="Press again to call for help").press("Enter")
    expect(page.get_by_text("waits: there is no network")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("is at the desk. Nobody has seen it yet.")).to_be_visible()
    page.get_by_role("link", name="Not safe").click()
    page.get_by_role("button", name="Tell the desk").click()
    page.get_by_role("link", name="To the day").click()

    page.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("link", name="End the day").click()
    page.get_by_role("button", name="End the day").click()
    expect(page.get_by_role("heading", name="Your day is ended.")).to_be_visible()

    of_day, of_first, of_second = (told(page, world, visit) for visit in ("", "B1", "B2"))
    assert [kind for kind, _ in of_day] == ["begin", "accept", "late", "end"]
    assert of_day[2] == ("late", {"minutes": 20})
    rule = of_first[0][1]["rule"]
    assert of_first == [
        ("skip", {"what": "closed", "rule": rule}),
        ("skip", {"what": "let_go", "rule": rule}),
        ("result", {"code": "ABORTED_RULE"}),
    ]
    assert of_second[0][0] == "panic"
    # The third visit is another agency's by now: nothing is asked of it.
    assert of_second[1:] == [("problem", {"what": "unsafe"}), ("result", {"code": "NOT_REACHED"})]
    assert faults(seen) == []


@pytest.mark.slow
def test_an_arrival_by_mistake_is_taken_back_and_two_pages_are_one(
    open_page: Open, seen: Seen, world: World
) -> None:
    page = opened(open_page)
    begun(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("PIN of the day").fill(PIN)
    other.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Arrive").click()
    expect(other.get_by_text("At the door since")).to_be_visible()
    other.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("button", name="Arrive")).to_be_visible()
    page.get_by_role("button", name="Arrive").click()
    expect(other.get_by_role("button", name="Leave")).to_be_visible()
    assert [kind for kind, _ in told(page, world, "B1")] == ["arrive", "leave", "arrive"]
    assert marks(world) == ["begin", "accept", "arrive"]
    assert world.events("visit.arrival_taken_back") == ["B1"]
    assert faults(seen) == []


def test_what_the_disk_does_not_take_is_said_and_goes_straight_to_the_server(
    open_page: Open, world: World
) -> None:
    page = opened(open_page)
    taken_along(page)
    page.evaluate(NO_ROOM)
    page.get_by_role("button", name="Begin the day").click()
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("heading", name="Not recorded yet")).to_be_visible()
    page.context.set_offline(True)
    asked.get_by_role("button", name="Send it directly").click()
    expect(asked.get_by_text("The server does not answer.")).to_be_visible()
    page.context.set_offline(False)
    asked.get_by_role("button", name="Send it directly").click()
    expect(asked).to_have_count(0)
    page.locator(".thumb").get_by_role("link", name="See what is new").click()
    page.get_by_role("button", name="Accept").click()
    expect(asked).to_be_visible()
    page.evaluate("window.makeRoom()")
    asked.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Arrive")).to_be_visible()
    assert [kind for kind, _ in told(page, world)] == ["begin", "accept"]
