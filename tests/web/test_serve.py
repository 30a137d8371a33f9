"""`dayround serve` as it is started, on a port of its own, and `dayround user`."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import pytest
from cryptography import x509

from data.jobs import Job, JobKind, JobState
from tests.data.world import ALICE
from tests.web.conftest import Run, json_of
from tests.web.pages import World
from tests.web.serving import START_S, free_port, served
from tests.web.test_jobs import ON, add_extract, add_shifts
from web.cli.serve import Listening, any_port, is_for_this_machine

Serve = Callable[..., int]


@pytest.fixture
def serve(run: Run, tmp_path: Path) -> Iterator[Serve]:
    """Start `dayround serve OPTIONS` in an empty home, and return its port."""
    with ExitStack() as started:

        def start(*options: object) -> int:
            port = free_port()
            started.enter_context(served(tmp_path / "home", port, *options))
            return port

        yield start


def get(
    url: str, trusted: Path | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Return status and text of an address."""
    context = ssl.create_default_context(cafile=trusted) if trusted else None
    asked = Request(url, headers={"Accept-Language": "en", **(headers or {})})
    try:
        with urlopen(asked, timeout=START_S, context=context) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def certificate(run: Run) -> dict[str, str]:
    """What `dayround tls make` makes for localhost."""
    made: dict[str, str] = json_of(run("tls", "make", "localhost", "--json"))
    return made


