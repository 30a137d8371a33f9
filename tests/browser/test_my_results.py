"""Telling what came of a visit on the kept page: in few touches, and mended where it cannot be."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
from sqlalchemy import select

from data import tables
from scheduler.lifecycle import Code
from tests.browser.conftest import Open, Seen
from tests.browser.test_my_day import (  # noqa: F401
    day_of_two,
    faults,
    opened,
    taken_along,
)
from tests.data.world import TODAY
from tests.web.pages import World
from web.phone.brought.taking_in import take_in_waiting
from web.phone.result_form import read_form

DUE = (TODAY + timedelta(days=1)).isoformat()


def at_the_door(page: Page) -> None:
    """Begin the day and arrive at the first visit."""
    taken_along(page)
    page.get_by_role("button", name="Begin the day").click()
    page.locator(".thumb").get_by_role("link", name="See what is new").click()
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Arrive").click()
    expect(page.get_by_text("At the door since")).to_be_visible()


def kept(page: Page, world: World) -> list[tuple[Any, ...]]:
    """Return the results in the book, in the order in which they came."""
    expect(page.get_by_role("link", name="Records: All sent")).to_be_visible()
    take_in_waiting(world.app)
    told = tables.outcome.c
    query = select(told.code, told.amount, told.due, told.method, told.note, told.corrects)
    with world.wired.store.engine.connect() as connection:
        rows = connection.execute(query.order_by(told.recorded_at, told.at)).all()
    return [tuple(row) for row in rows]


def test_a_common_result_takes_three_touches_and_can_be_corrected(
    open_page: Open, seen: Seen, world: World
) -> None:
    page = opened(open_page)
    at_the_door(page)
    page.context.set_offline(True)
    page.get_by_role("link", name="Result", exact=True).click()
    page.get_by_role("link", name="Not at home").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("1 of 3 done")).to_be_visible()

    page.locator(".stop", has_text="Not at home").click()
    page.get_by_role("link", name="Result", exact=True).click()
    expect(page.get_by_text("Not at home.", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Promised").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#amount-told")).to_contain_text("Write the amount in figures")
    expect(page.get_by_label("Amount")).to_be_focused()
    page.get_by_label("Amount").fill("500.50")
    page.get_by_role("button", name="Tomorrow").click()
    page.get_by_label("Bank transfer").check()
    page.get_by_label("Note").fill("salary on the 25th")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.context.set_offline(False)
    (first, last) = kept(page, world)
    assert (first[0], first[5]) == ("NOT_HOME", "")
    assert (last[0], f"{last[1]:.2f}", str(last[2]), *last[3:5]) == (
        *("PTP", "500.50", DUE, "transfer", "salary on the 25th"),
    )
    assert last[5]
    assert faults(seen) == []


DAY = TODAY.isoformat()
YEAR_ON = (TODAY + timedelta(days=366)).isoformat()
TOO_FAR = (TODAY + timedelta(days=367)).isoformat()
PTP = {"code": "PTP", "amount": "500", "due": DAY, "method": "app"}
AGREED = {"code": "AGREEMENT", "instalments": f"{DAY} 300\n{YEAR_ON} 200.50"}
CASES: list[tuple[dict[str, str], list[str], dict[str, str]]] = [
    ({}, ["NOT_HOME"], {}),  # an only code is chosen
    ({}, ["PTP", "NOT_HOME"], {"code": "Choose one of these."}),
    ({"code": "MOVED"}, ["PTP", "NOT_HOME"], {"code": "Choose one of these."}),
    (PTP, ["PTP"], {}),
    (PTP | {"due": YEAR_ON, "amount": "１,０００．50"}, ["PTP"], {}),  # as a keyboard types them
    (PTP | {"due": TOO_FAR}, ["PTP"], {"due": "Choose a day from today on, within a year."}),
    (PTP | {"due": "2026-02-30"}, ["PTP"], {"due": "Choose a day."}),
    (PTP | {"method": "cash"}, ["PTP"], {"method": "Choose how it will be paid."}),
    (PTP | {"amount": "much"}, ["PTP"], {"amount": "Write the amount in figures, such as 500 or"}),
    (PTP | {"amount": "0"}, ["PTP"], {"amount": "Write an amount above 0"}),
    (PTP | {"amount": "-5"}, ["PTP"], {"amount": "Write an amount above 0"}),
    (PTP | {"amount": "1.005"}, ["PTP"], {"amount": "Write an amount above 0"}),
    (PTP | {"amount": "1.500"}, ["PTP"], {}),
    (PTP | {"amount": "1000000000000"}, ["PTP"], {"amount": "Write an amount above 0"}),
    (PTP | {"note": "x" * 501}, ["PTP"], {"note": "Shorten the note to 500 characters."}),
    (PTP | {"grace_days": "31"}, ["PTP"], {"grace_days": "Write whole days, from 0 to 30."}),
    (PTP | {"observations": "x" * 1001}, ["PTP"], {"observations": "Shorten this to 1000"}),
    ({"code": "NOT_HOME", "part": "noon"}, ["NOT_HOME"], {"next_day": "Choose a day."}),
    ({"code": "CALLBACK_TIME"}, ["CALLBACK_TIME"], {"next_day": "Choose", "part": "Choose a part"}),
    (AGREED, ["AGREEMENT"], {}),
    (AGREED | {"total": "500"}, ["AGREEMENT"], {"instalments": "the instalments add up to 500.5"}),
    (AGREED | {"instalments": "soon 5"}, ["AGREEMENT"], {"instalments": "Write a line for each"}),
    (AGREED | {"instalments": f"{DAY} 1\n{DAY} 2"}, ["AGREEMENT"], {"instalments": "the instalme"}),
    (
        AGREED | {"instalments": "2026-01-01 9"},
        ["AGREEMENT"],
        {"instalments": "an instalment "},
    ),
    (AGREED | {"waived": "9"}, ["AGREEMENT"], {"instalments": "a waiver names who approved it"}),
]
CHECKED = """async ([cases, forms, today]) => {
  const { check } = await import("/phone/my/result_check.js");
  return cases.map(([typed, codes]) => check(typed, codes, forms, today, "alice"));
}"""


def test_the_phone_says_what_the_server_would(look: Open, world: World) -> None:
    page = look("/my/", "alice", viewport={"width": 390, "height": 844})
    forms = page.evaluate("fetch('/my/day.json').then(told => told.json()).then(day => day.forms)")
    told = page.evaluate(CHECKED, [[case[:2] for case in CASES], forms, DAY])
    for (typed, codes, expected), one in zip(CASES, told, strict=True):
        wrong = one["wrong"]
        assert wrong.keys() == expected.keys(), (typed, wrong)
        assert all(wrong[name].startswith(words) for name, words in expected.items()), wrong
        assert served(typed, codes, world) == wrong, typed


def served(typed: dict[str, str], codes: list[str], world: World) -> dict[str, str]:
    """Return what the server finds wrong."""
    plain = {name: unicodedata.normalize("NFKC", value) for name, value in typed.items()}
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        zone = ZoneInfo("Asia/Shanghai")
        return read_form(plain, tuple(map(Code, codes)), TODAY, zone, "alice").wrong
