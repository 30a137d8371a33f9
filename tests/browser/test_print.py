"""The desk's day on paper: each crew's list, open, and nothing to press."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.data.world import TODAY


def test_on_paper_there_are_the_lists_of_the_crews_alone(open_page: Open) -> None:
    page = open_page(f"/Town/{TODAY}/", "dora")
    crews = page.locator("#crews details.crew")
    expect(crews.first.locator(".stop").first).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert crews.count() == 3
    for number in range(3):
        expect(crews.nth(number).locator(".stop").first).to_be_visible()
    for hidden in (".stage", ".list-tools", "header .bar", ".strip"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert crews.nth(2).get_attribute("open") is None
