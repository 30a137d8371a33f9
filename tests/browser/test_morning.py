"""A dispatcher's whole morning, straight on: lists in, places, plan, looks, edits, published.

Everything is the real thing: browser, server, worker, and somebody else at the same day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from data.access import Grant, Role
from tests.browser.conftest import Open, Seen
from tests.browser.desk_hand import (
    PATIENCE_MS,
    block,
    carry_by_keys,
    crew_of,
    crews_of,
    drag,
    drawn,
    lane,
    send_list,
    visits_of,
)
from tests.browser.morning_files import CASES, UNKNOWN, WRONG_ROW, cases, collectors, shifts, town
from tests.data.built_city import add_city
from tests.data.world import ALICE, NOON, TODAY
from tests.web.pages import PASSWORD, World
from web.jobs.runner import Runner

ON = TODAY + timedelta(days=7)
DAY = f"/Town/{ON}/"
TO_PIN, LEFT_UNPLACED = UNKNOWN
EXPECTED = re.compile("ERR_INTERNET_DISCONNECTED|409")
"""What the browser itself notes of a lost connection, and of an edit that is refused."""

SOON_MS = 3_500
"""Until somebody else sees an edit: she asks every 1.5 s."""


@pytest.fixture(autouse=True)
def house_of_two(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A town on the map, a second dispatcher, Lin, and the worker, in a thread beside the pages.

    A process of its own takes seconds to begin; tests/web/test_jobs tries that it does.
    """
    monkeypatch.setattr("web.jobs.work.opened", lambda _: world.wired)
    monkeypatch.setattr("web.jobs.runner.new_pool", lambda: ThreadPoolExecutor(1))
    add_city(world.wired.home.cities, "Town", town())
    code = world.wired.users.add("lin", [Grant(Role.DISPATCHER, "Town")], ALICE)
    world.wired.logins.first_sign_in("lin", code, PASSWORD, "127.0.0.1", NOON)
    works = Runner(world.wired)
    works.start()
    yield
    works.close()


def test_a_morning_from_the_lenders_list_to_the_published_day(
    open_page: Open, world: World, seen: Seen
) -> None:
    page = open_page(f"{DAY}import", "dora")
    take_lists_in(page)
    place_an_address(page)
    plan(page)
    look_around(page)
    other = drawn(open_page(DAY, "lin"))
    moved = edit_by_hand(page, other)
    refuse_the_stale(page, other)
    publish(page)
    record = world.wired.store.plan("Town", ON)
    assert record.note == "as agreed"
    assert moved <= record.content.plan.served
    assert (seen.outside, [told for told in seen.faults if not EXPECTED.search(told)]) == ([], [])


def take_lists_in(page: Page) -> None:
    """Take the lists in: a column to be told, a row that stays out, and a list taken back."""
    send_list(page, "cases", cases())
    expect(page.get_by_role("heading", name="Which column is which")).to_be_visible()
    page.get_by_label("住在哪里").select_option(label="Home address")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.locator(".faults tbody tr")).to_have_count(1)
    expect(page.locator(".faults")).to_contain_text(WRONG_ROW[3])
    page.get_by_role("button", name="Take the good rows in").click()
    expect(page.get_by_text(f"{CASES} new, 0 changed")).to_be_visible()
    another_list(page, "cases", cases("WRONG", 2))
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("taken back", exact=True)).to_be_visible()
    another_list(page, "collectors", collectors())
    another_list(page, "shifts", shifts(ON))


def another_list(page: Page, kind: str, content: bytes) -> None:
    """Take in a list that is understood without asking."""
    page.goto(re.sub(r"/import.*", f"/import?kind={kind}", page.url))
    send_list(page, kind, content)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name="Take it back")).to_be_visible()


def place_an_address(page: Page) -> None:
    """Look all addresses up, and put one that is on no map where it is; the other stays out."""
    page.get_by_role("link", name="To the day").click()
    page.get_by_role("button", name="Find addresses").click()
    page.get_by_role("link", name="Check places").click(timeout=PATIENCE_MS)
    page.locator("#review-map[data-state=ready]").wait_for()
    page.locator("#queue").get_by_text(UNKNOWN[TO_PIN]).click()
    expect(page.locator("#case-title")).to_have_text(UNKNOWN[TO_PIN])
    page.locator("#review-map[data-state=ready]").wait_for()
    page.locator("#position").fill("25.0061, 121.4961")
    page.locator("#place-pin").click()
    expect(page.locator("#case-title")).not_to_have_text(UNKNOWN[TO_PIN])


