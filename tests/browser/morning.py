"""The steps of a dispatcher's morning, each by itself: where it is pressed, and how it is seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.breaks import Step
from tests.browser.desk_hand import PATIENCE_MS, block, crews_of, drawn, send_list, visits_of
from tests.browser.morning_files import UNKNOWN, cases, collectors, shifts

TO_PIN = next(iter(UNKNOWN))
LOCKED = re.compile(r"\blocked\b")


def the_steps(address: str, on: date) -> list[Step]:
    """Return all steps of a morning in Town, in their order."""
    day = f"{address}/Town/{on}/"
    return [
        *lists(day, on),
        Step(
            "find addresses",
            opened(day),
            pressed("Find addresses"),
            shows_link(day, "Check places"),
        ),
        Step("place an address", at_the_address(day), put_it_there, is_placed(day)),
        Step("plan", opened(day), pressed("Plan without them"), shows_link(day, "Publish")),
        Step("lock", at_the_desk(day), by_key("h"), is_locked(day), is_kept=True),
        Step("undo", at_the_desk(day), by_key("Control+z"), is_free(day), is_kept=True),
        Step("publish", opened(f"{day}publish"), pressed("Publish"), says(day, "published")),
    ]


def lists(day: str, on: date) -> list[Step]:
    """Return the steps that take the three lists in."""
    contents = {"cases": cases(), "collectors": collectors(), "shifts": shifts(on)}
    return [
        Step(kind, at_the_preview(day, kind, content), take_in, stands_in_the_book(day, number))
        for number, (kind, content) in enumerate(contents.items(), start=1)
    ]


def opened(url: str) -> Callable[[Page], object]:
    return lambda page: page.goto(url)


def pressed(name: str) -> Callable[[Page], object]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click(no_wait_after=True)


def shows_link(day: str, name: str) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        page.goto(day)
        expect(page.get_by_role("link", name=name, exact=True).last).to_be_visible(
            timeout=PATIENCE_MS
        )

    return look


def says(day: str, words: str) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        page.goto(day)
        expect(page.locator(".strip .tag").filter(has_text=words)).to_be_visible()

    return look


def at_the_preview(day: str, kind: str, content: bytes) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        page.goto(f"{day}import?kind={kind}")
        send_list(page, kind, content)
        asked = page.get_by_role("heading", name="Which column is which")
        shown = page.get_by_role("heading", name="What it would change")
        expect(asked.or_(shown)).to_be_visible()
        if asked.count():  # the first time
            page.get_by_label("住在哪里").select_option(label="Home address")
            page.get_by_role("button", name="Show what it would change").click()
        expect(shown).to_be_visible()

    return ready


def take_in(page: Page) -> None:
    page.locator("main form .button.main").click(no_wait_after=True)


def stands_in_the_book(day: str, number: int) -> Callable[[Page], None]:
    """Look that so many lists were taken in, and no more."""

    def look(page: Page) -> None:
        page.goto(f"{day}imports")
        expect(page.locator("main tbody tr")).to_have_count(number)

    return look


def at_the_address(day: str) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        page.goto(f"{day}places")
        page.locator("#review-map[data-state=ready]").wait_for()
        page.locator("#queue").get_by_text(UNKNOWN[TO_PIN]).click()
        expect(page.locator("#case-title")).to_have_text(UNKNOWN[TO_PIN])
        page.locator("#review-map[data-state=ready]").wait_for()
        page.locator("#position").fill("25.0061, 121.4961")

    return ready


def put_it_there(page: Page) -> None:
    page.locator("#place-pin").click(no_wait_after=True)


def is_placed(day: str) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        page.wait_for_timeout(300)  # what was sent by a script may still be on its way
        page.goto(f"{day}places")
        expect(page.locator("#queue")).to_be_visible()
        expect(page.locator("#queue").get_by_text(UNKNOWN[TO_PIN])).to_have_count(0)

    return look


def at_the_desk(day: str) -> Callable[[Page], None]:
    def ready(page: Page) -> None:
        page.goto(day)
        drawn(page)
        expect(page.locator("[data-act=undo]")).to_be_visible()

    return ready


def first_visit(page: Page) -> str:
    return visits_of(page, crews_of(page)[0])[0]


def by_key(key: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        block(page, first_visit(page)).focus()
        page.keyboard.press(key)

    return press


def is_locked(day: str) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        settled(page, day)
        expect(block(page, first_visit(page))).to_have_class(LOCKED)

    return look


def is_free(day: str) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        settled(page, day)
        expect(block(page, first_visit(page))).not_to_have_class(LOCKED)
        expect(page.locator("[data-act=redo]")).to_be_enabled()

    return look


def settled(page: Page, day: str) -> None:
    """Look from anew, once what she did is not on its way any more."""
    if page.url == day:
        expect(page.locator("#offline")).to_be_hidden(timeout=20_000)
        expect(page.locator(".sending")).to_have_count(0, timeout=20_000)
        page.wait_for_timeout(500)
    page.goto(day)
    drawn(page)
