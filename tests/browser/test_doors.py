"""The page of learned doors in a browser: axe finds nothing, keys suffice, the map opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults, faults_in_the_dark
from tests.browser.conftest import Open, Seen
from tests.browser.test_phone import PHONE
from tests.data.built_city import add_city
from tests.web.pages import World
from tests.web.phone_days import make_lawful
from tests.web.test_doors import PAGE, three_visits
from tests.web.test_map import EXTRACT

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(autouse=True)
def a_learned_door(world: World, tmp_path: Path) -> None:
    """Streets, and one proposal."""
    add_city(world.wired.home.cities, "Town", EXTRACT)
    make_lawful(world)
    three_visits(world)


@pytest.mark.parametrize(
    ("screen", "locale"),
    [
        (DESK, "en"),
        (PHONE, "zh-CN"),
        pytest.param(DESK, "zh-CN", marks=pytest.mark.slow),
        pytest.param(PHONE, "en", marks=pytest.mark.slow),
    ],
    ids=["desk", "narrow", "desk, Chinese", "narrow, English"],
)
def test_axe_finds_nothing(open_page: Open, screen: dict[str, Any], locale: str) -> None:
    page = open_page(PAGE, "dora", locale=locale, reduced_motion="reduce", **screen)
    page.locator(".door-map summary").click()
    expect(page.locator(".door-map .leaflet-interactive").first).to_be_attached()
    assert faults(page) == []
    assert faults_in_the_dark(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_door_is_looked_at_and_accepted_by_keys_alone(open_page: Open, seen: Seen) -> None:
    page = open_page(PAGE, "dora", **DESK)
    page.locator(".door-map summary").focus()
    page.keyboard.press("Enter")
    marks = page.locator(".door-map .leaflet-interactive")
    # The circle around the door, the line to it, three visits, the place as it is, the door.
    expect(marks).to_have_count(7)
    expect(page.locator(".door-map canvas").first).to_be_visible()  # streets of our own server
    accept = page.get_by_role("button", name="Accept")
    accept.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Turn down")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The place is moved to its door.")).to_be_visible()
    expect(page.get_by_role("heading", name="No door to move")).to_be_visible()
    assert (seen.faults, seen.outside) == ([], [])
