"""A morning in which something breaks at each step: nothing is lost, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from data.store.imports.batches import list_batches
from scheduler.ports import PlanStatus
from tests.browser.breaks import (
    Break,
    Step,
    answer_lost,
    press_until_heard,
    reloaded,
    straight_on,
    without_connection,
)
from tests.browser.conftest import Open
from tests.browser.desk_hand import PATIENCE_MS
from tests.browser.morning import the_steps
from tests.browser.morning_files import town
from tests.browser.test_morning import ON, house_of_two
from tests.data.built_city import add_city
from tests.web.pages import PASSWORD, World
from tests.web.serving import free_port, served

__all__ = ["house_of_two"]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("broken", [reloaded, without_connection, answer_lost])
@pytest.mark.usefixtures("house_of_two")
def test_each_step_is_done_and_once(
    open_page: Open, world: World, address: str, broken: Break
) -> None:
    page = open_page("/", "dora")
    for step in the_steps(address, ON):
        broken(page, step)
    assert done_in_all(world, ON) == ONCE


ONCE = {"lists": 3, "placed": 1, "plans": 1, "edits": 2, "published": 1}


def done_in_all(world: World, on: date) -> dict[str, int]:
    """Return how often each thing was done that a morning does once."""
    store = world.wired.store
    with store.engine.connect() as connection:
        lists = [one for one in list_batches(connection, "Town", 50) if not one.is_back]
    plans = store.plans("Town", on)
    return {
        "lists": len(lists),
        "placed": len(store.overrides("Town")),
        "plans": len(plans),
        "edits": sum(len(store.plan_edits(one.id)) for one in plans),
        "published": sum(one.state is PlanStatus.PUBLISHED for one in plans),
    }


class Served:
    """A home that is served by a process of its own, and may be left alone for a while."""

    def __init__(self, home: Path) -> None:
        self._home, self._port = home, free_port()
        self._running = ExitStack()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._running.enter_context(served(self._home, self._port))

    def stop(self) -> None:
        self._running.close()


@pytest.fixture
def server(world: World) -> Iterator[Served]:
    add_city(world.wired.home.cities, "Town", town())
    server = Served(world.wired.home.path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """A page of a dispatcher who has logged in as people do."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")
    page = context.new_page()
    page.goto(f"{server.address}/log-in")
    page.locator("#name").fill("dora")
    page.locator("#password").fill(PASSWORD)
    page.locator("main form .main").click()
    page.wait_for_url("**/Town/**")
    yield page
    context.close()


SOON = datetime.now(UTC).date() + timedelta(days=7)
"""A day ahead by the clock of a server that has no other."""


def test_a_server_that_is_started_anew_at_each_step_loses_nothing(
    page: Page, server: Served, world: World
) -> None:
    for step in the_steps(server.address, SOON):
        started_anew(page, server, step)
    assert done_in_all(world, SOON) == ONCE


def started_anew(page: Page, server: Served, step: Step) -> None:
    """The server is away when she presses; once it is back she presses again, if she has to."""
    step.ready(page)
    server.stop()
    try:
        step.press(page)
        page.wait_for_timeout(500)
    except Error:  # the browser's own page of errors
        pass
    finally:
        server.start()
    if not step.is_kept:
        step.ready(page)
        press_until_heard(page, step)
    step.done(page)


def test_a_search_goes_on_where_its_server_was_stopped(
    page: Page, server: Served, world: World
) -> None:
    *before, plan, _lock, _undo, publish = the_steps(server.address, SOON)
    for step in before:
        straight_on(page, step)
    assert plan.name == "plan"
    page.goto(f"{server.address}/Town/{SOON}/")
    page.get_by_label("How long to search").last.select_option("600")
    page.get_by_role("button", name="Plan without them").click()
    expect(page.locator("#progress .curve polyline")).to_be_visible(timeout=PATIENCE_MS)
    wait_until_kept(page, world)
    server.stop()
    expect(page.locator("#progress .no-answer")).to_contain_text("not lost", timeout=20_000)
    server.start()
    expect(page.locator("#progress .gone-on")).to_contain_text(
        "goes on from the best plan", timeout=PATIENCE_MS
    )
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("link", name="Publish")).to_be_visible(timeout=PATIENCE_MS)
    job = world.wired.jobs.get(world.wired.store.plan("Town", SOON).job or 0)
    assert job.result is not None
    straight_on(page, publish)
    plans = world.wired.store.plans("Town", SOON)
    assert [one.state for one in plans] == [PlanStatus.PUBLISHED]


def wait_until_kept(page: Page, world: World) -> None:
    """Wait until a best plan is kept that another runner could go on with."""
    for _ in range(300):
        job = world.wired.jobs.alive("Town", SOON)
        if job and job.reached and job.reached["search"]["days"]:
            return
        page.wait_for_timeout(200)
    pytest.fail("no best plan is kept")
