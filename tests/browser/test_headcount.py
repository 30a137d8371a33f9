"""The curve of how many collectors are enough: it grows, and is read point by point."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from data.jobs import JobKind
from scheduler.headcount.figures import DistrictFigures
from scheduler.headcount.limits import MOST
from scheduler.headcount.scenario import Aim, Scenario
from scheduler.staffing.intervals import MeanOf
from tests.browser.axe import faults
from tests.browser.conftest import Open, Seen
from tests.browser.test_map import A_LINE, pixels
from tests.browser.test_phone import PHONE
from tests.data.world import NOON
from tests.web.pages import World
from tests.web.test_headcount_page import BOOK, PAGE, QUESTION, answered, asked, team
from web.headcount.kept import told

PLOT = ".curve-plot"
LIGHT, DARK = (0x0B, 0x6B, 0x5C), (0x63, 0xC9, 0xB5)
"""The accent in both themes: what the curve is drawn in."""

APART = """async () => {
  const { apart } = await import("/figures/apart.js");
  const box = (x, y) => ({ x, y, width: 60, height: 40 });
  const boxes = [box(100, 100), box(100, 100), box(110, 130), box(5, 5), box(300, 300)];
  return apart(boxes, { width: 320, height: 320 }, 4);
}"""
MEETING = """labels => labels.flatMap((one, at) => labels.slice(at + 1).filter((other) => {
  const [a, b] = [one, other].map((label) => label.getBoundingClientRect());
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}).map((other) => `${one.textContent} ${other.textContent}`))"""

FOCUSED = """() => {
  const { id, ariaLabel, textContent, tagName } = document.activeElement;
  return tagName === "BODY" ? tagName : id || ariaLabel || textContent.trim();
}"""
CURVES = (
    "Coverage visited in time, over collectors employed",
    "8 collectors, day by day visited by the end of each day",
)
MAP = "Map: arrow keys move it, plus and minus zoom"


def grown(world: World, number: int, *sizes: int) -> None:
    """Keep what a runner knows by now."""
    teams = [told(team(size)) for size in sizes]
    world.wired.jobs.keep(number, "r1", {**BOOK, "teams": teams})


def shows(page: Page, text: str) -> None:
    expect(page.locator(".curve-said").first).to_contain_text(text)


def test_a_curve_grows_under_the_hands_of_who_reads_it(
    world: World, open_page: Open, seen: Seen
) -> None:
    """More teams come, and who reads one by the arrow keys stays there, until she stops it."""
    job = asked(world)
    world.wired.jobs.claim("r1", NOON, [JobKind.SIMULATE])
    grown(world, job.id, 2, 6)
    page = open_page(PAGE, "ada")
    plot = page.locator(PLOT)
    plot.focus()
    plot.press("ArrowLeft")
    shows(page, "2 employed: 20.0% ± 1.0 visited in time")
    grown(world, job.id, 2, 4, 6)
    expect(page.get_by_text("3 teams are known")).to_be_visible()
    expect(plot).to_be_focused()
    plot.press("ArrowRight")
    shows(page, "4 employed: 40.0% ± 1.0 visited in time; 3.6 on shift, 3.2 on the road")
    page.get_by_role("button", name="Stop, and keep what is known").click()
    expect(page.get_by_text("stopping")).to_be_visible()
    assert (seen.faults, seen.outside) == ([], [])


@pytest.mark.slow
def test_an_answer_is_read_by_pointer_and_keys_and_has_nothing_that_axe_finds(
    world: World, open_page: Open, seen: Seen
) -> None:
    answered(world, replace(QUESTION, share=0.35))
    page = open_page(PAGE, "ada")
    curve, days = page.locator(PLOT).all()
    shows(page, "4 employed")  # the smallest team that is enough is where one looks first
    expect(curve).to_have_attribute(
        "aria-valuetext",
        "4 employed: 40.0% ± 1.0 visited in time; 3.6 on shift, 3.2 on the road, crews: 1.6",
    )
    over = curve.locator(".u-over")
    box = over.bounding_box()
    assert box is not None
    over.hover(position={"x": box["width"] - 2, "y": box["height"] / 2})
    shows(page, "8 employed: 80.0%")
    curve.press("Home")
    shows(page, "0 employed: 0.0%")
    days.press("End")
    expect(page.locator(".curve-said").last).to_contain_text("40.0% ± 1.0 visited by its end")
    expect(page.locator("#district-map[data-state=ready] .district.few")).to_have_count(2)
    expect(page.locator(".district-label.enough .share")).to_have_text(["40%", "40%"])
    assert faults(page) == []
    assert "404" in seen.faults[0]  # Town has no streets, and says so on the map
    assert (len(seen.faults), seen.outside) == (1, [])


def test_words_on_a_map_stand_apart_and_within_it_and_the_others_stay(look: Open) -> None:
    placed = look(PAGE, "ada").evaluate(APART)
    middles = [(one["x"], one["y"]) for one in placed]
    for (x, y), (other_x, other_y) in combinations(middles, 2):
        # Sixty wide, forty high and four between them; the last pixel may be left to rounding.
        assert abs(x - other_x) > 63 or abs(y - other_y) > 43
    assert middles[3] == (34, 24), "half a label and the gap from the corner"
    assert middles[4] == (286, 296), "within the edge; nothing else is near it"
    assert all(30 <= x <= 290 and 20 <= y <= 300 for x, y in middles)


def test_labels_of_districts_do_not_lie_on_each_other(
    world: World, look: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight districts within two kilometres, on the map of a phone."""
    near = tuple(
        DistrictFigures(
            number, f"District {number}", 25 + number % 3 / 100, 121.5 + number / 200, 1500, 20, 0,
            MeanOf(0.5, 0.02, 4), 1, 2,
        )
        for number in range(1, 9)
    )  # fmt: skip
    monkeypatch.setattr("tests.web.test_headcount_page.districts_of", lambda *_: near)
    answered(world, QUESTION)
    page = look(PAGE, "ada", **PHONE)
    page.locator("#district-map[data-state=ready]").wait_for()
    labels = page.locator(".district-label > span")
    expect(labels).to_have_count(8)
    assert labels.evaluate_all(MEETING) == []


