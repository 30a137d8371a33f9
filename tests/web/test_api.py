"""POST /api/solve: the same answer as on the command line, who may ask, and what is refused."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import nullcontext
from threading import Thread
from time import monotonic, sleep
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from scheduler.engines import LARGEST_SEED
from tests.data.vroom.little import little_problem, plain_problem
from tests.data.vroom.test_judged import bench, call  # noqa: F401
from tests.web.compiled import app_of
from tests.web.conftest import Run, json_of
from tests.web.pages import World
from web.api import answers
from web.api.options import MOST_SECONDS, Options, OptionsError, read_options
from web.api.pages import MOST_BYTES, SOLVER
from web.api.problems import MEDIA_TYPE
from web.api.solver import OvertimeError, Solver
from web.settings import Settings

LOCAL = "http://localhost"
FAST = {"seconds": "0.1"}


@pytest.fixture(scope="module")
def solver() -> Iterator[Solver]:
    """One process for all tests that need none of their own: it takes a while to start."""
    made = Solver()
    yield made
    made.close()


@pytest.fixture
def own_machine(world: World, solver: Solver) -> World:
    """The world on a server that is for its own machine alone."""
    world.app = app_of(world.wired, Settings(b"k" * 32, is_for_this_machine=True))
    world.app.extensions[SOLVER] = solver
    return world


@pytest.fixture
def office(world: World, solver: Solver) -> World:
    """The world on a server for everybody in the house."""
    world.app.extensions[SOLVER] = solver
    return world


def ask(
    world: World,
    told: Any = None,
    *,
    url: str = LOCAL,
    query: dict[str, str] = FAST,
    headers: dict[str, str] | None = None,
    **options: Any,
) -> TestResponse:
    """Send a problem as a program does, the little one by default."""
    options.setdefault("data", json.dumps(little_problem() if told is None else told))
    options.setdefault("content_type", "application/json")
    client = world.app.test_client()
    return client.post(
        "/api/solve", base_url=url, query_string=query, headers=headers or {}, **options
    )


def pointers(answer: TestResponse) -> list[str]:
    return [error["pointer"] for error in answer.get_json()["errors"]]


def test_the_answer_is_that_of_the_command_line(own_machine: World) -> None:
    answer = ask(own_machine)
    assert answer.status_code == 200, answer.text
    solution = answer.get_json()
    # As tests/data/vroom/little.py argues: 200 s to the far place and back, and 6 is left out.
    assert [entry["id"] for entry in solution["unassigned"]] == [6]
    assert solution["summary"]["cost"] == 400
    assert answer.headers["Cache-Control"] == "no-store"


def test_options_are_those_of_the_command_line(own_machine: World) -> None:
    told = plain_problem({"prize": 10})  # less than the 200 s of the way
    for all_required, left_out in (("false", 1), ("true", 0)):
        query = FAST | {"all_required": all_required, "engine": "ortools", "seed": "3"}
        answer = ask(own_machine, told, query=query)
        assert answer.get_json()["summary"]["unassigned"] == left_out


def test_guessed_matrices_come_beside_the_solution_if_asked_for(own_machine: World) -> None:
    jobs = [{"id": 1, "location": [121.1, 30]}]
    told = {"jobs": jobs, "vehicles": [{"id": 1, "start": [121, 30]}]}
    answer = ask(own_machine, told, query=FAST | {"problem": "true"}).get_json()
    again = answer["problem"]
    start, job = again["vehicles"][0]["start_index"], again["jobs"][0]["location_index"]
    assert again["matrices"]["car"]["durations"][start][job] == answer["routes"][0]["cost"]
    assert "problem" not in ask(own_machine, told).get_json()


def test_the_judge_accepts_it(
    own_machine: World,
    bench: Any,  # noqa: F811
    tmp_path: Any,
) -> None:
    problem, solution = tmp_path / "field.json", tmp_path / "solution.json"
    call(bench / "field.py", problem, "--cases", 60, "--collectors", 6)
    told = json.loads(problem.read_text(encoding="utf-8"))
    told["matrices"]["car"]["durations"] = np.load(tmp_path / "field.npy").tolist()
    answer = ask(own_machine, told, query={"seconds": "1"})
    solution.write_bytes(answer.data)
    verdict = json.loads(call(bench / "judge.py", problem, solution).stdout)
    assert verdict["violations"] == []
    assert verdict["served"] > 30  # six collectors with eight visits or more
    assert verdict["travel_s"] == answer.get_json()["summary"]["cost"]


@pytest.mark.parametrize(
    ("told", "status", "at"),
    [
        (plain_problem({"service": -5}), 422, ["/jobs/0/service"]),
        (plain_problem({"pickup": [1], "id": "x"}), 422, ["/jobs/0/pickup", "/jobs/0/id"]),
        ([], 422, ["", "/jobs", "/vehicles"]),
        ({"jobs": [{}] * 2_001, "vehicles": [{}] * 201}, 422, ["/jobs", "/vehicles"]),
        ({"jobs": [{"places": [{}] * 3_001}], "vehicles": []}, 422, ["/jobs"]),
    ],
)
def test_what_is_wrong_is_told_by_its_pointer(
    own_machine: World, told: Any, status: int, at: list[str]
) -> None:
    answer = ask(own_machine, told)
    assert (answer.status_code, pointers(answer)) == (status, at)
    assert answer.get_json()["code"] == 2


def test_a_file_of_the_server_is_never_read(own_machine: World, tmp_path: Any) -> None:
    told = plain_problem({})
    for name in ("problem.npy", "/etc/passwd", str(tmp_path / "x.npy")):
        told["matrices"]["car"]["durations"] = name
        answer = ask(own_machine, told)
        assert (answer.status_code, pointers(answer)[0]) == (422, "/matrices/car/durations")


def test_what_an_engine_cannot_honour_is_told(own_machine: World) -> None:
    answer = ask(own_machine, plain_problem({"setup": 5}), query=FAST | {"engine": "ortools"})
    assert answer.status_code == 422
    assert "cannot honour setup times" in answer.get_json()["error"]


@pytest.mark.parametrize("body", [b'{"jobs": [', b"\xff\xfe\x00", b"", b"[" * 200_000])
def test_what_is_no_json_is_told(own_machine: World, body: bytes) -> None:
    answer = ask(own_machine, data=body)
    assert (answer.status_code, pointers(answer)) == (400, [""])
    assert "Traceback" not in answer.text


def test_only_json_of_reasonable_size_is_read(own_machine: World) -> None:
    assert ask(own_machine, content_type="text/plain").status_code == 415
    assert ask(own_machine, headers={"Content-Encoding": "gzip"}).status_code == 415
    answer = ask(own_machine, data=b" " * (MOST_BYTES + 1))
    assert (answer.status_code, answer.get_json()["code"]) == (413, 2)


def test_other_addresses_below_api_answer_as_json_too(own_machine: World) -> None:
    for path, status in (("/api/solve", 405), ("/api/no-such", 404)):
        answer = own_machine.app.test_client().get(path)
        assert (answer.status_code, answer.mimetype) == (status, MEDIA_TYPE)


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"engine": "magic"}, "engine"),
        ({"seconds": "31"}, "seconds"),
        ({"seconds": "nan"}, "seconds"),
        ({"seconds": "-1"}, "seconds"),
        ({"seed": "1.5"}, "seed"),
        ({"seed": "-1"}, "seed"),
        ({"seed": str(LARGEST_SEED + 1)}, "seed"),
        ({"threads": "0"}, "threads"),
        ({"all_required": "yes"}, "all_required"),
        ({"out": "/tmp/x"}, "out"),
    ],
)
def test_options_that_are_not_understood(
    own_machine: World, told: dict[str, str], named: str
) -> None:
    answer = ask(own_machine, query=told)
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.get_json()["errors"]] == [named]


@given(seconds=st.floats(0, MOST_SECONDS), seed=st.integers(0, LARGEST_SEED), flag=st.booleans())
def test_options_are_read_as_they_are_written(seconds: float, seed: int, flag: bool) -> None:
    told = {"seconds": str(seconds), "seed": str(seed), "all_required": str(flag).lower()}
    assert read_options(told) == Options(seconds=seconds, seed=seed, all_required=flag)


@given(st.dictionaries(st.text(), st.text()))
def test_any_options_are_read_or_refused_by_name(told: dict[str, str]) -> None:
    # No name of an option is made up by chance, and a value that is none is a fault as well.
    with pytest.raises(OptionsError) if told else nullcontext() as refused:
        read_options(told)
    if refused is not None:
        assert refused.value.faults.keys() == told.keys()


def test_a_programs_token_lets_it_in(office: World) -> None:
    office_url = "https://desk.lan"
    secret = office.wired.tokens.add("nightly", 90, office.wired.ports.by("ada"))
    bearer = {"Authorization": f"Bearer {secret}"}
    assert ask(office, url=office_url, headers=bearer).status_code == 200
    for wrong in ("Bearer x", f"Bearer {secret}x", f"Basic {secret}", "Bearer", secret):
        answer = ask(office, url=office_url, headers={"Authorization": wrong})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), wrong
    open_answer = ask(office, url="http://desk.lan", headers=bearer)
    assert open_answer.status_code == 403, "the token itself could be read on its way"
    office.clock.pass_by(days=90)
    assert ask(office, url=office_url, headers=bearer).status_code == 401, "it has expired"


def test_a_revoked_token_is_worth_nothing(office: World) -> None:
    by = office.wired.ports.by("ada")
    secret = office.wired.tokens.add("nightly", 90, by)
    office.wired.tokens.revoke("nightly", by)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert ask(office, headers=bearer).status_code == 401
    assert office.events("token.added") == office.events("token.revoked") == ["nightly"]


def test_without_either_nobody_is_let_in_but_at_ones_own_machine(office: World) -> None:
    answer = ask(office)
    assert answer.status_code == 401
    assert "dayround token add" in answer.get_json()["error"]


@pytest.mark.parametrize(
    ("url", "headers", "status"),
    [
        (LOCAL, {"Origin": LOCAL, "Sec-Fetch-Site": "same-origin"}, 200),
        ("http://127.0.0.1:8000", {}, 200),
        ("http://[::1]:8000", {}, 200),
        # A site whose name leads to this machine: its pages would be of one origin with us.
        ("http://rebound.example", {"Origin": "http://rebound.example"}, 403),
        ("https://rebound.example", {"Origin": "https://rebound.example"}, 401),
        (LOCAL, {"Origin": "https://evil.example"}, 403),
        (LOCAL, {"Origin": "null"}, 403),
        (LOCAL, {"Origin": "http://localhost:3000"}, 403),
        (LOCAL, {"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_ones_own_machine_is_no_door_for_sites(
    own_machine: World, url: str, headers: dict[str, str], status: int
) -> None:
    assert ask(own_machine, url=url, headers=headers).status_code == status


def test_a_neighbour_is_not_this_machine(own_machine: World) -> None:
    answer = ask(own_machine, environ_overrides={"REMOTE_ADDR": "192.168.0.7"})
    assert answer.status_code == 401


@pytest.mark.parametrize(("who", "status"), [("dora", 200), ("ada", 200), ("alice", 403)])
def test_a_person_calls_by_role_and_with_the_token_of_our_forms(
    office: World, who: str, status: int
) -> None:
    visitor = office.visitor(who)
    path = "/api/solve?seconds=0.1"
    assert visitor.post_json(path, little_problem()).status_code == status
    without = visitor.client.post(path, json=little_problem())
    assert (without.status_code, without.mimetype) == (max(status, 400), MEDIA_TYPE)


def test_one_problem_at_a_time_and_the_next_is_told_when(own_machine: World) -> None:
    thread = Thread(target=ask, args=(own_machine,), kwargs={"query": {"seconds": "2"}})
    thread.start()
    sleep(0.5)
    began = monotonic()
    answer = ask(own_machine)
    assert monotonic() - began < 1, "it does not wait"
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) in (1, 2)  # of the search's 2 s
    page = own_machine.visitor("dora").get("/healthz")
    assert page.status_code == 200, "pages go on"
    thread.join()
    assert ask(own_machine).status_code == 200


def test_a_process_that_dies_or_dawdles_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Solver()
    problem = json.dumps(little_problem()).encode()
    try:
        assert own.solve(problem, Options(seconds=0)).status == 200
        assert own._process is not None
        os.kill(own._process._process.pid or 0, signal.SIGKILL)
        with pytest.raises(OvertimeError):
            own.solve(problem, Options(seconds=0))
        assert own.solve(problem, Options(seconds=0)).status == 200
        monkeypatch.setattr("web.api.solver.GRACE_S", -29.9)
        with pytest.raises(OvertimeError):
            own.solve(problem, Options(seconds=30))
    finally:
        own.close()


def test_nothing_of_a_problem_stands_in_a_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(told: Any, **_: Any) -> None:
        raise KeyError(told["secret"])

    monkeypatch.setattr(answers, "read", broken)
    answer = answers.answer(b'{"secret": "zhongshan road 7"}', Options())
    assert answer.status == 500
    told = json.loads(answer.body)
    assert (told["code"], told["error"]) == (1, "something broke on our side")
    assert told["detail"] == told["error"]
    assert "KeyError" in caplog.text
    assert "in broken" in caplog.text
    assert "zhongshan" not in caplog.text


def test_tokens_are_made_listed_and_revoked(run: Run) -> None:
    made = json_of(run("token", "add", "nightly", "--days", "90", "--json"))
    assert made["token"].startswith("dayround_")
    listed = run("token", "list", "--json")
    assert made["token"] not in listed.stdout
    (one,) = json_of(listed)
    assert (one["name"], one["made by"]) == ("nightly", "li")
    for words, told in (
        (("add", "nightly"), "already: revoke it first"),
        (("add", "a b"), "is no name for a token"),
        (("revoke", "daily"), "there is no token 'daily'"),
    ):
        assert told in str(run("token", *words, expect=1).exception)
    run("token", "revoke", "nightly")
    assert json_of(run("token", "list", "--json")) == []
