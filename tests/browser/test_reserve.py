"""The desk in a real browser: a plan with reserve says so, and stands beside one without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from scheduler.service import plan_day
from tests.browser.axe import faults
from tests.browser.conftest import Open, Seen
from tests.browser.desk_hand import drawn
from tests.data.built_city import add_city
from tests.data.world import TODAY
from tests.web.homes import lawful_home
from tests.web.pages import World
from tests.web.programs import plan_day_of
from tests.web.test_map import EXTRACT

__all__ = ["lawful_home"]
DAY = f"/Town/{TODAY}/"


@pytest.fixture
def both(world: World) -> None:
    """Two drafts of the day: one without reserve, and the newest with."""
    add_city(world.wired.home.cities, "Town", EXTRACT)  # the map below
    plan_day_of(world)
    ports = world.wired.ports
    plan_day(ports, "Town", TODAY, "dora", lambda: 1.0, engine="greedy", reserve=80)


def opened(page: Page) -> None:
    drawn(page)
    page.locator("[data-part=reserve] a").click()
    expect(page.locator("#sheet .sheet-body table")).to_be_visible()


@pytest.mark.usefixtures("both")
def test_a_press_shows_the_plan_without_and_with_reserve(open_page: Open, seen: Seen) -> None:
    page = open_page(DAY, "dora")
    expect(page.locator("[data-part=reserve]")).to_contain_text("at most in 80% of cases")
    opened(page)
    heads = page.locator("#sheet thead th.figure")
    expect(heads.nth(0)).to_contain_text("no reserve")
    expect(heads.nth(1)).to_contain_text("reserve 80%")
    visits = page.locator("#sheet tbody tr", has_text="Visits planned").locator("td")
    assert visits.all_inner_texts() == ["3", "3"]
    expect(page.get_by_role("heading", name="Without and with reserve")).to_have_count(1)
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator(".day-menu summary").click()
    # The next plan is asked for with the same, unless she chooses.
    expect(page.get_by_label("Reserve", exact=True)).to_have_value("80")
    assert (seen.faults, seen.outside) == ([], [])
