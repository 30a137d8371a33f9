"""A camera: takes a page in both languages, as small PNG files."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
COLOURS = 256
PATIENCE_MS = 120_000
Act = Callable[[Page], object]
Passwords = dict[str, str]


class Camera:
    """Looks at the pages of a server with one kind of screen, as whoever is to be seen there."""

    def __init__(self, browser: Browser, address: str, passwords: Passwords, **screen: Any) -> None:
        self._browser, self._address, self._passwords = browser, address, passwords
        self._screen = screen
        self._page = cache(self._new_page)

    def act(self, who: str, path: str, *acts: Act) -> None:
        """Open a page in English, and press something."""
        page = self._page(who, "en")
        page.goto(self._address + path)
        for act in acts:
            act(page)

    def take(self, folder: Path, name: str, who: str, path: str, *acts: Act) -> None:
        """Take NAME.en.png and NAME.zh.png of a page, once something was done on each."""
        for language in LOCALES:
            page = self._page(who, language)
            page.goto(self._address + path)
            for act in acts:
                act(page)
            settle(page)
            save(page.screenshot(), folder / f"{name}.{language}.png")

    def _new_page(self, who: str, language: str) -> Page:
        """Return a browser's page, logged in as somebody; '' is nobody yet."""
        page = self._browser.new_context(
            locale=LOCALES[language], reduced_motion="reduce", **self._screen
        ).new_page()
        page.set_default_timeout(PATIENCE_MS)
        if who:
            page.goto(f"{self._address}/log-in")
            page.locator("#name").fill(who)
            page.locator("#password").fill(self._passwords[who])
            page.locator("main form .main").click()
        return page


def settle(page: Page) -> None:
    """Wait until a map is drawn, and let go of whatever has the focus."""
    if page.locator(".day-map").count():
        page.locator(".day-map[data-state=ready]").wait_for()
        page.wait_for_timeout(6_000)  # the streets of the zoom, also on a busy machine
    page.evaluate("document.activeElement?.blur()")


def save(picture: bytes, file: Path) -> None:
    """Write a picture with few colours, which a page has anyway."""
    few = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    print(f"{file.stat().st_size // 1000:4} kB  {file}")
