"""A collector's day on a phone of 390 × 844: with and without scripts, large and small text."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Seen
from tests.data.world import TODAY
from tests.slowly import slowly
from tests.web.pages import World
from tests.web.phone_days import full_trip, make_lawful, publish, put_case

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
LEAST_TOUCH_PX = 44
PAGES = ("/my/day", f"/my/{TODAY}/v2/1", *(f"/my/{TODAY}/v2/1/result{a}" for a in ("", "/more")))


@pytest.fixture(autouse=True)
def day_of_two(world: World) -> None:
    """A day of three visits for Alice and Bob together, in place of the plan before."""
    make_lawful(world)
    note = "3号楼门禁2046 · ring twice and then wait by the second gate"
    put_case(world, 2, place={"access_note": note})
    publish(world, full_trip("alice+bob"))


def press(page: Page, name: str) -> None:
    """Press it once the page's scripts are there: before, a form is sent without a position."""
    page.wait_for_load_state()
    page.locator(".thumb").get_by_text(name, exact=True).click()


def walk_to_the_first_door(page: Page) -> None:
    press(page, "Accept the change")
    press(page, "Begin the day")
    press(page, "Arrive")
    be_at_a_door(page)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_visit_is_made_with_a_thumb_alone(open_page: Open, seen: Seen, has_scripts: bool) -> None:
    page = open_page("/my/day", "alice", java_script_enabled=has_scripts, **PHONE)
    expect(page.get_by_role("heading", name="Your plan has changed")).to_be_visible()
    walk_to_the_first_door(page)
    press(page, "Result")
    page.get_by_role("link", name="Promised").click()
    press(page, "Save")
    expect(page.get_by_text("Choose how it will be paid.")).to_be_visible()
    page.get_by_label("Amount (CNY)").fill("500")
    page.get_by_label("To be paid by").fill("2026-03-05")
    page.get_by_label("Bank transfer").check()
    press(page, "Save")
    expect(page.get_by_text("1 of 3")).to_be_visible()
    press(page, "Leave")
    # The next one is at hand: the list says so in words, not by colour alone.
    expect(page.locator("[aria-current=step]")).to_contain_text("next")
    expect(page.locator("[aria-current=step]")).to_contain_text("李*")
    # A form with faults is answered 400, which a browser notes.
    assert [fault for fault in seen.faults if "400" not in fault] == []
    assert seen.outside == []


def test_without_network_a_result_waits_on_its_page_and_is_sent_once(open_page: Open) -> None:
    page = open_page("/my/day", "alice", **PHONE)
    walk_to_the_first_door(page)
    press(page, "Result")
    page.get_by_role("link", name="Promised").click()
    page.get_by_label("Amount (CNY)").fill("500")
    page.get_by_label("To be paid by").fill("2026-03-05")
    page.get_by_label("Bank transfer").check()
    page.context.set_offline(True)
    press(page, "Save")
    expect(page.get_by_text("No network: keep this page open.")).to_be_visible()
    assert page.get_by_label("Amount (CNY)").input_value() == "500"
    page.context.set_offline(False)
    expect(page.get_by_text("1 of 3")).to_be_visible()


@pytest.mark.parametrize("has_scripts", slowly([True, False], [False]))
def test_another_time_is_asked_for_only_where_it_is_needed(
    open_page: Open, has_scripts: bool
) -> None:
    page = open_page("/my/day", "alice", java_script_enabled=has_scripts, **PHONE)
    walk_to_the_first_door(page)
    press(page, "Result")
    page.get_by_role("link", name="Met, no result").click()
    page.get_by_label("Will not pay").check()
    expect(page.get_by_label("Day", exact=True)).to_be_hidden()
    page.get_by_label("Asks for another time").check()
    expect(page.get_by_label("Day", exact=True)).to_be_visible()


def test_what_is_shown_can_be_hidden_at_once(open_page: Open) -> None:
    page = open_page(f"/my/{TODAY}/v2/1", "alice", **PHONE)
    page.get_by_role("button", name="Show name and amount").click()
    expect(page.get_by_role("heading", name="王小明")).to_be_visible()
    page.get_by_role("link", name="Hide").click()
    expect(page.get_by_role("heading", name="王*")).to_be_visible()


def arrive(page: Page) -> None:
    """Go on to the first door, whatever the language."""
    for _ in ("accept", "begin", "arrive"):
        page.locator(".thumb .main").click()
    be_at_a_door(page)


def be_at_a_door(page: Page) -> None:
    """Wait until the press has arrived: the phone may look first where it stands."""
    expect(page.locator("form[action$='/leave']")).to_be_visible()


@pytest.mark.parametrize("locale", slowly(["zh-CN", "en"], ["zh-CN"]))
def test_every_target_is_large_enough_for_a_thumb(open_page: Open, locale: str) -> None:
    page = open_page("/my/day", "alice", locale=locale, **PHONE)
    arrive(page)
    for path in PAGES:
        page.goto(page.url.split("/my/")[0] + path)
        targets = page.locator("main a, main button, .thumb a, .thumb button, .chip, .top summary")
        targets = targets.filter(visible=True)
        assert targets.count() > 2
        for target in targets.all():
            box = target.bounding_box()
            assert box is not None, path
            assert min(box["width"], box["height"]) >= LEAST_TOUCH_PX, (
                f"{path}: {target.inner_text()!r} is {box['width']} × {box['height']} px"
            )


@pytest.mark.parametrize("locale", slowly(["zh-CN", "en"], ["zh-CN"]))
def test_text_twice_as_large_loses_nothing(open_page: Open, locale: str) -> None:
    page = open_page("/my/day", "alice", locale=locale, **PHONE)
    arrive(page)
    for path in PAGES:
        page.goto(page.url.split("/my/")[0] + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        cut = page.evaluate(
            "[...document.querySelectorAll('main *, .thumb *')]"
            ".filter(one => one.getBoundingClientRect().right > 391).map(one => one.outerHTML)"
        )
        assert cut == [], path


def test_large_letters_fit_a_narrow_screen(open_page: Open) -> None:
    """320 pixels, and letters twice as high: the day, and a door where a mate is confirmed."""
    page = open_page("/my/day", "alice", **PHONE | {"viewport": {"width": 320, "height": 844}})
    letters = page.context.new_cdp_session(page)
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == 320
    walk_to_the_first_door(page)
    assert page.evaluate(wide) == 320
