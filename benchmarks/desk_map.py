"""How smooth the map of a large day stays in Chromium: pointed at, moved about, and zoomed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.day import Size
from benchmarks.desk_browser import browser_page, opened
from benchmarks.measure import Figures
from benchmarks.planned import planned

if TYPE_CHECKING:
    from playwright.sync_api import Page

TIMES = 3
"""How often each is done; the median of the frames counts, and the longest task of all."""

ACROSS, DOWN = 12, 6
"""Places of the map that are pointed at, and lines of the list."""

LOOK_MS = 60
"""How long a row is pointed at."""

REST_MS = 900
"""Until what was asked for is drawn: it counts."""

GATHER = """() => {
  const seen = (window.smooth = { frames: [], tasks: [] });
  new PerformanceObserver((list) => {
    seen.tasks.push(...list.getEntries().map((one) => one.duration));
  }).observe({ type: "longtask" });
  const next = (at) => { seen.frames.push(at); requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""
"""Notes each frame, and each task that took more than 50 ms; a browser tells no shorter ones."""

Point = tuple[float, float]
Act = Callable[["Page", Point, Point], None]


def before_a_map(size: Size, times: int = TIMES) -> Figures:
    """Return frames a second and the longest task, 0 where none took 50 ms, of each movement."""
    with planned(size) as home, home.server() as (url, cookie), browser_page(url, cookie) as page:
        opened(page, url + home.day)
        opened(page, url + home.day)
        page.wait_for_timeout(3 * REST_MS)
        page.evaluate(GATHER)
        return {
            f"{name} {figure}": value
            for name, (act, where) in ACTS.items()
            for figure, value in told(page, act, where, times).items()
        }


def told(page: Page, act: Act, where: str, times: int) -> Figures:
    """Do something where a selector says, and return how it went."""
    rates, longest = [], 0.0
    box = page.locator(where).first.bounding_box()
    assert box is not None
    corner, whole = (box["x"], box["y"]), (box["width"], box["height"])
    for _ in range(times):
        page.evaluate("smooth.frames.length = smooth.tasks.length = 0")
        act(page, corner, whole)
        frames = page.evaluate("smooth.frames")
        rates.append(1000 * (len(frames) - 1) / (frames[-1] - frames[0]))
        page.wait_for_timeout(REST_MS)
        longest = max(longest, *page.evaluate("smooth.tasks"), 0.0)
    return {"frames": median(rates), "longest task": longest}


def places(corner: Point, whole: Point) -> Iterator[Point]:
    """Yield places of the map, from side to side."""
    for row in range(1, DOWN):
        for column in range(1, ACROSS):
            share = column if row % 2 else ACROSS - column
            yield corner[0] + whole[0] * share / ACROSS, corner[1] + whole[1] * row / DOWN


def hover(page: Page, corner: Point, whole: Point) -> None:
    """Point from one place of the map to the next."""
    for x, y in places(corner, whole):
        page.mouse.move(x, y, steps=3)


def hover_rows(page: Page, corner: Point, whole: Point) -> None:
    """Point at one row after the other of the timeline: each lights its twin on the map."""
    for k in range(2 * ACROSS):
        page.mouse.move(corner[0] + 20, corner[1] + whole[1] * k / (2 * ACROSS), steps=2)
        page.wait_for_timeout(LOOK_MS)


def pan(page: Page, corner: Point, whole: Point) -> None:
    """Drag the map to one side and back."""
    x, y = corner[0] + whole[0] / 2, corner[1] + whole[1] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for target in (x - whole[0] / 4, x + whole[0] / 4, x):
        page.mouse.move(target, y, steps=40)
    page.mouse.up()


def zoom(page: Page, corner: Point, whole: Point) -> None:
    """Turn the wheel to look nearer, and back."""
    page.mouse.move(corner[0] + whole[0] / 2, corner[1] + whole[1] / 2)
    for turns in (-180, 180):
        page.mouse.wheel(0, turns)
        page.wait_for_timeout(REST_MS)


MAP, ROWS = ".map-canvas", "#timeline .timeline-scroll"
ACTS: dict[str, tuple[Act, str]] = {
    "hover": (hover, MAP),
    "rows": (hover_rows, ROWS),
    "pan": (pan, MAP),
    "zoom": (zoom, MAP),
}
