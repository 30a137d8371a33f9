"""A dispatcher's day in a real browser: plan with progress, stop, publish, look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from data.jobs import Ended, JobKind, JobState
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.plan import LeftOut, Plan, Reason
from tests.browser.conftest import Open, Seen
from tests.browser.desk_hand import drawn
from tests.data.built_city import add_city
from tests.data.world import ALICE, TODAY, crew, new_plan, shift
from tests.web.pages import World
from tests.web.test_map import EXTRACT
from web.jobs.runner import Runner

ON = TODAY + timedelta(days=7)  # a week after the published visits, so that the rules allow more
DAY = f"/Town/{ON}/"
PATIENCE_MS = 60_000  # the worker's process begins with the first job


@pytest.fixture(autouse=True)
def roads_and_shifts(world: World, tmp_path: Path) -> None:
    """A town with roads, in which Alice and Bob work on the day."""
    add_city(world.wired.home.cities, "Town", EXTRACT)
    places = world.wired.store.open_day("Town", ON).places
    with world.wired.store.writing(ALICE) as writer:
        writer.put_shifts("Town", [shift(who, day=7) for who in ("alice", "bob")])
        writer.put_positions("Town", {place: confirmed(place.point) for place in places})


def confirmed(point: Point | None) -> GeocodeResult:
    return GeocodeResult(point, Precision.CONFIRMED, 0.0, "test")


@pytest.fixture
def runner(world: World) -> Iterator[Runner]:
    """The worker beside the pages."""
    works = Runner(world.wired)
    works.start()
    yield works
    works.close()


@pytest.mark.usefixtures("runner")
@pytest.mark.slow
def test_a_stopped_search_keeps_its_best_plan_which_is_published(
    open_page: Open, world: World, seen: Seen
) -> None:
    page = open_page(DAY, "dora")
    page.get_by_label("How long to search").select_option("600")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.locator("#progress .curve polyline")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("link", name="Publish").click(timeout=PATIENCE_MS)  # the page reloads itself
    job = world.wired.jobs.get(1)
    assert (job.state, job.result and job.result["version"]) == (JobState.CANCELLED, 1)
    assert len(world.wired.store.plan("Town", ON).content.plan.served) >= 1
    expect(page.get_by_text("It holds:")).to_be_visible()
    page.get_by_label("Note").fill("as agreed")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()
    assert world.wired.store.plan("Town", ON).note == "as agreed"
    assert (seen.faults, seen.outside) == ([], [])


@pytest.fixture
def left_out(world: World) -> None:
    """A plan that leaves out whom Alice and Bob could visit together."""
    pair = crew("alice", "bob", window=shift("alice", day=7).window, breaks=())
    entry = LeftOut("B1", Reason.CREWS_FULL, "No crew is on shift.", case_ids=("C1",))
    with world.wired.store.writing(ALICE) as writer:
        writer.put_crews("Town", ON, (pair,))
        writer.add_plan(new_plan(plan=Plan((), (entry,)), crews=(pair,), targets={}, on=ON))


@pytest.mark.usefixtures("left_out")
@pytest.mark.slow
def test_what_would_help_opens_at_once_is_stopped_and_tried_again(
    open_page: Open, world: World, seen: Seen
) -> None:
    page = open_page(DAY, "dora")  # nobody works in the queue yet
    page.locator(".left-out .group summary").click()
    page.get_by_role("link", name="What would help?").click()
    expect(page.get_by_text("Trying what would help")).to_be_visible()
    expect(page.get_by_text("No crew is on shift.")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped before all was tried.")).to_be_visible()
    works = Runner(world.wired)
    works.start()
    try:
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text("could begin at")).to_be_visible(timeout=PATIENCE_MS)
    finally:
        works.close()
    page.go_back()
    expect(page.get_by_text("Stopped before all was tried.")).to_be_visible()
    assert (seen.faults, seen.outside) == ([], [])


def test_map_timeline_and_list_point_at_each_other(open_page: Open, seen: Seen) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    expect(page.locator("#crews .crew")).to_have_count(3)
    block, line = (page.locator(f"{where}[data-visit=B3]") for where in (".tl-lane ", ".stop"))
    page.locator("#crews .crew").nth(2).locator("summary").click()
    line.hover()
    expect(block).to_have_class(re.compile(r"\btwin\b"))
    block.hover()
    expect(line).to_have_class(re.compile(r"\btwin\b"))
    expect(page.locator(".twin.visit")).to_have_count(1)
    assert (seen.faults, seen.outside) == ([], [])


def test_the_list_is_searched_filtered_and_chosen_from(open_page: Open) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    crews = page.locator("#crews .crew:visible")
    page.locator("#list-search").fill("C3")
    expect(crews).to_have_count(1)
    expect(page.locator("#crews .stop:visible")).to_have_count(1)
    page.locator("#list-search").fill("nobody")
    expect(page.get_by_text("No visit is found by that.")).to_be_visible()
    page.locator("#list-search").fill("")
    page.locator("#list-filter").select_option("overtime")
    expect(crews).to_have_count(0)  # 38,400 s is before the shift's end
    page.locator("#list-filter").select_option("")
    page.locator("#crews .choose").first.check()
    expect(page.locator("#chosen-count")).to_have_text("1 chosen")


def test_stops_and_crews_are_walked_by_arrows(open_page: Open) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    page.locator('#timeline .visit[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".tl-lane [data-visit=B2]")).to_be_focused()
    page.keyboard.press("Enter")
    sheet = page.locator("#sheet")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator(".tl-lane [data-visit=B2]")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_the_timeline_is_zoomed_about_the_middle(open_page: Open) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    block = page.locator(".tl-lane [data-visit=B1]")
    width = block.evaluate("block => block.offsetWidth")
    page.locator("[data-zoom=in]").click()
    assert block.evaluate("block => block.offsetWidth") == pytest.approx(1.5 * width, abs=2)
    page.locator("[data-zoom=fit]").click()
    assert block.evaluate("block => block.offsetWidth") == pytest.approx(width, abs=1)


@pytest.mark.slow
def test_a_search_that_another_begins_shows_its_curve_on_an_open_desk(
    open_page: Open, world: World, seen: Seen
) -> None:
    jobs = world.wired.jobs
    page = open_page(f"/Town/{TODAY}/", "dora")
    drawn(page)
    page.evaluate("window.isAsItWas = true")
    job = jobs.add(JobKind.PLAN, "Town", TODAY, ALICE, seconds=10, engine="greedy")
    jobs.claim("r1", ALICE.at)
    told = {"share": 0.2, "visits": 44, "cost": 73_500, "curve": [[0.0, 90_000], [2.0, 73_500]]}
    jobs.tell(job.id, "r1", told)
    expect(page.locator("#progress .curve polyline")).to_be_visible()
    expect(page.locator("#figures")).to_be_hidden()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    jobs.finish(job.id, "r1", Ended(JobState.DONE, {"version": 1}), ALICE.at)
    expect(page.locator("#figures")).to_be_visible()
    expect(page.locator("#progress")).to_be_hidden()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    assert page.evaluate("window.isAsItWas"), "what she is at is not lost by a reload"
    assert (seen.faults, seen.outside) == ([], [])


def test_a_lost_connection_is_told_until_it_is_back(open_page: Open) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    page.context.set_offline(True)
    band = page.locator("#offline")
    expect(band).to_be_visible()
    page.context.set_offline(False)
    expect(band).to_be_hidden(timeout=10_000)


FORBIDDEN = {
    "kind": "too_many_visits",
    "id": "bob",
    "text": "has 9 visits; 8 are the most",
    "ground": "crew",
    "is_law": False,
    "rule": "",
    "late_s": 0,
}


def sent(route: Route) -> dict[str, Any]:
    """Return the JSON that a page has sent."""
    told = route.request.post_data_json
    assert isinstance(told, dict)
    return told


class Server:
    """What the desk asks and sends while a visit is carried: quotes told, edits taken."""

    def __init__(self, page: Page, **answer: Any) -> None:
        self.edits: list[dict[str, Any]] = []
        self.answer = {"status": 200, "json": {"version": 1, "revision": 1}, **answer}
        page.route("**/desk/quotes?*", self.quote)
        page.route("**/desk/edits", self.edit)

    def quote(self, route: Route) -> None:
        """Quote before and after B2 of Bob's, who may not take it last; Charlie's are forbidden."""
        price = {"price": -40_000, "driving_s": 300, "working_s": 360, "start_s": 38_000}
        free = {"crew_id": "bob", "before": "B2", "forbidden": None, **price}
        full = {"crew_id": "bob", "before": None, "forbidden": FORBIDDEN}
        theirs = {"crew_id": "charlie", "before": None, "forbidden": FORBIDDEN}
        route.fulfill(json={"visit": "B1", "revision": 0, "quotes": [free, full, theirs]})

    def edit(self, route: Route) -> None:
        """Take an edit, and answer as was said."""
        self.edits.append(sent(route))
        route.fulfill(**self.answer)


def carry_to(page: Page, gap: Locator) -> None:
    """Drag Alice's visit on the timeline over a place, and hold it there."""
    block = page.locator(".tl-lane [data-visit=B1]").bounding_box()
    assert block is not None
    page.mouse.move(block["x"] + 4, block["y"] + 6)
    page.mouse.down()
    page.mouse.move(block["x"] + 40, block["y"] + 20)
    expect(page.locator(".tl-lane .gap")).to_have_count(3)
    place = gap.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)


