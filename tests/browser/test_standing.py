"""A phone that tells where it stands when its collector arrives, and one that does not."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data.store.rounds import Rounds
from routing.point import Point
from scheduler.ports import Mark, MarkKind
from tests.browser.conftest import Open, Seen
from tests.browser.test_phone import PHONE, press, walk_to_the_first_door
from tests.data.world import TODAY
from tests.web.pages import World
from tests.web.phone_days import full_trip, make_lawful, publish

HERE: dict[str, Any] = {"latitude": 25.0101, "longitude": 121.5002, "accuracy": 9}
ALLOWED: dict[str, Any] = {"geolocation": HERE, "permissions": ["geolocation"]}


@pytest.fixture(autouse=True)
def day_of_two(world: World) -> None:
    """A day of three visits for Alice and Bob together, in place of the plan before."""
    make_lawful(world)
    publish(world, full_trip("alice+bob"))


def mark(world: World, kind: MarkKind) -> Mark:
    rounds = Rounds(world.wired.store.engine)
    found = rounds.round("Town", TODAY, "alice")
    assert found is not None
    marks = rounds.progress("Town", found, "alice").marks
    return next(one for one in marks if one.kind is kind)


def at_the_door(page: Page) -> None:
    walk_to_the_first_door(page)
    expect(page.locator(".thumb").get_by_text("Leave", exact=True)).to_be_visible()


def test_arrive_tells_where_the_phone_stands(open_page: Open, world: World, seen: Seen) -> None:
    page = open_page("/my/day", "alice", **PHONE, **ALLOWED)
    a_step_north: Any = {**HERE, "latitude": 25.0102}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    at_the_door(page)
    arrived = mark(world, MarkKind.ARRIVE)
    assert (arrived.stood, arrived.accuracy_m) == (Point(25.0101, 121.5002), 9.0)
    page.context.set_geolocation(a_step_north)
    press(page, "Leave")
    expect(page.get_by_role("heading", name="What came of it?")).to_be_visible()
    assert mark(world, MarkKind.LEAVE).stood == Point(25.0102, 121.5002)
    assert all("25.01" not in url for url in asked)
    assert seen.faults == []


@pytest.mark.parametrize(
    "phone",
    [{"permissions": []}, {"java_script_enabled": False}],
    ids=["refused in the browser", "no scripts"],
)
def test_arrive_works_without_a_position(
    open_page: Open, world: World, phone: dict[str, Any]
) -> None:
    page = open_page("/my/day", "alice", **PHONE, **phone)
    if "permissions" in phone:  # headless, a browser that is to ask answers no
        assert page.evaluate("Boolean(navigator.geolocation)")
    at_the_door(page)
    assert mark(world, MarkKind.ARRIVE).stood is None


def test_who_unticks_it_tells_nothing_on_this_and_later_pages(
    open_page: Open, world: World
) -> None:
    page = open_page("/my/day", "alice", **PHONE, **ALLOWED)
    press(page, "Accept the change")
    press(page, "Begin the day")
    choice = page.get_by_label("Tell where I stand when I arrive and leave")
    expect(choice).to_be_checked()
    choice.uncheck()
    press(page, "Arrive")
    expect(page.locator(".thumb").get_by_text("Leave", exact=True)).to_be_visible()
    expect(choice).not_to_be_checked()
    press(page, "Leave")
    expect(page.get_by_role("heading", name="What came of it?")).to_be_visible()
    assert mark(world, MarkKind.ARRIVE).stood is None
    assert mark(world, MarkKind.LEAVE).stood is None


@pytest.mark.slow
def test_two_presses_while_the_phone_looks_are_one(open_page: Open, world: World) -> None:
    page = open_page("/my/day", "alice", **PHONE, **ALLOWED)
    press(page, "Accept the change")
    press(page, "Begin the day")
    page.locator(".thumb").get_by_text("Arrive", exact=True).dblclick()
    expect(page.locator(".thumb").get_by_text("Leave", exact=True)).to_be_visible()
    assert world.events("visit.arrived") == ["B1"]
