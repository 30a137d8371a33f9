"""A real browser before the three-person world; nothing but our own server can be reached."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.hashing import _quick_hashes  # noqa: F401
from tests.statements import _shared_statements  # noqa: F401
from tests.web.pages import World, peopled_home, world  # noqa: F401

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
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


@pytest.fixture
def address(world: World) -> Iterator[str]:  # noqa: F811
    """Where the world is served."""
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


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
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "en", **options}
        context = browser.new_context(**options)
        contexts.append(context)
        name = world.app.config["SESSION_COOKIE_NAME"]
        if cookie := world.visitor(who).client.get_cookie(name):
            context.add_cookies([{"name": name, "value": cookie.value, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: seen.faults.append(str(error)))
        page.on(
            "console", lambda told: seen.faults.append(told.text) if told.type == "error" else None
        )
        page.route("**/*", lambda route: _only_ours(route, address, seen))
        page.goto(address + path)
        return page

    yield open_one
    for context in contexts:
        context.close()


def _only_ours(route: Any, address: str, seen: Seen) -> None:
    if route.request.url.startswith((f"{address}/", "data:", "blob:")):
        route.continue_()
    else:
        seen.outside.append(route.request.url)
        route.abort()
