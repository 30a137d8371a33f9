"""Every view of the kept page: axe finds nothing, nothing is cut off, thumbs and keys reach all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import Open
from tests.browser.looking import SIZES, gone_to, misfits
from tests.browser.my_whole_day import Server
from tests.browser.test_my_day import PIN, day_of_two, opened  # noqa: F401
from tests.conftest import ROOT

AT_FIRST = ("#/changes", "#/")
AT_A_DOOR = (
    *("#/stop/B1", "#/stop/B2", "#/stop/B3", "#/stop/nobody", "#/stop/B1/far"),
    *("#/stop/B1/result", "#/stop/B4/result", "#/stop/B3/result"),
    *(f"#/stop/B1/result/{one}" for one in ("paid", "promised", "met", "not_home")),
    *(f"#/stop/B1/result/{one}" for one in ("wrong_address", "problem", "more")),
    *(f"#/stop/B1/{one}" for one in ("photo", "voice", "signature")),
    *("#/stop/B2/closed", "#/stop/B4/closed", "#/stop/B5/closed", "#/stop/B1/closed"),
    *("#/stop/B2/company", "#/stop/B1/company", "#/map", "#/changes"),
    *("#/problem", "#/problem/B1", "#/late", "#/more", "#/identity", "#/help"),
    *(f"#/problem/B1/{one}" for one in ("not_found", "unsafe", "vehicle", "ill", "other")),
    *("#/stop/B1/call", "#/stop/B2/call", "#/stop/B5/call"),
    *("#/stop/B1/navigate", "#/stop/B2/navigate", "#/own", "#/own/week", "#/own/figures"),
    *("#/queue", "#/end", "#/"),
)
LATER = ("#/", "#/stop/B1", "#/stop/B1/result", "#/problem", "#/stop/B1/call", "#/queue", "#/more")
DOORS = ("away", "out", "none", "taken back", "over")
QUIET: dict[str, Any] = {"service_workers": "block", "reduced_motion": "reduce"}
Find = Callable[[Page], list[str]]


class Walk:
    """Goes through views and gathers what is wrong with them.

    Axe takes its time: it looks at every view, and at all sizes, only where `is_whole`.
    """

    def __init__(self, page: Page, find: Find, *, is_whole: bool) -> None:
        self.page, self.find, self.is_whole = page, find, is_whole
        self.sizes = SIZES if is_whole else SIZES[-1:]
        self.server = Server(page)
        self.found: dict[str, list[str]] = {}

    def look(self, name: str, faults: list[str]) -> None:
        """Add what is found by axe on what is shown to what was found before."""
        if self.is_whole or not name.startswith("at a door"):
            faults = [*faults, *self.find(self.page)]
        if faults:
            self.found[name] = faults

    def walk(self, stage: str, hashes: tuple[str, ...]) -> None:
        """Look at views, one after the other, and at all of them on other screens."""
        gone_to(self.page, hashes[-1])
        self.page.keyboard.press("Tab")  # where the focus is, is shown to who uses keys
        for hash in hashes:
            found = gone_to(self.page, hash)
            if stage == "later":  # a mouse was used: no ring is shown to what a script focuses
                found = [one for one in found if not one.startswith("its focus is not seen")]
            self.look(f"{stage} {hash}", found)
        more = misfits(self.page, hashes, self.sizes)
        self.found |= {f"{stage} {where}": faults for where, faults in more.items()}

    def press(self) -> None:
        """Press what is to be done now."""
        before = self.page.locator(".thumb .main").inner_text()
        self.page.locator(".thumb .main").click()
        expect(self.page.locator(".thumb .main", has_text=before)).to_have_count(0)

    def doors(self) -> None:
        """Look at what stands before a day."""
        for door in DOORS:
            self.server.door = door
            self.page.reload()
            self.page.locator("#told:not(:empty)").wait_for(state="attached")
            self.look(door, [])
        self.server.door = ""
        self.page.reload()

    def take_along(self) -> None:
        """Choose a PIN, wrongly at first; then lock the day and open it again."""
        page = self.page
        page.locator("#pin").fill("123456")
        page.locator(".thumb .main").click()
        expect(page.locator(".wrong")).to_be_visible()
        self.look("begin", [])
        for name in ("#pin", "#again"):
            page.locator(name).fill(PIN)
        self.press()
        page.reload()
        page.locator("#pin").fill("000000")
        page.locator(".thumb .main").click()
        expect(page.locator(".notice.bad")).to_be_visible()
        self.look("pin", [])
        page.locator("#pin").fill(PIN)
        self.press()

    def arrive(self) -> None:
        """Begin the day, accept the plan, and arrive at the first door."""
        for _ in ("begin", "see what is new", "accept", "arrive"):
            self.press()

    def go_on(self) -> None:
        """Look at what is hidden; call, tell a result, ask for help."""
        page = self.page
        page.locator(".due button").click()
        expect(page.locator(".due button")).to_be_hidden()
        self.look("shown", [])
        gone_to(page, "#/stop/B1/result/promised")
        page.locator(".thumb .main").click()
        expect(page.locator("[aria-invalid]").first).to_be_visible()
        self.look("not saved", [])
        gone_to(page, "#/stop/B1/result/not_home")
        page.locator("[name=no_recording]").select_option(index=1)
        page.locator(".thumb .main").click()
        expect(page.locator(".notice.good").first).to_be_visible()
        gone_to(page, "#/stop/B1/call")
        page.locator(".thumb .main").click()
        expect(page.locator("form .chip").first).to_be_visible()
        gone_to(page, "#/problem/B1")
        page.locator(".panic").dblclick()
        expect(page.locator(".called")).to_be_visible()


def walked(page: Page, find: Find = axe.faults, *, is_whole: bool = True) -> Walk:
    """Go through a whole day."""
    walk = Walk(page, find, is_whole=is_whole)
    walk.doors()
    walk.take_along()
    walk.press()  # begin the day
    walk.walk("at first", AT_FIRST)
    for _ in ("see what is new", "accept", "arrive"):
        walk.press()
    walk.walk("at a door", AT_A_DOOR)
    walk.go_on()
    walk.walk("later", LATER)
    return walk


@pytest.mark.slow
def test_every_view_is_whole_and_can_be_reached(open_page: Open) -> None:
    page = opened(open_page, **QUIET)
    assert walked(page, is_whole=False).found == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "scheme"), [("en", "light"), ("en", "dark"), ("zh-CN", "light"), ("zh-CN", "dark")]
)
def test_so_it_is_at_night_and_in_chinese(open_page: Open, locale: str, scheme: str) -> None:
    page = opened(open_page, locale=locale, color_scheme=scheme, **QUIET)
    assert walked(page).found == {}


def test_every_view_is_looked_at() -> None:
    """Whoever adds a view goes through it here."""
    text = (ROOT / "web/phone/static/my/views/all.js").read_text(encoding="utf-8")
    addresses = re.findall(r"\[/\^(#.+)\$/, \(\)", text)
    seen = (*AT_FIRST, *AT_A_DOOR, *LATER)
    pythonic = {one: one.replace("\\/", "/") for one in addresses}
    unseen = [one for one, told in pythonic.items() if not any(re.fullmatch(told, a) for a in seen)]
    assert len(addresses) > 20
    assert unseen == []