def plan(page: Page) -> None:
    """Search for up to ten minutes, watch the curve, and stop."""
    page.get_by_label("How long to search").select_option("600")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.locator("#progress .curve polyline")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("link", name="Publish")).to_be_visible(timeout=PATIENCE_MS)
    drawn(page)


def look_around(page: Page) -> None:
    """Open who was left out as nobody knows where she lives, and why somebody is visited now."""
    unplaced = page.locator(".left-out .group[data-group=unplaced]")
    unplaced.locator("summary").click()
    expect(unplaced).to_contain_text(LEFT_UNPLACED)
    first = crews_of(page)[0]
    block(page, visits_of(page, first)[0]).click()
    sheet = page.locator("#sheet")
    expect(sheet.get_by_role("heading", name="Why at this time")).to_be_visible()
    expect(sheet.locator(".best-places").or_(sheet.get_by_text("Nowhere else"))).to_be_visible(
        timeout=PATIENCE_MS
    )
    sheet.locator(".all-places > summary").click()
    sheet.locator(".all-places .group > summary").first.click()
    expect(sheet.locator(".places-table").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def edit_by_hand(page: Page, other: Page) -> set[str]:
    """Drag, carry, lock, undo, reload, redo: somebody else sees each. Returns who was moved."""
    first, second = crews_of(page)[:2]
    dragged, carried = visits_of(page, first)[1], visits_of(page, second)[0]
    drag(page, dragged, second)
    expect(lane(page, second).locator(f"[data-visit='{dragged}']")).to_be_visible()
    expect(lane(other, second).locator(f"[data-visit='{dragged}']")).to_be_visible(timeout=SOON_MS)
    expect(other.locator(".toast")).to_contain_text("dora")
    carry_by_keys(page, carried, first)
    expect(lane(page, first).locator(f"[data-visit='{carried}']")).to_be_visible()
    expect(block(page, carried)).to_be_focused()  # as the page leaves it: else it may take it back
    block(page, dragged).focus()
    page.keyboard.press("h")
    expect(block(page, dragged)).to_have_class(re.compile(r"\blocked\b"))
    page.keyboard.press("Control+z")
    expect(block(page, dragged)).not_to_have_class(re.compile(r"\blocked\b"))
    drawn_anew(page)
    assert (crew_of(page, dragged), crew_of(page, carried)) == (second, first)
    page.keyboard.press("Control+Shift+z")
    expect(block(page, dragged)).to_have_class(re.compile(r"\blocked\b"))
    expect(block(other, dragged)).to_have_class(re.compile(r"\blocked\b"), timeout=SOON_MS)
    return {dragged, carried}


def drawn_anew(page: Page) -> None:
    page.reload()
    drawn(page)
    expect(page.locator("[data-act=redo]")).to_be_enabled()


def refuse_the_stale(page: Page, other: Page) -> None:
    """What Lin does to a day that Dora has changed since is not done: it says who did what."""
    first, second = crews_of(page)[:2]
    visit = visits_of(page, first)[0]
    other.context.set_offline(True)
    block(other, visit).focus()
    other.keyboard.press("h")
    expect(other.locator("#offline")).to_be_visible()
    drag(page, visit, second)
    expect(lane(page, second).locator(f"[data-visit='{visit}']")).to_be_visible()
    other.context.set_offline(False)
    expect(other.locator(".toast.warn")).to_contain_text("dora", timeout=10_000)
    expect(lane(other, second).locator(f"[data-visit='{visit}']")).to_be_visible()
    expect(block(other, visit)).not_to_have_class(re.compile(r"\blocked\b"))


def publish(page: Page) -> None:
    page.get_by_role("link", name="Publish").click()
    expect(page.get_by_text("It holds:")).to_be_visible()
    page.get_by_label("Note").fill("as agreed")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()
