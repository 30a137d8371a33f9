"""Her own pages on the kept page: read without a network; what she looks at is recorded."""

from __future__ import annotations

import base64
from dataclasses import replace
from decimal import Decimal

from playwright.sync_api import Page, expect

from data.day_codes import DayCode
from scheduler.ports import Outcome
from tests.browser.axe import faults
from tests.browser.conftest import Open, Seen
from tests.browser.test_my_day import PIN, opened, taken_along
from tests.browser.test_my_day import day_of_two as day_of_two
from tests.data.world import ALICE, NOON, TODAY
from tests.web.pages import World
from web.phone.brought.taking_in import take_in_waiting


def promise(world: World) -> None:
    told = Outcome("promised", "B1", "B1-home", NOON, "PTP", ("alice", "bob"), was_met=True,
                   plan_id=2, amount=Decimal(500), due=TODAY, method="app")  # fmt: skip
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(world.wired.store.city("Town"), desk_phone="0574-8765 4321"))
        writer.record_outcome("Town", told)


def unlocked_offline(page: Page) -> None:
    """Let the phone start again without a network."""
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.reload()
    page.get_by_label("PIN of the day").fill(PIN)
    page.get_by_role("button", name="Open").click()


def test_her_own_pages_are_read_without_a_network(
    open_page: Open, world: World, seen: Seen
) -> None:
    promise(world)
    page = opened(open_page)
    with page.expect_response("**/my/own.json"):
        taken_along(page)
    page.evaluate("location.hash = '#/own'")
    expect(page.get_by_text("王*")).to_be_visible()
    unlocked_offline(page)
    page.get_by_role("button", name="Show name and sum").click()
    expect(page.get_by_text("CN¥500")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="My week").click()
    expect(page.locator("[aria-current=date]")).to_contain_text("3 visits")
    page.get_by_role("link", name="My figures").click()
    expect(page.get_by_role("row", name="Visits made")).to_contain_text("1")
    page.get_by_role("link", name="Help").click()
    expect(page.get_by_role("link", name="Call the desk")).to_have_attribute(
        "href", "tel:0574-87654321"
    )
    expect(page.get_by_text("nobody follows you")).to_be_visible()
    assert faults(page) == []
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Records: All sent")).to_be_visible()
    take_in_waiting(world.app)
    assert world.events("borrower.shown") == ["B1"]
    assert seen.outside == []


TRIED = """async ([check, typed]) => {
  const { tryCode } = await import("/phone/my/confirm.js");
  const kept = new Map();
  const book = {get: async (_, key) => kept.get(key), put: async (_, value, key) => kept.set(key, value)};
  const mate = {id: "bob", ...check};
  return tryCode(book, {on: "2026-03-02", mates: [mate]}, {id: "B1"}, "bob", typed);
}"""  # noqa: E501


def test_a_phone_finds_the_same_proof_as_the_server(open_page: Open, world: World) -> None:
    page = open_page("/my/help", "alice")
    code: DayCode = world.wired.day_code("Town", TODAY, "bob")
    check = {"salt": base64.b64encode(code.salt).decode(), "rounds": 100_000, "check": code.check}
    typed = f"{code.code[:3]} {code.code[3:]}"
    told = page.evaluate(TRIED, [check, typed])
    assert told == {"body": {"by": "bob", "proof": code.proof(TODAY, "B1", "bob")}}
    assert page.evaluate(TRIED, [check, "12345"]) == {"left": 4}
