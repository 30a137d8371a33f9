"""The examples of docs/ against a live server, and many programs that poll one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from threading import Lock, Thread, active_count
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.serving import make_server

from data.access import Grant, Role
from data.jobs import Ended, JobState
from tests.conftest import ROOT
from tests.data.world import NOON, TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.programs import ADA, DAY, plan_day_of, program
from web.api.pace import PACE, Pace

CLIENT = ROOT / "docs" / "examples" / "client.py"
POLLERS, POLLS = 30, 4


@pytest.fixture
def server(world: World) -> Iterator[str]:
    """The world with a draft, served on this machine; its address."""
    plan_day_of(world)
    made = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = Thread(target=made.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


def run(server: str, secret: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CLIENT), server, *arguments]
    environ = {**os.environ, "DAYROUND_TOKEN": secret}
    return subprocess.run(command, capture_output=True, text=True, env=environ, timeout=60)


def crew_of(world: World, visit: str) -> str:
    trips = world.wired.store.plan("Town", TODAY).content.plan.itineraries
    return next(trip.crew_id for trip in trips for stop in trip.visits if stop.id == visit)


def test_the_example_moves_a_visit_and_tells_what_forbids_one(world: World, server: str) -> None:
    secret = program(world).secret
    other = "bob" if crew_of(world, "B1") == "alice" else "alice"  # both of the agency North
    done = run(server, secret, "Town", str(TODAY), "B1", other)
    assert done.returncode == 0, done.stderr
    assert f"B1 is made by {other}: version 2, revision 1" in done.stdout
    assert crew_of(world, "B1") == other
    refused = run(server, secret, "Town", str(TODAY), "B1", "charlie")  # of another agency
    assert refused.returncode == 1
    assert "422 Unprocessable" in refused.stderr
    assert len(refused.stderr.splitlines()) > 1  # with the reasons
    strange = run(server, "dayround_nobodys", "Town", str(TODAY), "B1", other)
    assert "401 Unauthorized" in strange.stderr


def test_the_example_reads_again_where_others_were_quicker(
    world: World, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(CLIENT.parent))
    example: Any = import_module("client")

    calls: list[tuple[str, str]] = []
    secret = world.wired.tokens.add("example", 9, ADA, grant=Grant(Role.DISPATCHER, "Town"))
    mine = example.Client(server, secret)
    plain = mine.call

    def meddled(method: str, path: str, body: Any = None, **headers: str) -> Any:
        calls.append((method, Path(path).name))
        if method == "POST" and len(calls) == 3:  # before the first try: a fact changes
            with world.wired.store.writing(ADA) as writer:
                writer.note("case.balance", "C2", city="Town")
        return plain(method, path, body, **headers)

    monkeypatch.setattr(mine, "call", meddled)
    other = "bob" if crew_of(world, "B1") == "alice" else "alice"
    done = example.move(mine, f"/cities/Town/days/{TODAY}", "B1", other)
    assert done["revision"] == 1
    assert [name for _, name in calls] == ["plans", "2", "edits", "2", "edits"]


@pytest.fixture
def day(world: World, server: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What day.py says to a command, in the served world."""
    monkeypatch.syspath_prepend(str(CLIENT.parent))
    example: Any = import_module("day")
    secret = world.wired.tokens.add("day", 9, ADA, grant=Grant(Role.DISPATCHER, "Town"))
    desk = example.Desk(example.Client(server, secret), "Town", str(TODAY))

    def said(command: str, *more: str) -> list[str]:
        return list(example.COMMANDS[command](desk, *more))

    return said


def test_the_example_goes_through_a_dispatchers_day(
    world: World, day: Callable[..., list[str]], tmp_path: Path
) -> None:
    (word,) = day("say", "must", "C2")
    assert word.startswith(f"B2: must on {TODAY}")
    assert day("publish", "noon") == ["version 2 is published"]  # the newest draft
    moved, done = day("gone", "alice")  # she works alone: off the road, of a copy of what is known
    assert moved.startswith("off_road: ")
    assert "version 3, revision 1" in done
    assert all(" cases, " in line for line in day("left-out"))
    assert world.wired.store.plan("Town", TODAY, 3).revision == 1
    told = {"contract": "U1", "name": "赵急", "home_address": "中山路 9 号", "overdue": 5000}
    case = {"case": told | {"agency": "North", "assigned": True}}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case | {"position": {"lat": 25.012, "lon": 121.505}}))
    (put,) = day("urgent", str(file))
    assert put.startswith("U1 is made by bob: version 3")
    assert day("book", "C3")[0].startswith("C3 is booked from")
    assert day("take-back", "flood") == ["version 2 is withdrawn"]
    with pytest.raises(SystemExit, match="no plan of this day is published"):
        day("take-back", "again")


def test_the_example_follows_long_work_to_its_end(
    world: World, day: Callable[..., list[str]]
) -> None:
    def work() -> None:
        jobs, tries = world.wired.jobs, 200
        while (job := jobs.claim("r1", NOON)) is None and (tries := tries - 1):
            sleep(0.02)
        assert job is not None
        assert dict(job.parameters)["seconds"] == 3
        jobs.finish(job.id, "r1", Ended(JobState.DONE, {"version": 3}), NOON)

    worker = Thread(target=work, daemon=True)
    worker.start()
    told = day("replan", "3")
    worker.join()
    assert told[-1] == "done: version 3"


def test_thirty_pollers_hold_no_thread_and_read_no_plan(
    world: World, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each poll is over at once, in two look-ups: what waits for news waits at the client."""
    world.app.extensions[PACE] = Pace(per_s=1e6, most=1e6)
    secret = program(world).secret
    etag = program_etag(world, secret)
    store, turn, most = type(world.wired.store), Lock(), [0, 0]

    def refuse(*_: Any) -> None:
        raise AssertionError("a plan was read")

    monkeypatch.setattr(store, "plan", refuse)
    handle = world.app.wsgi_app

    def counted(environ: Any, start: Any) -> Any:
        with turn:
            most[0] += 1
            most[1] = max(most)
        try:
            return handle(environ, start)
        finally:
            with turn:
                most[0] -= 1

    monkeypatch.setattr(world.app, "wsgi_app", counted)
    told = urlsplit(server)
    headers = {"Authorization": f"Bearer {secret}", "If-None-Match": etag, "Connection": "close"}

    def poll(_: int) -> list[int]:
        found = []
        for _ in range(POLLS):
            connection = HTTPConnection(told.hostname or "", told.port, timeout=30)
            connection.request("GET", f"{DAY}/plans/2", headers=headers)
            found.append(connection.getresponse().status)
            connection.close()
        return found

    before, began = active_count(), monotonic()
    with ThreadPoolExecutor(POLLERS) as pool:
        statuses = [one for some in pool.map(poll, range(POLLERS)) for one in some]
    took_s = monotonic() - began
    assert statuses == [304] * POLLERS * POLLS
    assert most[0] == 0  # nothing waits in the server
    assert active_count() <= before + 1
    assert took_s / len(statuses) < 0.2  # 0.005 s on a quiet machine


def program_etag(world: World, secret: str) -> str:
    answer = world.app.test_client().get(
        f"{DAY}/plans/2", headers={"Authorization": f"Bearer {secret}"}, base_url="http://127.0.0.1"
    )
    return answer.headers["ETag"]
