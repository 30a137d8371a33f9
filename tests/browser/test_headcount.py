"""The curve of how many collectors are enough: it grows, and is read point by point."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from data.jobs import JobKind
from tests.browser.axe import faults
from tests.browser.conftest import Open, Seen
from tests.data.world import NOON
from tests.web.pages import World
from tests.web.test_headcount_page import BOOK, PAGE, QUESTION, answered, asked, team
from web.headcount.kept import told

PLOT = ".curve-plot"


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
