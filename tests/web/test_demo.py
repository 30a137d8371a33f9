"""`dayround demo` as somebody calls it who has never seen dayround."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from data.access import Role
from data.home import MADE_UP
from data.made_up import RealPeopleError
from scheduler.figures import Span
from tests.web.pages import Visitor
from tests.web.serving import START_S, free_port, served, wait_for
from tests.web.test_serve import get
from web.app import create_app
from web.cli import app
from web.cli.demo import day_of_visits
from web.cli.demo import free_port as next_free_port
from web.settings import Settings
from web.wiring import Wired, wire

TRIFLE = ("--cases", "50", "--seconds", "1")


def dayround(home: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["--home", str(home), *map(str, words)])


@dataclass(frozen=True)
class Demo:
    """A demo that was made, and what it told."""

    home: Path
    told: Any
    port_asked_for: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def log_ins(self) -> dict[str, dict[str, str]]:
        return {one["name"]: one for one in self.told["log_ins"]}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that is served at another port than was asked for, where something listens."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "home").mkdir()
    (folder / "home" / MADE_UP).touch()
    (folder / "home" / "left.txt").write_text("of an earlier demo", encoding="utf-8")
    with socket.socket() as taken, (folder / "log").open("wb") as log:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = ["demo", *TRIFLE, "--json", "--home", str(folder / "home"), "--port", str(port)]
        command = [sys.executable, "-c", "from web.cli import main; main()", *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        assert process.stdout is not None
        told = json.loads(read_json(process.stdout))
        yield Demo(folder / "home", told, port, process, folder / "log")
    process.kill()


@pytest.fixture
def wired(demo: Demo) -> Iterator[Wired]:
    found = wire(demo.home)
    yield found
    found.store.close()


@pytest.fixture
def visitor(wired: Wired, demo: Demo, request: pytest.FixtureRequest) -> Visitor:
    """Somebody who typed what the demo told."""
    found = Visitor(create_app(wired, Settings(b"k" * 32)), {"Accept-Language": "en"})
    one = demo.log_ins[request.param]
    answer = found.post("/log-in", {"name": one["name"], "password": one["password"]})
    assert answer.status_code == 302
    return found


def test_it_is_made_anew_and_served_at_the_next_free_port(demo: Demo) -> None:
    url = demo.told["url"]
    wait_for(int(url.rpartition(":")[2]), demo.process)
    assert get(f"{url}/healthz")[0] == 200
    assert not (demo.home / "left.txt").exists()
    log = demo.log.read_text(encoding="utf-8")
    assert f"port {demo.port_asked_for} is taken" in log
    assert len(log.splitlines()) < 60, "what its commands answer is kept, and not told"
    made = demo.home / "town" / "made.log"
    assert "published version 1 of ningzhou" in made.read_text(encoding="utf-8")


def test_a_home_that_is_served_is_not_thrown_away_under_the_server(demo: Demo) -> None:
    for words in (("demo", *TRIFLE, "--no-serve"), ("serve", "--port", "0")):
        refused = dayround(demo.home, *words)
        assert refused.exit_code == 1
        assert "a demo is being made or served" in refused.stderr
    assert get(f"{demo.told['url']}/healthz")[0] == 200


def test_there_is_a_log_in_for_every_role(demo: Demo, wired: Wired) -> None:
    roles = [wired.users.find(name).roles for name in demo.log_ins]  # type: ignore[union-attr]
    assert {role for (role,) in roles} == set(Role)
    assert roles.count((Role.COLLECTOR,)) == 3


def test_no_two_have_one_password(demo: Demo) -> None:
    passwords = {one["password"] for one in demo.told["log_ins"]}
    assert len(passwords) == len(demo.told["log_ins"])


@pytest.mark.parametrize("visitor", ["collector1", "collector3"], indirect=True)
def test_a_collector_who_signs_in_sees_her_visits(visitor: Visitor) -> None:
    assert visitor.get("/").headers["Location"] == "/my/day"
    page = visitor.page("/my/day")
    assert "No plan for today" not in page
    assert "Begin the day" in page


@pytest.mark.parametrize("visitor", ["dispatcher"], indirect=True)
def test_the_desk_opens_on_the_day_that_is_planned(visitor: Visitor, demo: Demo) -> None:
    planned = f"/ningzhou/{demo.told['date']}/"
    assert visitor.get("/ningzhou/today").headers["Location"] == planned
    assert demo.log_ins["dispatcher"]["opens"] == planned
    assert ">published<" in visitor.page(planned)


@pytest.mark.parametrize("visitor", ["planner", "compliance", "administrator"], indirect=True)
def test_everybody_else_finds_a_page(visitor: Visitor) -> None:
    page = visitor.page("/", follow_redirects=True)
    assert "No city yet" not in page
    assert "Made-up data" in page


@pytest.mark.parametrize("visitor", ["dispatcher"], indirect=True)
def test_the_weeks_before_fill_its_pages(visitor: Visitor, wired: Wired, demo: Demo) -> None:
    on = date.fromisoformat(demo.told["date"])
    span = Span(on - timedelta(days=27), on)
    before = Span(on - timedelta(days=55), on - timedelta(days=28))
    for asked in (before, span):  # what the review compares
        facts = wired.figures.facts("ningzhou", asked, wired.ports.clock(), None)
        assert facts.knows_payments
        assert len(facts.visits) > 5
    for path in ("figures", "figures/review", "scorecards", "promises"):
        assert visitor.get(f"/ningzhou/{path}").status_code == 200
    promises = wired.stories.promises("ningzhou", span.first, span.last, on, None)
    assert {one.status for one in promises} >= {"kept", "broken"}


def test_hardly_anybody_was_not_contacted_before_the_day(wired: Wired, demo: Demo) -> None:
    plan = wired.store.plan("ningzhou", date.fromisoformat(demo.told["date"])).content.plan
    silent = [one for one in plan.left_out if "not contacted" in one.detail]
    assert len(plan.served) > 3 * len(silent)


def test_it_takes_no_list_of_real_people(demo: Demo, tmp_path: Path) -> None:
    real, made_up = tmp_path / "real.csv", tmp_path / "made_up.csv"
    row = "合同号,姓名,家庭地址\n{},张三,东河路18号\n"
    real.write_text(row.format("HT-1"), encoding="utf-8")
    made_up.write_text(row.format("DEMO-9"), encoding="utf-8")
    refused = dayround(demo.home, "import", "cases", real)
    assert isinstance(refused.exception, RealPeopleError)
    assert "dayround init" in str(refused.exception)
    assert "1 new" in dayround(demo.home, "import", "cases", made_up).stdout


def test_it_leaves_another_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear Ms Li", encoding="utf-8")
    assert dayround(tmp_path, "demo", *TRIFLE, "--no-serve").exit_code == 1
    assert (tmp_path / "letter.txt").exists()


@pytest.mark.parametrize(
    ("now", "on"),
    [
        # 17:00 on a Saturday in Greenwich is one o'clock of Sunday in Shanghai.
        (datetime(2026, 11, 21, 17, tzinfo=UTC), date(2026, 11, 22)),
        # The Spring Festival of 2026 begins on 17 February: 16 to 19 are kept free.
        (datetime(2026, 2, 15, 9, tzinfo=UTC), date(2026, 2, 15)),
        (datetime(2026, 2, 16, 9, tzinfo=UTC), date(2026, 2, 20)),
        (datetime(2026, 2, 19, 9, tzinfo=UTC), date(2026, 2, 20)),
    ],
)
def test_it_plans_the_towns_today_unless_the_day_is_kept_free(now: datetime, on: date) -> None:
    assert day_of_visits(now) == on


def test_a_port_that_is_taken_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert next_free_port(port) > port
    assert next_free_port(free_port()) > 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_ctrl_c_and_the_systems_own_way_end_it_well(demo: Demo) -> None:
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(START_S) == 0
    with served(demo.home, free_port()) as again:
        again.terminate()
        assert again.wait(START_S) == 0


def read_json(lines: Any) -> bytes:
    """Return the first whole JSON of a stream that stays open: it ends with a brace alone."""
    found = []
    for line in lines:
        found.append(line)
        if line.rstrip() == b"}":
            break
    return b"".join(found)
