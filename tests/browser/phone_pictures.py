"""Pictures of the kept page on a phone without a network: what it records stays on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.camera import LOCALES, PATIENCE_MS, save
from tests.browser.test_my_day import PHONE, PIN

DAY = "fetch('/my/day.json').then((answer) => answer.json())"
READY_MS = 3_000
MAP_MS = 8_000
CodeOf = Callable[[str], str]


def take_kept_page(
    browser: Browser,
    address: str,
    who: tuple[str, str],
    code_of: CodeOf,
    noon: datetime,
    folder: Path,
) -> None:
    """Take a collector's shift in both languages.

    `who` is her name and her password; `code_of` tells the code of the day of whoever is with her.
    """
    folder.mkdir(exist_ok=True)
    for language, locale in LOCALES.items():
        context = browser.new_context(locale=locale, reduced_motion="reduce", **PHONE)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        day = take_along(page, address, who, noon)
        context.set_offline(True)
        take_shift(page, day, code_of, noon, folder, language)
        context.close()


def take_along(page: Page, address: str, who: tuple[str, str], noon: datetime) -> dict[str, Any]:
    """Log in, take the day and its map along, and return the day."""
    page.goto(f"{address}/log-in")
    page.locator("#name").fill(who[0])
    page.locator("#password").fill(who[1])
    page.locator("main form .main").click()
    page.wait_for_load_state()
    page.clock.install(time=noon)
    page.goto(f"{address}/my/")
    day: dict[str, Any] = page.evaluate(DAY)
    page.locator("#pin").fill(PIN)
    page.locator("#again").fill(PIN)
    page.locator(".thumb .main").click()
    page.locator(".stops").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    go(page, "#/map")
    fetch = page.locator(".map-words button").first
    if fetch.is_visible():
        fetch.click()
    page.locator(".phone-map[data-state=carried]").wait_for()
    go(page, "#/")
    return day


def take_shift(
    page: Page, day: dict[str, Any], code_of: CodeOf, noon: datetime, folder: Path, language: str
) -> None:
    """Take the day, a stop, what came of it, the queue, the map, and a door that is closed."""

    def take(name: str, hash: str, wait_ms: int = READY_MS) -> None:
        go(page, hash)
        page.wait_for_timeout(wait_ms)
        page.evaluate("document.activeElement?.blur()")
        save(page.screenshot(), folder / f"{name}.{language}.png")

    open_ = next(stop for stop in visits(day) if why_closed(stop, noon.timestamp()) is None)
    page.locator(".thumb .main").click()  # begin
    page.wait_for_timeout(READY_MS)
    take("day", "#/")
    path = f"#/stop/{open_['id']}"
    go(page, path)
    page.locator(".thumb .main").click()  # arrive
    page.wait_for_timeout(READY_MS)
    go(page, f"{path}/company")
    for mate in day["mates"]:
        page.locator(f"#code-{mate['id']}").fill(code_of(mate["id"]))
        page.locator("form .main").click()
        page.wait_for_timeout(READY_MS)
    take("stop", path)
    take("result", f"{path}/result")
    take("queue", "#/queue")
    take("map", "#/map", MAP_MS)
    stop, wait_s = first_closed(day, noon.timestamp())
    page.clock.fast_forward(wait_s * 1000)
    take("closed", f"#/stop/{stop['id']}/closed")


def go(page: Page, hash: str) -> None:
    page.evaluate(f"location.hash = {hash!r}")
    page.wait_for_timeout(500)


def visits(day: dict[str, Any]) -> list[dict[str, Any]]:
    return [stop for stop in day["stops"] if stop["kind"] != "break" and stop.get("hours")]


def why_closed(stop: dict[str, Any], at_s: float) -> int | None:
    """Return the number of the reason why a door is closed; None where it is open."""
    return next((why for begin, end, why in stop["hours"] if begin <= at_s < end), None)


def first_closed(day: dict[str, Any], now_s: float) -> tuple[dict[str, Any], int]:
    """Return the visit whose door closes first, and in how many seconds."""
    waits = [
        (max(0, int(begin - now_s) + 60), number)
        for number, stop in enumerate(visits(day))
        for begin, end, why in stop["hours"]
        if why is not None and end > now_s + 60
    ]
    wait_s, number = min(waits)
    return visits(day)[number], wait_s
