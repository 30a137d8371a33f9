"""A dispatcher's hands in a real browser: what she sends, opens, carries and takes back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 120_000
"""For what the worker does beside the pages: its process begins with the first job."""


def send_list(page: Page, kind: str, content: bytes) -> None:
    """Choose a kind of list on the page of imports, and send a file of it."""
    page.locator(f"#kind-{kind}").check()
    told: Any = {"name": f"{kind}.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("#file").set_input_files(told)
    page.get_by_role("button", name="Look at it").click()


def drawn(page: Page) -> Page:
    """Return the desk, once its scripts have drawn it."""
    page.locator("#timeline .tl-row").first.wait_for(timeout=PATIENCE_MS)
    page.locator(".day-map[data-state=ready]").wait_for()
    return page


def block(page: Page, visit: str) -> Locator:
    """Return a visit's block on the timeline."""
    return page.locator(f".tl-lane .visit[data-visit='{visit}']")


def lane(page: Page, crew: str) -> Locator:
    """Return a crew's row on the timeline."""
    return page.locator(f"#timeline .tl-row[data-crew='{crew}']")


def visits_of(page: Page, crew: str) -> list[str]:
    """Return whom a crew visits, by the timeline, in her order."""
    blocks = lane(page, crew).locator(".tl-lane .visit")
    found: list[str] = blocks.evaluate_all(
        "all => all.sort((a, b) => a.dataset.start - b.dataset.start).map(a => a.dataset.visit)"
    )
    return found


def crews_of(page: Page) -> list[str]:
    """Return the crews of the timeline, in its order."""
    found: list[str] = page.locator("#timeline .tl-row").evaluate_all(
        "rows => rows.map(row => row.dataset.crew)"
    )
    return found


def drag(page: Page, visit: str, crew: str) -> None:
    """Drag a visit by the pointer to the first place of a crew that takes it."""
    box = block(page, visit).bounding_box()
    assert box is not None
    x, y = box["x"] + min(4, box["width"] / 2), box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 8, steps=3)
    gap = lane(page, crew).locator(".gap.may").first
    gap.wait_for()
    place = gap.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2, steps=3)
    expect(page.locator(".ghost")).to_contain_text("min")
    page.mouse.up()


def carry_by_keys(page: Page, visit: str, crew: str) -> None:
    """Carry a visit by the keys alone to a place of another crew that takes it."""
    block(page, visit).focus()
    page.keyboard.press("m")
    expect(page.locator("#told")).to_contain_text("is picked up")
    page.keyboard.press("ArrowDown")
    rows = crews_of(page)
    steps = rows.index(crew) - rows.index(crew_of(page, visit))
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    for key in [*["ArrowLeft"] * 9, *["ArrowRight"] * 18]:
        if lane(page, crew).locator(".gap.may.active").count():
            break
        page.keyboard.press(key)
    page.keyboard.press("Enter")


def crew_of(page: Page, visit: str) -> str:
    """Return whose row a visit stands in."""
    row = page.locator("#timeline .tl-row").filter(has=block(page, visit))
    return row.get_attribute("data-crew") or ""
