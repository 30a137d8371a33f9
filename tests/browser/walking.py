"""A crew's shift on the kept page, walked step by step, and what the book has of it afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from data import tables
from tests.browser.conftest import Open
from tests.browser.test_my_day import PIN, opened, taken_along
from tests.data.world import NOON
from tests.web.pages import World
from web.phone.brought.taking_in import take_in_waiting

FAR: dict[str, Any] = {
    "geolocation": {"latitude": 25.03, "longitude": 121.5},  # two kilometres from the first door
    "permissions": ["geolocation"],
}
PRESSED = re.compile(r"#/(more|changes|end)$|/far$")
"""Views that are left once what was pressed there is written down."""

OF_PHONES = frozenset(
    {
        *("visit.refused", "break.begun", "break.ended"),
        *("crew.problem", "day.ended"),
    }
)
"""Kinds of events that come of what a crew presses on its way."""


@dataclass(frozen=True)
class Step:
    """One thing she does; `sign` is what her day's page shows, or no longer shows, after it."""

    act: Callable[[Page], None]
    sign: str = ""
    is_gone: bool = False

    def is_done(self, page: Page) -> bool:
        """Whether a page that was opened anew shows it as done."""
        return (page.get_by_text(self.sign).count() > 0) != self.is_gone

    def expect_done(self, page: Page) -> None:
        expect(page).not_to_have_url(PRESSED)
        shown = page.get_by_text(self.sign)
        if self.sign and self.is_gone:
            expect(shown).to_have_count(0)
        elif self.sign:
            expect(shown.first).to_be_visible()


def accept(page: Page) -> None:
    page.get_by_role("link", name="See what is new").first.click()
    page.get_by_role("button", name="Accept").click()


def begin(page: Page) -> None:
    page.get_by_role("button", name="Begin the day").click()


def arrive(page: Page) -> None:
    page.get_by_role("button", name="Arrive").click()
    page.get_by_role("button", name="Stopped at the gate").click()


def promise(page: Page) -> None:
    page.locator(".thumb").get_by_role("link", name="Result").click()
    page.get_by_role("link", name="Promised").click()
    page.get_by_label("Amount").fill("500")
    page.get_by_role("button", name="Tomorrow").click()
    page.get_by_label("Bank transfer").check()
    page.get_by_role("button", name="Save").click()


def leave(page: Page) -> None:
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Left before, pressed only now").click()


def skip(page: Page) -> None:
    page.get_by_role("button", name="Arrive").click()
    page.get_by_role("button", name="Skip this visit").click()


def pause(page: Page) -> None:
    page.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("button", name="Begin a break").click()


def go_on(page: Page) -> None:
    page.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("button", name="Break over").click()


def tell_problem(page: Page) -> None:
    page.get_by_role("link", name="Problem").click()
    page.get_by_role("link", name="Vehicle").click()
    page.get_by_role("button", name="Tell the desk").click()
    expect(page.locator("main").get_by_text("Noted. It reaches the desk")).to_be_visible()
    page.get_by_role("link", name="To the day").click()


def end(page: Page) -> None:
    page.get_by_role("link", name="End the day").click()
    page.get_by_role("button", name="End the day").click()


SHIFT = (
    Step(accept, "Your plan has changed.", is_gone=True),
    Step(begin, "Begin the day", is_gone=True),
    Step(arrive, "At the door since"),
    Step(promise, "1 of 3 done"),
    Step(leave, "At the door since", is_gone=True),
    Step(skip, "let go"),
    Step(pause, "On a break since"),
    Step(go_on, "On a break since", is_gone=True),
    Step(tell_problem),
    Step(end, "Your day is ended."),
)

BOTH = ["alice", "bob"]
BOOK: dict[str, list[Any]] = {
    "marks": [
        ("accept", "", BOTH), ("begin", "", BOTH), ("arrive", "B1", BOTH), ("leave", "B1", BOTH),
    ],
    "results": [("B1", "PTP", "500.00", BOTH), ("B2", "ABORTED_RULE", "", BOTH)],
    "events": [
        ("visit.refused", "B2", BOTH), ("visit.refused", "B2", BOTH),
        ("break.begun", "alice", BOTH), ("break.ended", "alice", BOTH),
        ("crew.problem", "alice", BOTH), ("day.ended", "alice", BOTH),
    ],
    "records": [
        *(("", kind) for kind in ("accept", "begin", "break_begin", "break_end", "problem", "end")),
        *(("B1", kind) for kind in ("arrive", "result", "leave")),
        *(("B2", kind) for kind in ("skip", "skip", "result")),
    ],
    "states": ["applied"],
}  # fmt: skip
"""What the book has of the shift, each once and in its order."""


def book(world: World) -> dict[str, list[Any]]:
    """Return what the book has of a crew's shift."""
    mark, result, record = tables.visit_mark.c, tables.outcome.c, tables.field_record.c
    with world.wired.store.engine.connect() as connection:
        marks = connection.execute(
            select(mark.kind, mark.visit_id, mark.crew).order_by(mark.at)
        ).all()
        results = connection.execute(
            select(result.borrower_id, result.code, result.amount, result.crew).order_by(result.at)
        ).all()
        records = connection.execute(
            select(record.visit_id, record.kind, record.state).order_by(record.visit_id, record.seq)
        ).all()
    told = [one for one in world.wired.store.events(limit=100) if one.kind in OF_PHONES]
    told.sort(key=lambda one: str((one.after or {}).get("at")))
    return {
        "marks": [(one.kind, one.visit_id, list(one.crew)) for one in marks],
        "results": [
            (one.borrower_id, one.code, f"{one.amount:.2f}" if one.amount else "", list(one.crew))
            for one in results
        ],
        "events": [(one.kind, one.subject, (one.after or {}).get("crew")) for one in told],
        "records": [(one.visit_id, one.kind) for one in records],
        "states": sorted({one.state for one in records}),
    }


def at_work(open_page: Open, who: str = "alice", at: datetime = NOON, **options: Any) -> Page:
    """Return a phone with the day taken along; its own clock says `at`."""
    page = opened(open_page, who, **FAR | options)
    if at != NOON:
        page.clock.install(time=at)
        page.reload()
    taken_along(page)
    return page


def unlock(page: Page) -> Page:
    """Open the day by its PIN, as after a restart."""
    page.get_by_label("PIN of the day").fill(PIN)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="Stops of the day")).to_be_visible()
    return page


def restarted(page: Page) -> Page:
    """Kill the tab, and open the page anew on the same phone."""
    context, address = page.context, page.url.partition("#")[0]
    page.close()
    page = context.new_page()
    page.goto(address)
    return unlock(page)


def walk(page: Page, steps: Iterable[Step] = SHIFT) -> None:
    for step in steps:
        step.act(page)
        step.expect_done(page)


def brought(page: Page, world: World) -> None:
    """Wait until a phone has sent everything, and take it in."""
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("link", name="Records: All sent")).to_be_visible()
    take_in(world)


def take_in(world: World) -> None:
    """Take in what has come, an hour later: nothing is taken to have been after now."""
    world.clock.pass_by(hours=1)
    take_in_waiting(world.app)
    world.clock.pass_by(hours=-1)
