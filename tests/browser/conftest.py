"""A real browser before the three-person world; nothing but our own server can be reached."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.house import House, serving
from tests.browser.windows import Windows, entered
from tests.hashing import _quick_hashes  # noqa: F401
from tests.statements import _shared_statements  # noqa: F401
from tests.web.pages import World, peopled_home, world  # noqa: F401

expect.set_options(timeout=15_000)  # a machine may be busy, and a PIN is slow to try on purpose

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # By a route of Playwright's instead, nothing that was loaded would be kept for the next page.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass
class Seen:
    """What a browser complained of, and what it wanted from elsewhere."""

    faults: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


Open = Callable[..., Page]
Launch = Callable[..., Browser]


def chromium_path() -> str | None:
    """Return where the system has its Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    """Start the system's Chromium, with more flags if any."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])


@pytest.fixture(scope="session")
def browser(launch: Launch) -> Iterator[Browser]:
    """The system's Chromium."""
    chromium = launch()
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """One address for all worlds of this session, so that browsers keep what they have loaded."""
    with serving() as house:
        yield house


@pytest.fixture
def address(house: House, world: World) -> Iterator[str]:  # noqa: F811
    """Where the world is served."""
    house.world = world
    yield house.address
    house.world = None


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[Windows]:
    """Pages of the browser that tests share, one of each kind of screen and of each who looks."""
    windows = Windows(browser)
    yield windows
    windows.close()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def open_page(
    browser: Browser,
    world: World,  # noqa: F811
    address: str,
    seen: Seen,
) -> Iterator[Open]:
    """Open a path as a user, or as nobody: `open_page("/", "dora")`.

    Options are those of a browser's context.
    """
    contexts = []

    def open_one(path: str, who: str | None, **options: Any) -> Page:
        context = entered(browser, world, address, who, options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: seen.faults.append(str(error)))
        page.on(
            "console", lambda told: seen.faults.append(told.text) if told.type == "error" else None
        )
        page.on("request", lambda request: _note(request.url, address, seen))
        page.goto(address + path)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def look(windows: Windows, world: World, address: str) -> Iterator[Open]:  # noqa: F811
    """Open a path as `open_page` does, in a page of tests before: for a test that only looks."""
    used = []

    def look_once(path: str, who: str | None, **options: Any) -> Page:
        used.append(page := windows.page(world, address, who, options))
        page.goto(address + path)
        return page

    yield look_once
    for page in used:
        windows.leave(page)


def _note(url: str, address: str, seen: Seen) -> None:
    if not url.startswith((f"{address}/", "data:", "blob:")):
        seen.outside.append(url)
