"""A call for help reaches open desks, is seen by a press, and the phone hears of it."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Open, Seen
from tests.data.world import TODAY
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.test_dispatch import give_roads

DAY = f"/Town/{TODAY}/"
AT_ONCE_MS = 3_000


def test_a_call_for_help_is_on_every_open_desk_within_three_seconds(
    open_page: Open, world: World, seen: Seen
) -> None:
    give_roads(world)
    today = open_page(DAY, "dora", locale="en")
    cases = open_page("/Town/cases", "nora", locale="en")
    for page in (today, cases):
        expect(page.locator("#alarms")).to_be_hidden()
    phone = let_in(world, "alice")
    key = phone.record("panic", at=world.clock() - timedelta(seconds=1))
    assert phone.bring().status_code == 200
    for page in (today, cases):
        expect(page.get_by_role("alert")).to_contain_text("calls for help", timeout=AT_ONCE_MS)
        expect(page).to_have_title(re.compile("calls for help"), timeout=AT_ONCE_MS)
    cases.locator("#alarms summary").click()
    cases.get_by_label("What was done").fill("half a wo")
    today.get_by_role("button", name="Seen").click()
    for page in (today, cases):
        expect(page.locator("#alarms")).to_contain_text("Seen by dora", timeout=AT_ONCE_MS)
        expect(page).not_to_have_title(re.compile("calls for help"))
    expect(cases.get_by_label("What was done")).to_have_value("half a wo")
    assert "seen" in phone.ask(key)[key]
    today.locator("#alarms summary").click()
    today.get_by_label("What was done").fill("called her: pressed by chance")
    today.get_by_role("button", name="Close it").click()
    for page in (today, cases):
        expect(page.locator("#alarms")).to_be_hidden(timeout=AT_ONCE_MS)
    assert world.events("alarm.closed") == ["alice"]
    unmapped = [told for told in seen.faults if "404" not in told]  # the town has no map
    assert (unmapped, seen.outside) == ([], [])
