"""Robots of groups: where they are kept, what each is told, and a service that fails."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import gaierror
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit

import pytest

from data.robots.kept import FILE, Robot, RobotError, RobotKind, Robots
from data.robots.messages import message
from data.robots.sending import PAUSES_S, Sender, words
from data.store import SqlStore
from scheduler.ports import By
from tests.data.world import NOON, TOWN

ADA = By("ada", NOON)
AT_S = 1_599_360_473.25
HOOKS = {
    RobotKind.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=KEY-IN-IT",
    RobotKind.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=KEY-IN-IT",
    RobotKind.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/KEY-IN-IT",
}
SAID = "Your day has changed."


def robot(kind: RobotKind, **more: Any) -> Robot:
    return Robot(kind, HOOKS[kind], language="en", **more)


def test_wecom_and_dingtalk_are_told_a_text() -> None:
    for kind in (RobotKind.WECOM, RobotKind.DINGTALK):
        made = message(robot(kind), AT_S)
        assert json.loads(made.body) == {"msgtype": "text", "text": {"content": SAID}}
        assert made.address == HOOKS[kind]


def test_dingtalk_signs_milliseconds_in_the_address() -> None:
    made = message(robot(RobotKind.DINGTALK, secret="SEC1"), AT_S)
    query = parse_qs(urlsplit(made.address).query)
    # Under the secret, of "1599360473250\nSEC1", as DingTalk says.
    own = hmac.new(b"SEC1", b"1599360473250\nSEC1", hashlib.sha256).digest()
    assert query["timestamp"] == ["1599360473250"]
    assert query["sign"] == [base64.b64encode(own).decode()]
    assert query["access_token"] == ["KEY-IN-IT"]


def test_feishu_signs_seconds_in_the_body() -> None:
    told = json.loads(message(robot(RobotKind.FEISHU, secret="s"), AT_S).body)
    # Of nothing, under "1599360473\ns", as Feishu says.
    own = hmac.new(b"1599360473\ns", b"", hashlib.sha256).digest()
    assert told == {
        "msg_type": "text",
        "content": {"text": SAID},
        "timestamp": "1599360473",
        "sign": base64.b64encode(own).decode(),
    }
    assert "sign" not in json.loads(message(robot(RobotKind.FEISHU), AT_S).body)


def test_nothing_else_is_said_but_a_link_that_was_asked_for() -> None:
    linked = replace(robot(RobotKind.WECOM, link="https://desk.lan/"), language="zh")
    told = json.loads(message(linked, AT_S).body)
    assert told["text"]["content"] == "您的日程有变动。 https://desk.lan/"


def test_a_robot_is_kept_for_the_owner_and_told_to_nobody(store: SqlStore, tmp_path: Path) -> None:
    robots = Robots(tmp_path, {})
    with store.writing(ADA) as writer:
        writer.put_city(TOWN)
        robots.put(writer, ADA, "Town", robot(RobotKind.FEISHU, secret="SIGNS-IT"))
    found = robots.of("Town")
    assert found is not None
    assert (found.webhook, found.secret, found.said_by) == (HOOKS[found.kind], "SIGNS-IT", "ada")
    told = [repr(event) for event in store.events()] + [repr(found)]
    assert any("city.robot" in one for one in told)
    assert not any("KEY-IN-IT" in one or "SIGNS-IT" in one for one in told)
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    with store.writing(ADA) as writer:
        robots.remove(writer, "Town")
    assert robots.of("Town") is None
    assert "KEY-IN-IT" not in (tmp_path / FILE).read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folder so itself")
def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{}", encoding="utf-8")
    (tmp_path / FILE).chmod(0o644)
    with pytest.raises(RobotError, match="others can read"):
        Robots(tmp_path).of("Town")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"webhook": "http://qyapi.weixin.qq.com/x?key=KEY-IN-IT"}, "no https address"),
        ({"webhook": "https://evil.example/?key=KEY-IN-IT"}, "of another server"),
        ({"webhook": "https://x:y/KEY-IN-IT"}, "no address"),
        ({"webhook": ""}, "no https address"),
        ({"secret": "KEY-IN-IT"}, "signs nothing"),
        ({"link": "javascript:alert(1)"}, "link is no https"),
    ],
)
def test_what_cannot_be_a_robot_is_refused_without_its_address(
    store: SqlStore, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    wrong = replace(robot(RobotKind.WECOM), **changes)
    with store.writing(ADA) as writer, pytest.raises(RobotError, match=said) as caught:
        Robots(tmp_path, {}).put(writer, ADA, "Town", wrong)
    assert "KEY-IN-IT" not in str(caught.value)


# A service on this machine


@dataclass
class Service:
    """Answers what it is told to, and keeps what it was sent."""

    answers: list[tuple[int, Any]]
    sent: list[Any] = field(default_factory=list)
    url: str = ""

    def robot(self, kind: RobotKind = RobotKind.DINGTALK) -> Robot:
        return Robot(kind, f"{self.url}/robot?key=KEY-IN-IT", language="en")


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service([])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.sent.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            status, told = made.answers.pop(0)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"{made.url}/elsewhere")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()


def sender(rests: list[float]) -> Sender:
    return Sender(clock=lambda: AT_S, rest=rests.append, timeout_s=2)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (RobotKind.WECOM, {"errcode": 0, "errmsg": "ok"}),
        (RobotKind.DINGTALK, {"errcode": 0, "errmsg": "ok"}),
        (RobotKind.FEISHU, {"code": 0, "msg": "success", "data": {}}),
        (RobotKind.FEISHU, {"StatusCode": 0, "StatusMessage": "success"}),
    ],
)
def test_a_message_arrives_once(service: Service, kind: RobotKind, answer: Any) -> None:
    service.answers, rests = [(200, answer)], list[float]()
    assert sender(rests).send(service.robot(kind)) == 1
    assert (len(service.sent), rests) == (1, [])


def test_a_service_that_is_ill_is_asked_a_few_times(service: Service) -> None:
    service.answers, rests = [(502, {}), (429, {}), (200, {"errcode": 0})], list[float]()
    assert sender(rests).send(service.robot()) == 3
    assert rests == list(PAUSES_S)
    service.answers = [(502, {})] * 9
    with pytest.raises(RobotError, match="could not be reached: status 502") as caught:
        sender(rests).send(service.robot())
    assert len(service.sent) == 6  # three tries and no more
    assert "KEY-IN-IT" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, {"errcode": 310000, "errmsg": "sign not match KEY-IN-IT"}), "code 310000"),
        ((200, {"errcode": 310000}), "code 310000: its security settings: signature, keyword"),
        ((200, {"errcode": 40035}), "code 40035$"),
        ((200, []), "code no code"),
        ((404, {}), "status 404"),
        ((302, {}), "status 302"),
    ],
)
def test_what_is_refused_is_not_tried_again(service: Service, answer: Any, said: str) -> None:
    service.answers = [answer] * 3
    with pytest.raises(RobotError, match=said) as caught:
        sender([]).send(service.robot())
    assert len(service.sent) == 1
    assert "KEY-IN-IT" not in str(caught.value)


def test_a_server_that_is_not_found_is_told_in_words() -> None:
    assert words(URLError(gaierror(-2, "KEY-IN-IT"))) == "this machine finds no such server"


def test_nobody_at_home_tells_no_address() -> None:
    nobody = Robot(RobotKind.WECOM, "http://127.0.0.1:9/KEY-IN-IT")
    with pytest.raises(RobotError, match="could not be reached: ConnectionRefusedError") as caught:
        sender([]).send(nobody)
    assert "KEY-IN-IT" not in str(caught.value)