def test_a_curve_that_is_open_takes_the_colours_of_another_theme(world: World, look: Open) -> None:
    answered(world, QUESTION)
    page = look(PAGE, "ada")
    shows(page, "8 employed")
    canvas = f"{PLOT} canvas"
    assert pixels(page, canvas, LIGHT) > A_LINE
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_css("color-scheme", "dark")
    page.wait_for_timeout(200)  # it is drawn anew with the next picture
    assert (pixels(page, canvas, DARK) > A_LINE, pixels(page, canvas, LIGHT)) == (True, 0)


def test_the_page_is_walked_through_by_keys(world: World, look: Open) -> None:
    """What the arrow keys move or scroll is reached in the order in which it stands."""
    answered(world, QUESTION)
    page = look(PAGE, "ada")
    page.locator("#district-map[data-state=ready]").wait_for()
    page.locator("#within").focus()
    reached: list[str] = []
    while (named := page.evaluate(FOCUSED)) != "BODY" and len(reached) < 60:
        reached.append(named)
        page.keyboard.press("Tab")
    wanted = ["within", "Work it out", "More", *CURVES, "Teams", MAP, "Districts"]
    assert [one for one in reached if one in wanted] == wanted
    assert reached.index("Work it out") < 12, "a clock is three stops, and its picker a fourth"


def test_what_is_not_usual_is_told_while_levers_move_and_one_press_takes_it_back(
    world: World, open_page: Open, seen: Seen
) -> None:
    job = asked(world, replace(QUESTION, most=MOST, scenario=Scenario(0, aim=Aim.WORTH)))
    page = open_page(f"{PAGE}?job={job.id}", "ada")
    told = page.locator("#differs li")
    expect(told).to_have_text(["Plans go first: where it is worth most"])
    page.locator("#within").fill("7")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Each keeps to her district").check()
    page.get_by_label("Plans go first").select_option("target")
    expect(told).to_have_text(["Within days: 7", "Each keeps to her district"])
    assert faults(page) == []
    page.get_by_role("link", name="Back to usual").click()
    expect(page.locator("#within")).to_have_value("14")
    expect(page.locator("#differs")).to_be_hidden()
    expect(page.get_by_text("waits for its turn")).to_be_visible()
    page.locator("#within").fill("14.0")
    expect(page.locator("#differs")).to_be_hidden()
    assert (seen.faults, seen.outside) == ([], [])