def test_a_visit_is_dragged_to_where_it_may_stand(open_page: Open) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    server = Server(page)
    carry_to(page, page.locator(".tl-lane .gap.may"))
    expect(page.locator(".ghost")).to_contain_text("+6 min · −CN¥40")  # 360 s; 40,000 thousandths
    page.mouse.up()
    expect(page.locator(".gap")).to_have_count(0)
    (sent,) = server.edits
    assert sent["edit"] == {"kind": "move", "visit_id": "B1", "crew_id": "bob", "before": "B2"}
    assert sent["revision"] == 0
    assert sent["key"]


def test_a_forbidden_place_takes_nothing_and_says_why(open_page: Open) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    server = Server(page)
    carry_to(page, page.locator(".tl-lane .gap.not").last)
    expect(page.locator(".ghost.forbidden")).to_contain_text("8 are the most")
    page.mouse.up()
    expect(page.locator(".toast")).to_contain_text("8 are the most")
    assert server.edits == []


def test_a_visit_is_carried_by_keys_alone(open_page: Open) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    server = Server(page)
    page.locator(".tl-lane [data-visit=B1]").focus()
    page.keyboard.press("m")
    expect(page.locator("#told")).to_contain_text("is picked up")
    page.keyboard.press("ArrowDown")  # the first place
    expect(page.locator("#told")).to_contain_text("place 1, at 10:33: +6 min, −CN¥40")  # 38,000 s
    page.keyboard.press("ArrowRight")
    expect(page.locator("#told")).to_contain_text("8 are the most")
    page.keyboard.press("Escape")
    expect(page.locator("#told")).to_have_text("Put back.")
    page.keyboard.press("m")
    expect(page.locator("#told")).to_contain_text("is picked up")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".gap")).to_have_count(0)
    assert [sent["edit"]["before"] for sent in server.edits] == ["B2"]


