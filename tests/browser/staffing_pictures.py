"""Pictures of how many collectors are enough: the question is asked in a browser, and answered."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.camera import Act, Camera

WHO = "administrator"
ASKED = {"within": "5", "share": "80", "most": "20"}
"""A question that two processors answer in some minutes: few days, and no large team."""

FEW = 4
"""A team that leaves districts unvisited; of teams that were not tried the answer is shown."""

ANSWER_MS = 3_600_000


def take_staffing(camera: Camera, city: str, folder: Path) -> None:
    """Ask, and take the answer's curve and its districts, in both languages."""
    folder.mkdir(exist_ok=True)
    path = f"/{city}/figures/headcount"
    camera.act(WHO, path, ask)
    camera.take(folder, "answer", WHO, path, look_at("#answer"))
    camera.take(folder, "districts", WHO, f"{path}?team={FEW}", look_at("#where"))


def ask(page: Page) -> None:
    """Ask for few days, and wait until the answer stands there."""
    page.locator("main details > summary").first.click()
    for name, value in ASKED.items():
        page.locator(f"#{name}").fill(value)
    with page.expect_navigation():  # an earlier answer goes
        page.locator("main form .button.main").click()
    page.locator("#answer").wait_for(timeout=ANSWER_MS)  # the page loads itself anew


def look_at(what: str) -> Act:
    """Return what scrolls a page until something stands at its top."""
    return lambda page: page.locator(what).evaluate("one => one.scrollIntoView()")
