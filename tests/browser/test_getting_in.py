"""Ways into a day in a real browser: a link on a phone, a file that a passphrase opens, a form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import Open, Seen
from tests.browser.test_phone import PHONE
from tests.data.world import TODAY
from tests.slowly import slowly
from tests.web.pages import World
from tests.web.phone_days import full_trip, make_lawful, publish, put_case

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
AT = f"/Town/{TODAY}"


@pytest.fixture(autouse=True)
def day_of_two(world: World) -> None:
    make_lawful(world)
    put_case(world, 2, place={"access_note": "院内有狗"})
    publish(world, full_trip("alice+bob"))


def taken(desk: Page, to: Path) -> tuple[Path, str]:
    """Take the file of the crew from the desk, and the passphrase that stood beside it."""
    passphrase = desk.locator("code.passphrase").first.inner_text()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download").first.click()
    file = to / download.value.suggested_filename
    download.value.save_as(file)
    return file, passphrase


def test_a_file_opens_by_itself_with_its_passphrase_alone(
    open_page: Open, browser: Browser, tmp_path: Path
) -> None:
    file, passphrase = taken(open_page(f"{AT}/day-files", "dora", **DESK), tmp_path)
    context = browser.new_context(offline=True, locale="en", **PHONE)
    asked, wrong = [], []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda told: wrong.append(told.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(file.as_uri())
    page.get_by_label("Passphrase").fill("1111 " * 5)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("That is not the passphrase")
    assert "王" not in page.content()
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("button", name="Open").click()
    expect(page.locator(".stop")).to_have_count(4)
    first = page.locator(".stop").first
    expect(first).to_contain_text("10:00–10:20")
    expect(first).to_contain_text("王*")
    expect(first).to_contain_text("The visit may begin: 08:00")
    expect(page.locator(".stop").nth(1)).to_contain_text("dog")
    page.get_by_role("button", name="中文").click()
    expect(first).to_contain_text("可开始上门：08:00".replace("：", ": "))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="关闭").click()
    expect(page.get_by_text("王*")).to_have_count(0)
    assert (asked, wrong) == ([file.as_uri()], [])
    context.close()


def test_a_link_is_pressed_on_a_phone_and_holds_there(open_page: Open, seen: Seen) -> None:
    desk = open_page(f"{AT}/links", "dora", **DESK)
    desk.locator("button[name=whom][value=alice]").click()
    url = desk.locator(".link-card input").input_value()
    path = "/" + url.split("/", 3)[3]
    phone = open_page(path, None, **PHONE)
    assert "王" not in phone.content()
    assert faults(phone) == []
    phone.get_by_role("button", name="Open my day").click()
    expect(phone).to_have_url(re.compile(r"/my/(#.*)?$"))
    other = open_page(path, None, **PHONE)
    expect(other.get_by_role("heading")).to_contain_text("in use on another phone")
    other.get_by_role("button", name="Tell the dispatcher").click()
    expect(other.get_by_text("Your dispatcher has been told")).to_be_visible()
    desk.goto(desk.url)
    expect(desk.get_by_text("1 press on another phone")).to_be_visible()
    assert seen.outside == []


@pytest.mark.parametrize("has_scripts", slowly([True, False], [False]))
def test_results_are_taken_down_by_keys_alone(open_page: Open, has_scripts: bool) -> None:
    desk = open_page(f"{AT}/phoned-in/alice+bob", "dora", java_script_enabled=has_scripts, **DESK)
    line = desk.locator(".phoned-line").first
    amount = line.get_by_label("Amount (CNY)")
    expect(amount).to_be_visible(visible=not has_scripts)
    line.locator("select[data-code]").focus()
    desk.keyboard.type("21")
    expect(line.locator("select[data-code]")).to_have_value("PTP")
    amount.fill("500")
    line.get_by_label("To be paid by").fill("2026-03-05")
    line.get_by_label("How it is paid").select_option("app")
    amount.press("Enter")
    expect(desk.get_by_text("1 result is saved.")).to_be_visible()
    expect(line).to_contain_text("by dora for alice, bob")