def test_an_edit_that_is_not_heard_is_sent_again_under_its_key(open_page: Open) -> None:
    page = drawn(open_page(f"/Town/{TODAY}/", "dora"))
    keys: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(sent(route)["key"])
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(json={"version": 1, "revision": 1})

    page.route("**/desk/edits", lose_the_first)
    page.locator(".tl-lane [data-visit=B1]").focus()
    page.keyboard.press("h")
    expect(page.locator(".tl-lane .sending")).to_be_visible()
    expect(page.locator(".sending")).to_have_count(0, timeout=10_000)
    assert len(keys) == 2
    assert keys[0] == keys[1]


@pytest.mark.slow
def test_it_is_readable_on_a_narrow_screen(open_page: Open) -> None:
    for path in (f"/Town/{TODAY}/", f"{DAY}places", f"{DAY}import", f"{DAY}crews"):
        page = open_page(path, "dora", viewport={"width": 768, "height": 900})
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 768, f"{path} is {width} wide"


def test_a_step_that_takes_the_server_a_while_shows_that_it_was_taken(open_page: Open) -> None:
    page = open_page(f"/Town/{ON + timedelta(days=1)}/", "dora")  # nobody works then: import
    step = page.locator("a.button.main").first
    page.evaluate("addEventListener('click', (press) => press.preventDefault())")  # for ever
    step.click()
    expect(step).to_have_attribute("aria-busy", "true")
