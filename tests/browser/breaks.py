"""What may go wrong between a dispatcher's press and its answer, at any step of her day.

A step is pressed, broken into, and looked at from anew: what it was about is done, and once.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page, Route, expect

from tests.browser.desk_hand import PATIENCE_MS

TOLD = "#no-connection, #offline:not([hidden]), #failed, .no-answer"
"""Where a page says that nobody answers."""

LOOKED_MS, LOOKS = 1_500, 3


@dataclass(frozen=True)
class Step:
    """Something that she does: `ready` opens where it is pressed, `done` looks whether it is done.

    What `is_kept` is sent again by the page itself when somebody answers; all else she presses
    again.
    """

    name: str
    ready: Callable[[Page], object]
    press: Callable[[Page], object]
    done: Callable[[Page], object]
    is_kept: bool = False


Break = Callable[[Page, Step], None]


def straight_on(page: Page, step: Step) -> None:
    """Nothing goes wrong."""
    step.ready(page)
    press_until_heard(page, step)
    step.done(page)


def reloaded(page: Page, step: Step) -> None:
    """She reloads in the same moment; where that came before her press, she presses again."""
    step.ready(page)
    step.press(page)
    with suppress(Error):  # a page that leaves for another
        page.reload()
    if not is_done(page, step):
        step.ready(page)
        step.press(page)
    step.done(page)


def is_done(page: Page, step: Step) -> bool:
    """Whether a step is done, by looks that do not wait long: it may just be under way."""
    expect.set_options(timeout=LOOKED_MS)
    try:
        for _ in range(LOOKS):
            with suppress(AssertionError, Error):
                step.done(page)
                return True
        return False
    finally:
        expect.set_options(timeout=5_000)


def without_connection(page: Page, step: Step) -> None:
    """The connection is gone when she presses, and comes back: the page has said so meanwhile."""
    step.ready(page)
    page.context.set_offline(True)
    step.press(page)
    expect(page.locator(TOLD).first).to_be_visible(timeout=PATIENCE_MS)
    page.context.set_offline(False)
    if not step.is_kept:
        press_until_heard(page, step)
    step.done(page)


def press_until_heard(page: Page, step: Step) -> None:
    """Press, and wait until the server has answered."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        step.press(page)


@dataclass
class Lost:
    """A server whose first answer to what is sent is lost on the way, though it has done it."""

    paths: list[str] = field(default_factory=list)
    is_lost: bool = False

    def __call__(self, route: Route) -> None:
        if route.request.method != "POST" or self.paths:
            route.fallback()
            return
        self.paths.append(route.request.url)
        route.fetch(max_redirects=0)
        route.abort("connectionreset")
        self.is_lost = True


def answer_lost(page: Page, step: Step) -> None:
    """The server takes it, and its answer is lost: she presses again, and it is done once."""
    step.ready(page)
    lost = Lost()
    page.route("**/*", lost)
    with suppress(Error):
        step.press(page)
    for _ in range(100):
        if lost.is_lost:
            break
        page.wait_for_timeout(100)
    assert lost.is_lost, f"{step.name} sends nothing"
    page.unroute("**/*", lost)
    if not step.is_kept:
        with suppress(Error):  # from the browser's own page of errors to where she pressed
            page.go_back()
        with suppress(Error):
            press_until_heard(page, step)
    step.done(page)