@pytest.mark.parametrize(
    ("host", "bind", "url"),
    [
        ("127.0.0.1", "127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("desk.lan", "desk.lan:8000", "http://desk.lan:8000"),
        # No browser opens the addresses that stand for all.
        ("0.0.0.0", "0.0.0.0:8000", "http://127.0.0.1:8000"),
        ("::", "[::]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_that_is_told_can_be_opened(host: str, bind: str, url: str) -> None:
    where = Listening(host, 8000)
    assert (where.bind, where.url) == (bind, url)
    assert is_for_this_machine(where, "") is (host == "127.0.0.1")


def test_it_serves_and_tells_its_health(serve: Serve, run: Run) -> None:
    port = serve()
    made = json_of(run("user", "add", "li", "--role", "administrator", "--json"))
    assert made["link"].startswith(f"http://127.0.0.1:{port}/first-sign-in#")
    status, text = get(f"http://127.0.0.1:{port}/healthz")
    assert (status, json.loads(text)) == (200, {"status": "ok"})
    status, page = get(f"http://localhost:{port}/log-in")
    assert status == 200
    assert "Log in" in page


@pytest.mark.slow
def test_a_proxy_tells_the_scheme_only_if_it_is_said_to_be_there(serve: Serve) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "desk.example"}
    port = serve("--behind-proxy", "--public-url", "https://desk.example")
    assert get(f"http://127.0.0.1:{port}/log-in", headers=told)[0] == 200
    other = serve()
    # Without it the headers count for nothing: a name of this machine stays one of this machine.
    status, page = get(f"http://127.0.0.1:{other}/log-in", headers=told | {"Host": "desk.example"})
    assert status == 403
    assert "plain http from desk.example" in page


needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs POSIX")


@pytest.mark.slow
@needs_posix
def test_tls_and_several_processes(serve: Serve, run: Run, certificate: dict[str, str]) -> None:
    trusted = Path(certificate["authority"])
    files = ("--cert", certificate["certificate"], "--key", certificate["key"])
    port = serve(*files, "--processes", 2)
    for _ in range(4):
        assert get(f"https://localhost:{port}/healthz", trusted)[0] == 200
    status, page = get(f"https://localhost:{port}/log-in", trusted)
    assert status == 200
    assert 'type="password"' in page
    assert serial(port) == serial(port)
    before = serial(port)
    run("tls", "make")  # a renewal is served without a restart
    assert serial(port) != before
    assert get(f"https://localhost:{port}/healthz", trusted)[0] == 200


def serial(port: int) -> int:
    """Return the number of the certificate that is served."""
    pem = ssl.get_server_certificate(("localhost", port))
    return x509.load_pem_x509_certificate(pem.encode()).serial_number


@pytest.fixture
def planning(world: World, tmp_path: Path) -> Callable[[], Job]:
    """A plan that waits in the queue of the world; call it to see how it stands."""
    add_extract(world, tmp_path)
    add_shifts(world)
    added = world.wired.jobs.add(JobKind.PLAN, "Town", ON, ALICE, engine="search", seconds=60)
    return lambda: world.wired.jobs.get(added.id)


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + START_S
    while not holds():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.1)


@needs_posix
@pytest.mark.slow
def test_an_ended_server_gives_its_work_back(world: World, planning: Callable[[], Job]) -> None:
    with served(world.wired.home.path, free_port(), "--processes", 2):
        wait_until(lambda: planning().state is JobState.RUNNING)
    found = planning()
    assert (found.state, found.runner, found.tries) == (JobState.QUEUED, "", 0)


@needs_posix
@pytest.mark.slow
def test_the_work_of_a_killed_process_goes_to_another(
    world: World, planning: Callable[[], Job]
) -> None:
    port = free_port()
    with served(world.wired.home.path, port, "--processes", 2) as server:
        wait_until(lambda: planning().state is JobState.RUNNING)
        for process in working(server.pid):  # one of them plans
            os.kill(process, signal.SIGKILL)
        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200
        # The lease of 30 s has to end before another process may begin.
        wait_until(lambda: planning().tries == 2)


@pytest.mark.slow
def test_a_cold_machine_compiles_beside_the_pages(
    world: World, planning: Callable[[], Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYROUND_KERNELS", str(tmp_path / "cold"))
    world.wired.jobs.cancel(planning().id, ALICE)
    port = free_port()
    with served(world.wired.home.path, port):
        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200
        log = world.wired.home.path.with_name("serve.log")
        wait_until(lambda: "compiling the search" in log.read_text("utf-8"))
        job = world.wired.jobs.add(JobKind.GEOCODE, "Town", None, ALICE)
        wait_until(lambda: world.wired.jobs.get(job.id).state is JobState.DONE)
        assert "compiled the search" not in log.read_text("utf-8")


def working(server: int) -> list[int]:
    """Return the server's processes that have a worker process, beside the keeper of semaphores."""
    return [child for child in children(server) if len(children(child)) > 1]


def children(pid: int) -> list[int]:
    told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in told.stdout.split()]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--cert", "here.pem"), "belong together"),
        (("--cert", "no.pem", "--key", "no.pem"), "no.pem is not there"),
        (("--cert", __file__, "--key", __file__), "are no certificate and its key"),
    ],
)
def test_what_cannot_be_served_is_told(run: Run, options: tuple[str, ...], told: str) -> None:
    assert told in run("serve", *options, expect=1).output


def test_users_are_added_listed_disabled_and_reset(run: Run) -> None:
    run("user", "add", "ada", "--role", "administrator")  # one has to stay
    made = json_of(run("user", "add", "Li", "--role", "administrator", "--json"))
    link, fragment = made["link"].split("#")
    assert link == "http://127.0.0.1:8000/first-sign-in"
    assert parse_qs(fragment) == {"name": ["Li"], "code": [made["code"]]}
    run("user", "disable", "li")
    _, listed = json_of(run("user", "list", "--json"))
    assert listed == {"name": "li", "roles": "administrator everywhere", "state": "disabled"}
    run("user", "enable", "li")
    again = json_of(run("user", "reset", "li", "--public-url", "https://desk.example/", "--json"))
    assert again["code"] != made["code"]
    assert again["link"].startswith("https://desk.example/first-sign-in#")
    assert json_of(run("user", "list", "--json"))[1]["state"] == "waits for the first sign-in"


@pytest.mark.parametrize(
    "words",
    [
        ("add", "bo", "--role", "boss"),
        ("add", "bo", "--role", "dispatcher"),
        ("add", "bo", "--role", "dispatcher", "--city", "Nowhere"),
        ("disable", "nobody"),
    ],
)
def test_a_user_that_cannot_be_is_refused(run: Run, words: tuple[str, ...]) -> None:
    run("user", *words, expect=1)
    assert json_of(run("user", "list", "--json")) == []


def test_any_port_is_one_that_is_free() -> None:
    port = any_port("127.0.0.1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        assert any_port("127.0.0.1") not in (0, port)
