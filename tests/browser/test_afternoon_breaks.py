"""An afternoon in which something breaks at each step: nothing is lost, and nothing done twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest
from playwright.sync_api import Browser, Error, Page
from sqlalchemy import select
from werkzeug.serving import make_server

from data import database, tables
from data.jobs import JobKind
from data.store.imports.batches import list_batches
from scheduler.ports import MarkKind, PlanStatus
from tests.browser.afternoon import the_steps
from tests.browser.afternoon_day import GONE, ON, at, make_visits, tell
from tests.browser.breaks import (
    Break,
    Step,
    answer_lost,
    is_done,
    press_until_heard,
    reloaded,
    without_connection,
)
from tests.browser.conftest import Open
from tests.browser.test_afternoon import published, turn, works
from tests.browser.windows import entered
from tests.web.pages import World
from tests.web.serving import free_port
from web.app import create_app
from web.context import KEY
from web.jobs.runner import Runner

__all__ = ["published", "works"]

pytestmark = pytest.mark.slow

ONCE = {
    "lists": 1,
    "people called sick": 1,
    "edits": {3: 2},
    "re-plans": 1,
    "plans": [PlanStatus.DRAFT, *[PlanStatus.SUPERSEDED] * 2, PlanStatus.WITHDRAWN],
}
"""The search's own draft stays; what was published of it has a draft with both edits."""


@pytest.mark.usefixtures("works")
@pytest.mark.parametrize("broken", [reloaded, without_connection, answer_lost])
def test_each_step_is_done_and_once(
    open_page: Open, world: World, address: str, broken: Break
) -> None:
    begin(world)
    page = open_page("/", "dora")
    for step in the_steps(address, world):
        broken(page, step)
    assert done_in_all(world) == ONCE


def begin(world: World) -> None:
    turn(world, at("13:42"))
    tell(world, GONE, MarkKind.BEGIN, at("13:00"))
    make_visits(world, GONE)


class Server:
    """A server and its runner that may be stopped; started anew, it remembers nothing."""

    def __init__(self, world: World) -> None:
        self._world, self._port = world, free_port()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        settings = self._world.app.extensions[f"{KEY}_settings"]
        app = create_app(self._world.wired, settings)
        self._server = make_server("127.0.0.1", self._port, app, threaded=True)
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self._runner = Runner(self._world.wired)
        self._runner.start()

    def stop(self) -> None:
        self._runner.close()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    server = Server(world)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def desk(browser: Browser, world: World, server: Server) -> Iterator[Page]:
    context = entered(browser, world, server.address, "dora", {})
    yield context.new_page()
    context.close()


def test_a_server_that_is_started_anew_at_each_step_loses_nothing(
    desk: Page, world: World, server: Server
) -> None:
    begin(world)
    for step in the_steps(server.address, world):
        started_anew(desk, server, world, step)
    assert done_in_all(world) == ONCE
    job = world.wired.jobs.newest("Town", ON, JobKind.REPLAN)
    assert job is not None
    assert 0 < (job.progress or {})["gone_on_from"] < 1, "its search went on from its best plan"


def started_anew(page: Page, server: Server, world: World, step: Step) -> None:
    """The server is away when she presses; where it did not hear of it she presses again."""
    step.ready(page)
    if step.name == "stop":
        wait_until_kept(page, world)
    server.stop()
    with suppress(Error):  # the browser's own page of errors
        step.press(page)
        page.wait_for_timeout(500)
    server.start()
    if not is_done(page, step):
        step.ready(page)
        press_until_heard(page, step)
    step.done(page)


def wait_until_kept(page: Page, world: World) -> None:
    """Wait until a best plan is kept that another runner could go on with."""
    for _ in range(300):
        job = world.wired.jobs.alive("Town", ON)
        if job and job.reached and job.reached["search"]["days"]:
            return
        page.wait_for_timeout(200)
    pytest.fail("no best plan is kept")


def done_in_all(world: World) -> dict[str, object]:
    """Return how often each thing was done that an afternoon does once."""
    store = world.wired.store
    plans = sorted(store.plans("Town", ON), key=lambda one: one.version)
    with store.engine.connect() as connection:
        lists = list_batches(connection, "Town", 50)
    edits = Counter({one.version: len(store.plan_edits(one.id)) for one in plans})
    gone = [one for one in store.events(limit=1000) if one.kind == "shift.changed"]
    return {
        "lists": len(lists),
        "people called sick": len(gone),
        "edits": dict(+edits),
        "re-plans": len([1 for job in jobs(world) if job is JobKind.REPLAN]),
        "plans": [one.state for one in plans],
    }


def jobs(world: World) -> list[JobKind]:
    with database.reading(world.wired.store.engine) as connection:
        return [JobKind(kind) for kind in connection.scalars(select(tables.job.c.kind))]
