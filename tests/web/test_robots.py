"""A group that is told: by publishing a changed day, as a job, and never in publishing's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.home import Home
from data.jobs import JobKind, JobState
from data.robots.kept import FILE, Robot, RobotError, RobotKind, Robots
from data.robots.sending import Sender
from tests.data.world import ALICE, NOON, TODAY
from tests.web.conftest import Run
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import Visitor, World
from tests.web.programs import DAY, plan_day_of, program
from web.jobs import work

HOOK = "https://oapi.dingtalk.com/robot/send?access_token=KEY-IN-IT"
ROBOT = "/settings/cities/Town/robot"


def switch_on(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        made = Robot(RobotKind.DINGTALK, HOOK, "SIGNS-IT")
        Robots(world.wired.home.path).put(writer, ALICE, "Town", made)


def publish(world: World) -> None:
    mine, path = program(world), f"{DAY}/plans/{plan_day_of(world)}"
    done = mine.post(f"{path}/publish", If_Match=mine.get(path).headers["ETag"])
    assert done.status_code == 200, done.text


def test_a_changed_day_that_is_published_puts_a_message_into_the_queue(world: World) -> None:
    switch_on(world)
    publish(world)  # the day had been published before, see tests/web/pages.py
    job = world.wired.jobs.newest("Town", TODAY, JobKind.ROBOT)
    assert job is not None
    assert (job.state, dict(job.parameters)) == (JobState.QUEUED, {})
    assert world.wired.jobs.alive("Town", TODAY) is None  # it is in nobody's way


def test_a_day_that_is_taken_back_is_told_too(world: World) -> None:
    switch_on(world)
    mine, path = program(world), f"{DAY}/plans/1"  # published, see tests/web/pages.py
    etag = mine.get(path).headers["ETag"]
    assert mine.post(f"{path}/take-back", {"reason": "flood"}, If_Match=etag).status_code == 200
    job = world.wired.jobs.newest("Town", TODAY, JobKind.ROBOT)
    assert job is not None
    assert job.state is JobState.QUEUED


def test_no_robot_no_message(world: World) -> None:
    publish(world)
    assert world.wired.jobs.newest("Town", TODAY, JobKind.ROBOT) is None


def test_a_robot_that_fails_is_told_on_the_desk(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_on(world)
    publish(world)

    def refuse(*_: object) -> int:
        raise RobotError("the dingtalk robot refused the message: code 310000")

    monkeypatch.setattr(Sender, "send", refuse)
    job = world.wired.jobs.claim("r1", NOON)
    assert job is not None
    ended = work.work(world.wired.home.path, job.id, "r1")
    assert ended.state is JobState.FAILED
    world.wired.jobs.finish(job.id, "r1", ended, NOON)
    page = world.visitor("dora", **{"Accept-Language": "en"}).page(f"/Town/{TODAY}/")
    assert "refused the message: code 310000" in page
    assert "KEY-IN-IT" not in page


def test_the_work_sends_what_is_on_by_then(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Robot] = []

    def send(_: Sender, robot: Robot) -> int:
        sent.append(robot)
        return 1

    monkeypatch.setattr(Sender, "send", send)
    for expected in (0, 1):
        id = world.wired.jobs.add(JobKind.ROBOT, "Town", TODAY, ALICE).id
        world.wired.jobs.claim("r1", NOON)
        ended = work.work(world.wired.home.path, id, "r1")
        world.wired.jobs.finish(id, "r1", ended, NOON)
        assert (ended.state, ended.result) == (JobState.DONE, {"tries": expected})
        switch_on(world)
    assert [one.webhook for one in sent] == [HOOK]


# The settings' page


@pytest.fixture
def ada(world: World) -> Visitor:
    return world.visitor("ada", **{"Accept-Language": "en"})


def test_an_administrator_switches_it_on_and_off_and_reads_no_webhook(
    world: World, ada: Visitor
) -> None:
    form = {"kind": "dingtalk", "webhook": HOOK, "secret": "SIGNS-IT", "language": "en"}
    assert ada.post(ROBOT, form).status_code == 302
    page = ada.page(ROBOT)
    assert "Your day has changed." in page
    assert "KEY-IN-IT" not in page
    assert "SIGNS-IT" not in page
    assert ada.post(f"{ROBOT}/try").status_code == 302
    assert "A try is under way." in ada.page(ROBOT)
    assert ada.post(ROBOT, {"act": "off"}).status_code == 302
    assert "No group is told anything." in ada.page(ROBOT)


def test_what_is_no_robot_is_said_beside_the_form(ada: Visitor) -> None:
    answer = ada.post(ROBOT, {"kind": "wecom", "webhook": HOOK})
    assert answer.status_code == 400
    assert "of another server" in answer.text
    assert "KEY-IN-IT" not in answer.text
    assert "choose whose robot" in ada.post(ROBOT, {"webhook": HOOK}).text


@pytest.mark.parametrize("name", ["dora", "nora", "alice", "nemo"])
def test_it_is_for_administrators(world: World, name: str) -> None:
    visitor = world.visitor(name)
    assert visitor.get(ROBOT).status_code == 403
    assert visitor.post(ROBOT, {"act": "off"}).status_code == 403


def test_the_command_asks_for_the_webhook(desk: Run, tmp_path: Path) -> None:
    assert "has no robot" in desk("robot", "show").output
    desk("robot", "on", "feishu", "--language", "en", expect=1)  # nothing was typed
    with_one = Robots(Home(tmp_path / "home").path)
    assert with_one.of("dong") is None
    assert not (tmp_path / "home" / FILE).exists()
    desk("robot", "off")
    desk("robot", "try", expect=1)
