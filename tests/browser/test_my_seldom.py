"""What a collector presses seldom on the kept page: each thing once, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Seen
from tests.browser.test_my_day import PIN, day_of_two, faults, opened  # noqa: F401
from tests.browser.test_my_shift import begun, told
from tests.web.pages import World

pytestmark = pytest.mark.slow


def more(page: Page) -> None:
    page.evaluate("location.hash = '#/more'")
    expect(page.get_by_role("heading", name=re.compile("More|更多"))).to_be_visible()


def unlock(page: Page) -> None:
    page.locator("#pin").fill(PIN)
    page.locator(".thumb .main").click()
    expect(page.locator("#pin")).to_have_count(0)


def test_break_lock_language_and_colours(open_page: Open, seen: Seen, world: World) -> None:
    page = opened(open_page)
    begun(page)
    more(page)
    page.get_by_role("button", name="Begin a break").click()
    expect(page.get_by_text("On a break since")).to_be_visible()
    page.locator(".thumb").get_by_role("button", name="Break over").click()
    expect(page.get_by_role("button", name="Arrive")).to_be_visible()
    assert [kind for kind, _ in told(page, world)][2:] == ["break_begin", "break_end"]

    more(page)
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_text("王*")).to_have_count(0)
    unlock(page)
    more(page)
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="打开当天的行程")).to_be_visible()
    unlock(page)
    more(page)
    page.get_by_role("button", name="深色").click()
    expect(page.locator("#pin")).to_be_visible()
    dark = "getComputedStyle(document.documentElement).colorScheme"
    assert page.evaluate(dark) == "dark"
    unlock(page)
    more(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Open your day")).to_be_visible()
    assert page.evaluate(dark) == "dark"
    assert faults(seen) == []
