"""A day changed by hand in a real browser, with the server's own prices and refusals.

Alice and Bob of North, Charlie of South, one visit each; the roads are straight. What takes long is
left to `make test-all`; the straight way through the second person is walked every day.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from data.access import Grant, Role
from scheduler.model import StopFlag
from scheduler.standing_in import Handing
from tests.browser.axe import faults, faults_in_the_dark
from tests.browser.conftest import Open, Seen
from tests.browser.desk_hand import block, carry_by_keys, crew_of, drawn, lane
from tests.data.world import ALICE, NOON, TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import PASSWORD, World
from tests.web.phone_days import put_case
from tests.web.programs import plan_day_of

DAY = f"/Town/{TODAY}/"
LOCKED = re.compile(r"\blocked\b")
SOON_MS = 6_000
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}


@pytest.fixture(name="town")
def planned_town(world: World) -> World:
    """Today at six, planned; Lin is a second dispatcher, and Olga looks after the rules."""
    plan_day_of(world)
    for name, role in (("lin", Role.DISPATCHER), ("olga", Role.COMPLIANCE)):
        code = world.wired.users.add(name, [Grant(role, "Town")], ALICE)
        world.wired.logins.first_sign_in(name, code, PASSWORD, "127.0.0.1", NOON)
    return world


def log_of(town: World) -> list[Any]:
    return list(town.wired.store.plan_edits(town.wired.store.plan("Town", TODAY).id))


def test_a_house_rule_gives_way_by_two_people_and_a_law_by_nobody(
    open_page: Open, town: World, seen: Seen
) -> None:
    put_case(town, 1, stops=frozenset({StopFlag.COMPLAINT}))  # the house stops it
    put_case(town, 2, stops=frozenset({StopFlag.REPRESENTED}))  # the law does
    page = drawn(open_page(DAY, "dora"))
    carry_anywhere(page, "B2")
    expect(page.locator(".toast")).to_contain_text("by law")
    expect(page.locator(".toast a")).to_have_count(0)
    carry_anywhere(page, "B1")
    toast = page.locator(".toast").filter(has_text="a rule of the house")
    toast.get_by_role("link", name="Ask to set it aside").click()
    page.get_by_label("Why").fill("she asked for the visit herself")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Asked: another person decides about it.")).to_be_visible()
    expect(page.get_by_role("button", name="Allow")).to_have_count(0)
    olga = open_page("/Town/compliance/overrides", "olga")
    olga.get_by_label("A word on it").fill("heard her on the recording")
    olga.get_by_role("button", name="Allow").click()
    expect(olga.get_by_text("It is allowed")).to_be_visible()
    page.goto(page.url.split("/Town/")[0] + DAY)
    drawn(page)
    to = "bob" if crew_of(page, "B1") == "alice" else "alice"
    carry_by_keys(page, "B1", to)
    expect(lane(page, to).locator("[data-visit=B1]")).to_be_visible()
    assert [(one.made_by, one.edit.visit_id) for one in log_of(town)] == [("dora", "B1")]
    unmapped = [told for told in seen.faults if "404" not in told]  # the town has no map
    assert (unmapped, seen.outside) == ([], [])


def carry_anywhere(page: Page, visit: str) -> None:
    """Pick a visit up by keys, and try to put it down on another crew's day."""
    block(page, visit).focus()
    page.keyboard.press("m")
    expect(page.locator("#told")).to_contain_text("is picked up")
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.locator(".gap.active:not(.may)").first).to_be_visible()
    expect(page.locator("#told")).to_contain_text("place")
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_a_form_of_the_sheet_outlives_a_lost_connection(open_page: Open, town: World) -> None:
    page = drawn(open_page(DAY, "dora"))
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(re.findall(r'name="key"\r\n\r\n(\w+)', route.request.post_data or "")[0])
        route.abort() if len(keys) == 1 else route.continue_()

    page.route("**/desk/press", lose_the_first)
    block(page, "B1").click()
    sheet = page.locator("#sheet")
    sheet.get_by_role("button", name="Lock to this crew").click()
    expect(sheet.get_by_role("alert")).to_contain_text("sent again, it is kept once")
    expect(sheet.get_by_role("button", name="Lock to this crew")).to_be_visible()
    sheet.get_by_role("button", name="Send again").click()
    expect(sheet.get_by_role("button", name="Unlock")).to_be_visible()
    expect(block(page, "B1")).to_have_class(LOCKED)
    assert keys == keys[:1] * 2
    assert len(log_of(town)) == 1
    page.keyboard.press("Escape")
    expect(block(page, "B1")).to_be_focused()


