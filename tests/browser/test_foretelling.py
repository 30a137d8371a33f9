"""What the morning foretells of a plan, at the desk: low shares are pointed out and can be read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scheduler.staffing.foretelling import foretell
from tests.browser.axe import faults, faults_in_the_dark
from tests.browser.conftest import Open
from tests.browser.test_phone import PHONE
from tests.web.pages import World
from tests.web.test_dispatch import DAY
from tests.web.test_stop import WHERE, crew_of, lawful  # noqa: F401 - lawful is a fixture

SHARE = 0.42


@pytest.fixture(autouse=True)
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every visit is on time in two of five days: fewer than one wants to see."""

    def worse(*told: Any) -> Any:
        found = foretell(*told)
        low = dict.fromkeys(found.told.on_time, SHARE)
        return replace(found, told=replace(found.told, on_time=low))

    monkeypatch.setattr("web.desk.foretelling.foretell", worse)


def nothing_is_found(page: Page) -> None:
    assert faults(page) == []
    assert faults_in_the_dark(page) == []


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "on time: 42%"), ("zh-CN", "准时：42%")], ids=["en", "zh"]
)
def test_low_shares_stand_in_the_list(
    lawful: World,  # noqa: F811
    look: Open,
    locale: str,
    words: str,
) -> None:
    page = look(f"{DAY}/", "dora", locale=locale, reduced_motion="reduce")
    page.locator("#foretold-basis").wait_for()
    page.evaluate("document.querySelectorAll('.crew').forEach(one => { one.open = true })")
    expect(page.locator(".stop .tag.warn").first).to_have_text(words)
    expect(page.locator(".foretold").first).to_be_visible()
    nothing_is_found(page)


@pytest.mark.parametrize("what", ["stop", "crew"])
def test_they_stand_in_sheets_on_a_phone_too(
    lawful: World,  # noqa: F811
    look: Open,
    what: str,
) -> None:
    where = WHERE if what == "stop" else f"{DAY}/desk/crew/{crew_of(lawful, 'B1')}"
    page = look(where, "dora", reduced_motion="reduce", **PHONE)
    while page.get_by_text("is being worked out").count():
        page.wait_for_timeout(200)
        page.reload()
    expect(page.locator(".tag.warn").first).to_have_text("on time in 42% of days")
    nothing_is_found(page)
