"""The map in a real browser: drawn, by keyboard, in both colours, with nothing from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Seen
from tests.data.built_city import add_city
from tests.data.world import TODAY
from tests.web.pages import World
from tests.web.test_map import EXTRACT

MAP = f"/Town/{TODAY}/map"
GROUND = "canvas.leaflet-tile"
LIT = ".leaflet-lit-pane canvas"
A_LINE = 300  # pixels: four wide, and as long as a stop's last stretch
LIGHT = {"ground": (0xF4, 0xF2, 0xEC), "primary": (0xFD, 0xF0, 0xC4)}
DARK = {"ground": (0x17, 0x1C, 0x1D), "primary": (0x4A, 0x50, 0x49)}
BLUE, ORANGE = (0x00, 0x6B, 0xAD), (0xD2, 0x5E, 0x00)  # the first two crews of the day

COUNT_PIXELS = """(canvases, [r, g, b]) => canvases.reduce((sum, canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < data.length; i += 4) {
    sum += Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 6
      && data[i + 3] > 200;
  }
  return sum;
}, 0)"""


@pytest.fixture(autouse=True)
def streets(world: World, tmp_path: Path) -> None:
    (tmp_path / "town.osm").write_text(EXTRACT, encoding="utf-8")
    add_city(world.wired.home.cities, "Town", EXTRACT)


def drawn(page: Page) -> Page:
    """The page, once its map is drawn."""
    page.locator(".day-map[data-state=ready]").wait_for()
    page.locator("canvas.leaflet-tile-loaded").first.wait_for()
    page.wait_for_timeout(500)
    return page


def pixels(page: Page, canvas: str, colour: tuple[int, int, int]) -> int:
    return int(page.locator(canvas).evaluate_all(COUNT_PIXELS, list(colour)))


def ground(page: Page, colours: dict[str, tuple[int, int, int]] | None = None) -> int:
    return pixels(page, GROUND, (colours or LIGHT)["ground"])


def street(page: Page, colours: dict[str, tuple[int, int, int]] | None = None) -> int:
    return pixels(page, GROUND, (colours or LIGHT)["primary"])


def routes(page: Page, colour: tuple[int, int, int]) -> int:
    return pixels(page, ".leaflet-overlay-pane canvas", colour)


def test_the_map_is_drawn_from_our_server_alone(open_page: Open, seen: Seen) -> None:
    page = drawn(open_page(MAP, "dora"))
    assert (seen.faults, seen.outside) == ([], [])  # the policy's refusals would be faults
    assert ground(page) > 100_000
    assert street(page) > 1_000
    assert routes(page, BLUE) > A_LINE
    assert routes(page, ORANGE) > A_LINE
    expect(page.locator(".map-told")).to_be_empty()
    expect(page.get_by_text("© OpenStreetMap contributors")).to_be_visible()


@pytest.mark.slow
def test_it_turns_dark_with_the_page_and_keeps_what_was_hidden(open_page: Open, seen: Seen) -> None:
    page = drawn(open_page(MAP, "dora"))
    page.get_by_role("checkbox").first.uncheck()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(700)
    assert ground(page, DARK) > 100_000
    assert street(page, DARK) > 1_000
    assert routes(page, (0x4A, 0xA8, 0xE0)) == 0
    assert routes(page, (0xE3, 0x89, 0x56)) > A_LINE
    expect(page.get_by_role("checkbox").first).not_to_be_checked()
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(700)
    assert ground(page) > 100_000
    assert routes(page, ORANGE) > A_LINE
    assert (seen.faults, seen.outside) == ([], [])


@pytest.mark.slow
def test_a_dense_screen_has_as_many_pixels(open_page: Open) -> None:
    plain, dense = (
        drawn(open_page(MAP, "dora", device_scale_factor=scale))
        .locator(GROUND)
        .first.evaluate("tile => tile.width")
        for scale in (1, 2)
    )
    assert dense == pytest.approx(2 * plain, abs=1)  # each tile to a whole pixel


def test_without_tiles_the_same_map_is_drawn_from_geojson(
    open_page: Open, seen: Seen, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.maps.tiles.program", lambda: None)
    world.wired.cities.add("Town", tmp_path / "town.osm", lambda _: None)
    page = drawn(open_page(MAP, "dora"))
    assert ground(page) > 100_000
    assert street(page) > 1_000
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(700)
    assert street(page, DARK) > 1_000
    assert (seen.faults, seen.outside) == ([], [])


def test_a_crew_is_hidden_and_shown_again(open_page: Open) -> None:
    page = drawn(open_page(MAP, "dora"))
    switch = page.get_by_role("checkbox").first
    switch.uncheck()
    page.wait_for_timeout(300)
    assert routes(page, BLUE) == 0
    assert routes(page, ORANGE) > A_LINE
    switch.check()
    page.wait_for_timeout(300)
    assert routes(page, BLUE) > A_LINE


def test_a_stop_is_reached_by_the_keyboard(open_page: Open) -> None:
    page = drawn(open_page(MAP, "dora"))
    page.locator(".map-crew > summary").first.focus()
    page.keyboard.press("Enter")
    for _ in range(3):
        if page.locator("button.map-stop:focus").count():
            break
        page.keyboard.press("Tab")
    expect(page.locator("button.map-stop").first).to_be_focused()
    # What is focused in the list is drawn once more above all others, which grow quiet.
    expect(page.locator(".leaflet-overlay-pane")).to_have_class(re.compile("is-quiet"))
    assert pixels(page, LIT, BLUE) > A_LINE
    assert pixels(page, LIT, ORANGE) == 0
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-tooltip")).to_contain_text("1 · 10:00–10:20 · 王*")


def test_a_stop_pressed_on_the_map_opens_its_line(open_page: Open) -> None:
    page = drawn(open_page(MAP, "dora"))
    page.locator(".map-crew > summary").first.click()
    page.locator("button.map-stop").first.click()  # the map goes there: it is in the middle
    page.locator(".map-crew > summary").first.click()
    page.wait_for_timeout(500)
    box = page.locator(".map-canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("button.map-stop").first).to_be_focused()


def test_a_plan_that_cannot_be_had_is_told(open_page: Open, world: World) -> None:
    world.app.view_functions["map.drawing"] = lambda **_: ("", 500)
    page = open_page(MAP, "dora")
    expect(page.get_by_role("status")).to_have_text("The map could not be loaded.")


def test_missing_streets_are_told_and_routes_shown(open_page: Open, world: World) -> None:
    for file in world.wired.cities.path("Town").iterdir():
        file.unlink()
    page = open_page(MAP, "dora")
    expect(page.get_by_role("status")).to_contain_text("The streets of this city are missing")
    assert routes(page, BLUE) > 50  # gaps are drawn with dashes