@pytest.mark.slow
def test_several_visits_are_held_taken_off_and_moved_at_once(open_page: Open, town: World) -> None:
    page = drawn(open_page(DAY, "dora"))
    for visit in ("B1", "B2"):
        block(page, visit).focus()
        page.keyboard.press("x")
    expect(page.locator("#chosen-count")).to_have_text("2 chosen")
    for act, is_held in (("hold", True), ("release", False)):
        page.locator(f"[data-act={act}-chosen]").click()
        for visit in ("B1", "B2"):
            locked = expect(block(page, visit))
            (locked.to_have_class if is_held else locked.not_to_have_class)(LOCKED)
    crew = crew_of(page, "B1")
    to = "bob" if crew == "alice" else "alice"
    page.locator("#chosen-crew").select_option(to)
    page.locator("[data-act=move-chosen]").click()
    expect(lane(page, to).locator(".visit")).to_have_count(2)
    page.locator("[data-act=take-off-chosen]").click()
    expect(page.locator(".tl-lane .visit")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".tl-lane .visit")).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(lane(page, crew).locator("[data-visit=B1]")).to_be_visible()
    assert [one.undoes for one in log_of(town)] == [None, None, None, None, 4, 3]


@pytest.mark.slow
def test_the_same_lock_from_two_desks_is_one(open_page: Open, town: World) -> None:
    dora, lin = (drawn(open_page(DAY, who)) for who in ("dora", "lin"))
    expect(lin.locator("#list-tools")).to_be_visible()
    lin.context.set_offline(True)  # she does not see yet what dora does
    for page in (lin, dora):
        block(page, "B1").focus()
        page.keyboard.press("h")
    expect(block(dora, "B1")).to_have_class(LOCKED)
    lin.context.set_offline(False)
    told = "dora did the same meanwhile: nothing was changed"
    expect(lin.locator(".toast").filter(has_text=told)).to_be_visible(timeout=10_000)
    expect(block(lin, "B1")).to_have_class(LOCKED)
    assert [one.made_by for one in log_of(town)] == ["dora"]


@pytest.mark.slow
def test_two_crews_swap_their_visits_by_a_press(open_page: Open, town: World) -> None:
    """Arrow keys walk through the choice and swap nothing on their way."""
    page = drawn(open_page(DAY, "dora"))
    first, second = crew_of(page, "B1"), crew_of(page, "B3")
    block(page, "B1").focus()
    page.keyboard.press("c")
    sheet = page.locator("#sheet")
    choice = sheet.get_by_label("Swap its visits with")
    choice.focus()
    page.keyboard.press("ArrowDown")
    choice.select_option(second)
    assert log_of(town) == []
    sheet.get_by_role("button", name="Swap", exact=True).click()
    expect(page.locator(".toast").first).to_be_visible()  # of another agency
    assert crew_of(page, "B1") == first
    choice.select_option("bob" if first == "alice" else "alice")
    before = page.locator(f"[data-crew={first}] .visit").count()
    sheet.get_by_role("button", name="Swap", exact=True).click()
    expect(lane(page, first).locator(".visit")).to_have_count(2 - before)


@pytest.mark.slow
def test_a_visit_is_dragged_on_the_list(open_page: Open, town: World) -> None:
    """Over a crew that is closed: it opens below the pointer, and shows its places."""
    page = drawn(open_page(DAY, "dora"))
    crew = crew_of(page, "B1")
    to = "bob" if crew == "alice" else "alice"
    rows = page.locator("#crews .crew")
    rows.evaluate_all(
        "(all, id) => all.forEach((one) => (one.open = one.dataset.crew === id))", crew
    )
    x, y = middle(page, "#crews .stop[data-visit=B1] .time")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 9, y + 9, steps=3)
    expect(page.locator("#crews .gap").first).to_be_attached()
    page.mouse.move(*middle(page, f"#crews [data-crew={to}] summary"), steps=3)
    place = f"#crews [data-crew={to}] .gap.may span"
    page.locator(place).first.wait_for()
    page.mouse.move(*middle(page, place), steps=3)
    expect(page.locator(".ghost")).to_contain_text("min")
    page.mouse.up()
    expect(lane(page, to).locator("[data-visit=B1]")).to_be_visible()
    x, y = middle(page, "#crews .stop[data-visit=B1] .time")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 9, y + 9, steps=3)
    page.locator(".gap.off").wait_for()
    page.mouse.move(*middle(page, ".gap.off"), steps=3)
    page.mouse.up()
    expect(block(page, "B1")).to_have_count(0)


def middle(page: Page, where: str) -> tuple[float, float]:
    page.locator(where).first.scroll_into_view_if_needed()
    box = page.locator(where).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.slow
