"""Addresses reviewed in a real browser: by keys alone, by dragging, and what is said of it."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from tests.browser.axe import faults, faults_in_the_dark
from tests.browser.conftest import Open, Seen
from tests.browser.test_phone import PHONE
from tests.data.built_city import add_city
from tests.data.world import ALICE, TODAY
from tests.slowly import slowly
from tests.web.pages import World
from tests.web.test_dispatch import english
from tests.web.test_map import EXTRACT
from tests.web.test_review import PLACES, add, confirm, place, point_of

TWO_STREETS = """
<node id="11" lat="25.005" lon="121.56"/><node id="12" lat="25.007" lon="121.56"/>
<node id="13" lat="25.003" lon="121.501"/><node id="14" lat="25.005" lon="121.501"/>
<way id="20"><nd ref="11"/><nd ref="12"/>
  <tag k="highway" v="residential"/><tag k="name" v="中山路"/></way>
<way id="21"><nd ref="13"/><nd ref="14"/>
  <tag k="highway" v="residential"/><tag k="name" v="中山路"/></way></osm>"""
SCREENS = list(product([(1440, 900), (768, 900), (390, 844)], ["en", "zh-CN"]))
OPEN_ALL = "document.querySelectorAll('main details').forEach(one => { one.open = true })"


@pytest.fixture(autouse=True)
def a_queue(world: World, tmp_path: Path) -> None:
    """Two short streets of one name, three addresses that wait; the first has candidates."""
    text = EXTRACT.replace("中山路", "解放路").replace("</osm>", TWO_STREETS)
    add_city(world.wired.home.cities, "Town", text)
    places = world.wired.store.open_day("Town", TODAY).places
    with world.wired.store.writing(ALICE) as writer:
        for one in places:
            told = GeocodeResult(one.point, Precision.CONFIRMED, 0.0, "test")
            writer.put_positions("Town", {one: told})
    add(world, 11, "中山路5号", overdue=700)
    add(world, 12, "东河小区3栋501", overdue=600)
    add(world, 13, "虹通街80号", overdue=500)


def opened(page: Page) -> Page:
    """The page, once its map is there."""
    page.locator(".day-map[data-state=ready]").wait_for()
    return page


def expect_case(page: Page, text: str) -> None:
    expect(page.locator("#case-title")).to_have_text(text)
    expect(page.locator("a.waiting[aria-current]")).to_contain_text(text)


def test_a_queue_is_worked_off_by_keys_alone(open_page: Open, world: World, seen: Seen) -> None:
    page = opened(open_page(PLACES, "dora"))
    page.evaluate("document.querySelector('.map-canvas').dataset.mine = 'yes'")
    expect_case(page, "中山路5号")
    letters = page.locator(".candidate .letter")
    assert letters.count() >= 2
    page.keyboard.press("2")
    expect(letters.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#told")).to_contain_text("Candidate B")
    chosen = page.locator("#position").input_value()
    page.keyboard.press("Enter")
    expect_case(page, "东河小区3栋501")
    expect(page.locator("#told")).to_contain_text("Placed: 中山路5号")
    expect(page.locator("a.waiting[aria-current]")).to_be_focused()
    expect(page.locator(".places .count")).to_have_text("2")
    lat, lon = map(float, chosen.split(","))
    assert point_of(world, 11) == Point(lat, lon)
    page.keyboard.press("j")
    expect_case(page, "虹通街80号")
    page.keyboard.press("ArrowUp")
    expect_case(page, "东河小区3栋501")
    page.keyboard.press("u")
    expect_case(page, "中山路5号")
    again = place(world, "B11-home").place  # looked up at once, and it waits as before
    assert again.precision is Precision.DISTRICT
    page.keyboard.press("s")
    expect_case(page, "东河小区3栋501")
    page.keyboard.press("p")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("c")
    expect(page.locator("#told")).to_contain_text("1 address placed by 东河小区")
    assert point_of(world, 12) is not None
    # All of it on one and the same map.
    expect(page.locator(".map-canvas")).to_have_attribute("data-mine", "yes")
    assert (seen.faults, seen.outside) == ([], [])


def test_the_pin_is_pushed_by_arrow_keys_and_says_where_it_is(
    open_page: Open, world: World, seen: Seen
) -> None:
    page = opened(open_page(PLACES, "dora"))
    page.keyboard.press("1")
    before = page.locator("#position").input_value()
    page.keyboard.press("p")
    expect(page.locator(".pin")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("ArrowUp")
    expect(page.locator("#told")).to_have_text("pin 40 m north of candidate A")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#told")).to_have_text("pin 64 m northeast of candidate A")
    expect(page.locator("#place-pin")).to_have_text("Place the pin")
    page.keyboard.press("Enter")
    expect_case(page, "东河小区3栋501")
    point, (lat, _) = point_of(world, 11), map(float, before.split(","))
    assert point is not None
    assert point.lat - lat == pytest.approx(40 / 111_195, abs=2e-6)
    assert seen.faults == []


def test_the_pin_is_dragged(open_page: Open, world: World, seen: Seen) -> None:
    page = opened(open_page(PLACES, "dora"))
    before = page.locator("#position").input_value()
    box = page.locator(".pin").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=6)
    page.mouse.up()
    expect(page.locator("#told")).to_have_text(re.compile(r"pin \d+ m east of candidate A"))
    after = page.locator("#position").input_value()
    (lat, lon), (to_lat, to_lon) = (map(float, one.split(",")) for one in (before, after))
    assert to_lon > lon
    assert to_lat == pytest.approx(lat, abs=5e-5)
    page.get_by_role("button", name="Place the pin").click()
    expect_case(page, "东河小区3栋501")
    assert point_of(world, 11) == Point(to_lat, to_lon)
    assert seen.faults == []


def test_typed_coordinates_move_the_pin(open_page: Open) -> None:
    page = opened(open_page(PLACES, "dora"))
    page.locator("#position").fill("25.011, 121.503")
    page.keyboard.press("Tab")
    expect(page.locator("#place-pin")).to_have_text("Place the pin")
    page.keyboard.press("Escape")
    page.locator("#position").fill("nowhere")
    page.locator("#place-pin").click()
    expect(page.locator("#wrong")).to_be_visible()
    expect(page.locator("#position")).to_be_focused()


def test_two_at_once_are_both_shown_on_the_map(open_page: Open, world: World, seen: Seen) -> None:
    page = opened(open_page(PLACES, "dora"))
    confirm(english(world, "nora"), "B11-home")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator(".clash")).to_contain_text("nora placed it at")
    expect(page.locator("#case-title")).to_be_focused()
    assert page.locator(".leaflet-marker-icon.letter").count() == 2
    assert faults(page) == []
    page.get_by_role("link", name="Keep it").click()
    expect_case(page, "东河小区3栋501")
    assert point_of(world, 11) == Point(25.012, 121.501)
    seen.faults = [one for one in seen.faults if "409" not in one]
    assert seen.faults == []


def test_keys_of_one_letter_can_be_switched_off(open_page: Open) -> None:
    page = opened(open_page(PLACES, "dora"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Keys of a single letter or figure are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    expect_case(page, "中山路5号")
    page.keyboard.press("ArrowDown")
    expect_case(page, "东河小区3栋501")


def test_a_server_that_is_gone_loses_nothing(open_page: Open) -> None:
    page = open_page(PLACES, "dora")
    page.route("**/places/confirm", lambda route: route.abort())
    page.reload()  # a page that is there already may send past a route for a moment
    opened(page)
    page.keyboard.press("Enter")
    expect(page.locator("#failed")).to_have_text("That did not arrive. Try once more.")
    expect_case(page, "中山路5号")


@pytest.mark.parametrize(("size", "locale"), slowly(SCREENS, SCREENS[:-1]))
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    open_page: Open, world: World, size: tuple[int, int], locale: str
) -> None:
    confirm(english(world), "B13-home")
    screen = PHONE if size[0] == 390 else {"viewport": {"width": size[0], "height": size[1]}}
    for path in (PLACES, f"{PLACES}/decided"):
        page = open_page(path, "dora", locale=locale, reduced_motion="reduce", **screen)
        if path == PLACES:
            opened(page)
        page.evaluate(OPEN_ALL)
        assert faults(page) == []
        assert faults_in_the_dark(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_without_scripts_the_forms_alone_decide(open_page: Open, world: World) -> None:
    page = open_page(PLACES, "dora", java_script_enabled=False)
    page.get_by_role("button", name="Confirm A").click()
    expect(page.locator("#case-title")).to_have_text("东河小区3栋501")
    assert point_of(world, 11) is not None
    page.locator("#position").fill("25.011, 121.503")
    page.get_by_role("button", name="Place the pin").click()
    assert point_of(world, 12) == Point(25.011, 121.503)
    page.get_by_role("button", name="Undo").click()
    assert point_of(world, 12) is None


def test_an_area_is_no_door_until_the_pin_has_been_moved(
    open_page: Open, world: World, seen: Seen
) -> None:
    around = GeocodeResult(Point(25.01, 121.5), Precision.DISTRICT, 900.0, "test", "城东区")
    with world.wired.store.writing(ALICE) as writer:
        writer.put_positions("Town", {place(world, "B13-home").place: around})
    page = opened(open_page(f"{PLACES}?place=B13-home", "dora"))
    page.keyboard.press("Enter")
    expect(page.locator("#failed")).to_have_text("Move the pin to the door first.")
    expect(page.locator(".pin")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect_case(page, "东河小区3栋501")
    assert place(world, "B13-home").place.precision is Precision.CONFIRMED
    assert seen.faults == []
