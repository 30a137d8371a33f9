"""Two desks at one crew in quick turns while a search runs: none overwrites what is unseen."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from data.jobs import JobKind
from tests.browser.breaks import straight_on
from tests.browser.conftest import Open
from tests.browser.desk_hand import PATIENCE_MS, block, crews_of, drawn, visits_of
from tests.browser.morning import the_steps
from tests.browser.test_morning import ON, house_of_two
from tests.data.world import ALICE
from tests.web.pages import World

__all__ = ["house_of_two"]

pytestmark = pytest.mark.slow

DAY = f"/Town/{ON}/"
LASTS_S = 20
COUNT_TOASTS = """() => {
  window.toldOnce = 0;
  new MutationObserver((seen) => seen.forEach(({ addedNodes }) => addedNodes.forEach((one) => {
    if (one.matches?.(".toast.warn, .toast.bad")) window.toldOnce += 1;
  }))).observe(document.querySelector("#toasts"), { childList: true });
}"""


@dataclass
class Hand:
    """A desk whose edits are written down: what each knew, and what came of it."""

    page: Page
    made: list[tuple[str, int, int]] = field(default_factory=list)
    refused: int = 0

    def __post_init__(self) -> None:
        self.page.evaluate(COUNT_TOASTS)
        self.page.on("response", self.hear)

    def hear(self, answer: Response) -> None:
        if not answer.url.endswith("/desk/edits"):
            return
        if answer.status >= 400:
            self.refused += 1
            return
        sent: dict[str, Any] = answer.request.post_data_json or {}
        for visit in visits_in(sent["edit"]):
            self.made.append((visit, sent["revision"], answer.json()["number"]))

    def toggle(self, turn: int) -> None:
        """Lock or unlock a visit of the first crew, as she sees it."""
        visits = visits_of(self.page, crews_of(self.page)[0])
        block(self.page, visits[turn % min(3, len(visits))]).focus()
        self.page.keyboard.press("h")

    @property
    def told(self) -> int:
        return int(self.page.evaluate("window.toldOnce"))


def visits_in(edit: dict[str, Any]) -> list[str]:
    return [*(lock["visit_id"] for lock in edit.get("locks", ())), *edit.get("visit_ids", ())]


def picture(page: Page) -> dict[str, list[str]]:
    """Return what a desk shows: each crew's visits, and which of them are locked."""
    locked = page.locator(".tl-lane .visit.locked").evaluate_all(
        "all => all.map(one => one.dataset.visit).sort()"
    )
    return {**{crew: visits_of(page, crew) for crew in crews_of(page)}, "locked": locked}


def test_both_see_the_same_in_the_end_and_each_refusal(
    open_page: Open, world: World, address: str
) -> None:
    page = open_page("/", "dora")
    for step in the_steps(address, ON)[:6]:
        straight_on(page, step)
    desks = [drawn(page), drawn(open_page(DAY, "lin"))]
    hands = [Hand(desk) for desk in desks]
    first = world.wired.store.plan("Town", ON)
    order = {"seconds": 600, "engine": "search"}
    job = world.wired.jobs.add(JobKind.PLAN, "Town", ON, ALICE, **order)
    until, turn = time.monotonic() + LASTS_S, 0
    while time.monotonic() < until:
        hands[turn % 2].toggle(turn // 2)
        turn += 1
    for desk in desks:
        expect(desk.locator(".sending")).to_have_count(0, timeout=PATIENCE_MS)
    log = world.wired.store.plan_edits(first.id)
    assert sum(len(hand.made) for hand in hands) == len(log) > 4
    assert overwritten(hands, [row.made_by for row in log]) == []
    for hand in hands:
        assert hand.told == hand.refused
    world.wired.jobs.cancel(job.id, ALICE)
    for desk in desks:
        expect(desk.locator(".day-menu")).to_contain_text("version 2", timeout=PATIENCE_MS)
        expect(desk.locator("#progress")).to_be_hidden(timeout=PATIENCE_MS)
    assert picture(desks[0]) == picture(desks[1])
    held = {lock.visit_id for lock in world.wired.store.plan("Town", ON).content.locks}
    assert set(picture(desks[0])["locked"]) == held


def overwritten(hands: list[Hand], makers: list[str]) -> list[tuple[str, int]]:
    """Return edits of a visit that another had edited after the edit's maker looked."""
    by_number = {number: visit for hand in hands for visit, _, number in hand.made}
    return [
        (visit, number)
        for hand in hands
        for visit, known, number in hand.made
        for between in range(known + 1, number)
        if by_number.get(between) == visit and makers[between - 1] != makers[number - 1]
    ]