@pytest.mark.parametrize("where", [".tl-lane [data-visit=B1]", "#crews .stop[data-visit=B1] .time"])
def test_a_finger_that_rests_carries_a_visit(open_page: Open, town: World, where: str) -> None:
    page = drawn(open_page(DAY, "dora", **PHONE))
    page.locator("#crews .crew").evaluate_all("all => all.forEach((one) => (one.open = true))")
    to = "bob" if crew_of(page, "B1") == "alice" else "alice"
    finger = Finger(page)
    start = middle(page, where)
    finger.down(*start)
    page.locator(".gap.may").first.wait_for()
    places = page.locator(f".tl-lane .gap.may, #crews [data-crew={to}] .gap.may span")
    finger.glide(start, reached(page, places, to))
    expect(page.locator(".ghost")).to_contain_text("min")
    box = page.locator(".ghost").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    finger.up()
    expect(lane(page, to).locator("[data-visit=B1]")).to_be_visible()
    start = middle(page, where)
    finger.down(*start)
    page.locator(".gap.off").wait_for()
    finger.glide(start, middle(page, ".gap.off"))
    finger.up()
    expect(block(page, "B1")).to_have_count(0)


@pytest.mark.slow
def test_every_sheet_is_walked_by_keys_and_shuts_nobody_out(open_page: Open, town: World) -> None:
    """What has the focus shows it, a closed sheet gives it back, and axe finds nothing."""
    with town.wired.store.writing(ALICE) as writer:
        writer.give_cases("Town", Handing({"C1": "alice", "C2": "bob"}))
    page = drawn(open_page(DAY, "dora", reduced_motion="reduce"))
    block(page, "B3").focus()
    page.keyboard.press("x")
    page.locator("[data-act=take-off-chosen]").click()
    expect(block(page, "B3")).to_have_count(0)
    going = crew_of(page, "B1")
    sheets = {
        "Why at this time": ("Enter", ""),
        "Members": ("c", ""),
        "Cases of hers for others": ("c", f"a[href$='/sick/{going}']"),
        "When could this fit? C1": ("Enter", "a[href*='/desk/slots/']"),
    }
    for heading, (key, link) in sheets.items():
        block(page, "B1").focus()
        page.keyboard.press(key)
        if link:
            page.locator(f"#sheet {link}").first.focus()
            page.keyboard.press("Enter")
        seen_through(page, heading)
        expect(block(page, "B1")).to_be_focused()
    page.locator("#lists [data-group] summary").first.press("Enter")
    left = page.locator("#lists li[data-visit=B3]")
    left.focus()
    page.keyboard.press("Enter")
    seen_through(page, "For the day")
    expect(left).to_be_focused()
    group = page.locator("a[data-sheet]:visible").first
    group.focus()
    page.keyboard.press("Enter")
    seen_through(page, "")
    expect(group).to_be_focused()


SHOWS_IT = """() => {
  const here = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here);
  const isRinged = outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  return Boolean(here.closest("#sheet")) && (isRinged || boxShadow !== "none");
}"""


def seen_through(page: Page, heading: str) -> None:
    """Walk through a sheet by the tab key, look at it in both themes, and close it."""
    sheet = page.locator("#sheet")
    expect(sheet.locator(".sheet-body")).to_be_visible()
    if heading:
        expect(sheet.get_by_role("heading", name=heading)).to_be_visible()
    page.keyboard.press("Tab")
    for _ in range(4):
        assert page.evaluate(SHOWS_IT), page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
    assert faults(page) == []
    assert faults_in_the_dark(page) == []
    page.emulate_media(color_scheme="light")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def reached(page: Page, places: Any, to: str) -> tuple[float, float]:
    """Return a place of a crew that is on the screen."""
    found = places.evaluate_all(
        "(all, to) => all.filter((one) => one.closest(`[data-crew=${to}]`))"
        ".map((one) => one.getBoundingClientRect())"
        ".map((box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2])",
        to,
    )
    return next((x, y) for x, y in found if 0 < x < 390 and 60 < y < 800)


class Finger:
    """One finger on the glass."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.glass: CDPSession = page.context.new_cdp_session(page)

    def _touch(self, kind: str, *points: tuple[float, float]) -> None:
        told = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        self.glass.send("Input.dispatchTouchEvent", told)

    def down(self, x: float, y: float) -> None:
        self._touch("touchStart", (x, y))

    def glide(self, start: tuple[float, float], end: tuple[float, float], steps: int = 6) -> None:
        (x, y), (to_x, to_y) = start, end
        for i in range(1, steps + 1):
            self._touch("touchMove", (x + (to_x - x) * i / steps, y + (to_y - y) * i / steps))

    def up(self) -> None:
        self._touch("touchEnd")
