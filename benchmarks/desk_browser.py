"""How long a dispatcher waits before a browser: for the day's page, and for what a drag shows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.day import Size
from benchmarks.measure import Figures, NotHereError
from benchmarks.planned import planned

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TIMES = 5
"""How often the page is opened, warm, and a visit picked up; the median counts."""

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PATIENCE_MS, OFTEN_MS = 120_000, 20

WATCH = """
const seen = (window.deskSeen = {});
addEventListener("pointerdown", () => (seen.pressed = performance.now()), { capture: true });
const note = (name) => (seen[name] ??= performance.now());
new MutationObserver(() => {
  if (document.querySelector("#timeline .tl-row .visit")) note("timeline");
  if (document.querySelector(".day-map .map-crew")) note("routes");
  if (document.body?.classList.contains("carrying")) note("picked");
  if (seen.picked && !seen.gaps && document.querySelector(".tl-lane .gap")) {
    seen.gaps = 0;
    requestAnimationFrame(() => setTimeout(() => (seen.gaps = performance.now())));
  }
}).observe(document, { childList: true, subtree: true, attributeFilter: ["class"] });
"""
"""Notes in the page when each is first there; the map lists its crews once it has drawn them.

Prices are shown once the frame after their places is painted: those of the rows in sight, for the
others are drawn while nobody waits. A press is when the button goes down; picked up is what has
been moved by six pixels, here at once.
"""


def before_a_browser(size: Size, times: int = TIMES) -> Figures:
    """Return milliseconds until the day's page is drawn, and from picking up to the prices."""
    with planned(size) as home, home.server() as (url, cookie), browser_page(url, cookie) as page:
        opened(page, url + home.day)  # the server opens the day, the browser keeps the scripts
        pages = [opened(page, url + home.day) for _ in range(times)]
        carried(page, 0)
        taken = [carried(page, k) for k in range(1, times + 1)]
    drags, presses = zip(*taken, strict=True)
    return {
        "page": median(pages),
        "drag": median(drags),
        "longest drag": max(drags),
        "press": median(presses),
    }


@contextmanager
def browser_page(url: str, cookie: str) -> Iterator[Page]:
    """Open the system's Chromium for who has logged in; NotHereError as `chromium` raises it."""
    name, _, value = cookie.partition("=")
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")
        context.add_cookies([{"name": name, "value": value, "url": url}])
        context.add_init_script(WATCH)
        yield context.new_page()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the system's Chromium.

    Raises
    ------
    NotHereError
        Where there is none, or no Playwright.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise NotHereError("no Chromium is installed")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as absent:
        raise NotHereError("Playwright is not installed: pip install '.[dev]'") from absent
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def opened(page: Page, address: str) -> float:
    """Open the day's page; return when both timeline and routes were drawn."""
    page.goto(address)
    until(page, "deskSeen.timeline && deskSeen.routes")
    page.locator(".day-map[data-state=ready]").wait_for(timeout=PATIENCE_MS)
    return float(page.evaluate("Math.max(deskSeen.timeline, deskSeen.routes)"))


def carried(page: Page, number: int) -> tuple[float, float]:
    """Pick a visit up and put it back; return how long its prices took from then and the press."""
    block = page.locator("#timeline .tl-lane .visit").nth(number)
    block.scroll_into_view_if_needed()
    box = block.bounding_box()
    assert box is not None
    page.evaluate("delete deskSeen.picked, delete deskSeen.gaps")
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + box["height"] / 2)
    until(page, "deskSeen.gaps")
    since = "[deskSeen.gaps - deskSeen.picked, deskSeen.gaps - deskSeen.pressed]"
    picked_ms, pressed_ms = page.evaluate(since)
    page.keyboard.press("Escape")
    page.mouse.up()
    until(page, "!document.body.classList.contains('carrying')")
    return float(picked_ms), float(pressed_ms)


def until(page: Page, is_so: str) -> None:
    """Wait until an expression is true; pages forbid what Playwright itself would wait by."""
    for _ in range(PATIENCE_MS // OFTEN_MS):
        if page.evaluate(f"Boolean({is_so})"):
            return
        page.wait_for_timeout(OFTEN_MS)
    raise RuntimeError(f"{is_so} is not so after {PATIENCE_MS / 1000:g} s")
