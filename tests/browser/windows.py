"""Pages that tests share: a new one costs as much as what is loaded into it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.web.pages import World

FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class Windows:
    """Keeps a page of each kind, by who looks and by the options of her browser's context."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: dict[str, Page] = {}

    def page(self, world: World, address: str, who: str | None, options: dict[str, Any]) -> Page:
        """Return the page of that kind, as if it were new but for the files that it has loaded."""
        kind = f"{who} {sorted(options.items())}"
        if kind not in self.pages:
            self.pages[kind] = entered(self.browser, world, address, who, options).new_page()
        else:
            _enter(self.pages[kind].context, world, address, who)
        page = self.pages[kind]
        page.emulate_media(color_scheme="light")
        return page

    def leave(self, page: Page) -> None:
        """Let a page forget what it has kept by itself, and show nothing."""
        page.evaluate(FORGET)
        page.context.clear_cookies()
        page.goto("about:blank")

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


def entered(
    browser: Browser, world: World, address: str, who: str | None, options: dict[str, Any]
) -> BrowserContext:
    """Return a new context, in which that user, or nobody, has logged in."""
    options = {"viewport": {"width": 1440, "height": 900}, "locale": "en", **options}
    context = browser.new_context(**options)
    _enter(context, world, address, who)
    return context


def _enter(context: BrowserContext, world: World, address: str, who: str | None) -> None:
    name = world.app.config["SESSION_COOKIE_NAME"]
    if cookie := world.visitor(who).client.get_cookie(name):
        context.add_cookies([{"name": name, "value": cookie.value, "url": address}])
