"""What a robot is told, as each of the three wants it; signed where a secret is set.

WeCom: https://developer.work.weixin.qq.com/document/path/91770; DingTalk: https://open.dingtalk.com/
document/robots/custom-robot-access; Feishu: https://open.feishu.cn/document/client-docs/bot-v3/
add-custom-bot. Their pages are not reachable from here; seen in November 2026 in copies and in
public programs that use them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from data.robots.kept import Robot, RobotKind

TEXTS = {"en": "Your day has changed.", "zh": "您的日程有变动。"}
"""All that is ever said: no name, no number, nothing of anybody."""


@dataclass(frozen=True, slots=True)
class Message:
    """An address and the JSON for it. Neither is in a repr."""

    address: str
    body: bytes

    def __repr__(self) -> str:
        return "Message()"


def message(robot: Robot, at_s: float) -> Message:
    """Return the message for a robot, signed at an instant (seconds since 1970)."""
    text = TEXTS.get(robot.language, TEXTS["en"])
    return WRITERS[robot.kind](robot, f"{text} {robot.link}".strip(), at_s)


def of_wecom(robot: Robot, text: str, _: float) -> Message:
    return Message(robot.webhook, as_json({"msgtype": "text", "text": {"content": text}}))


def of_dingtalk(robot: Robot, text: str, at_s: float) -> Message:
    """Sign the milliseconds and the secret, by a line each, under the secret; in the address."""
    body, address = as_json({"msgtype": "text", "text": {"content": text}}), robot.webhook
    if robot.secret:
        stamp = str(round(at_s * 1000))
        told = f"{stamp}\n{robot.secret}".encode()
        sign = signed(robot.secret.encode(), told)
        joint = "&" if "?" in address else "?"
        address = f"{address}{joint}timestamp={stamp}&sign={quote_plus(sign)}"
    return Message(address, body)


def of_feishu(robot: Robot, text: str, at_s: float) -> Message:
    """Sign nothing, under the seconds and the secret, by a line each; in the body."""
    told: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if robot.secret:
        stamp = str(int(at_s))
        told |= {"timestamp": stamp, "sign": signed(f"{stamp}\n{robot.secret}".encode(), b"")}
    return Message(robot.webhook, as_json(told))


def signed(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def as_json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def refusal(kind: RobotKind, answer: Mapping[str, Any]) -> str:
    """Return the code by which a robot refuses a message; '' where it took it."""
    names = ("code", "StatusCode") if kind is RobotKind.FEISHU else ("errcode",)
    codes = [answer[name] for name in names if name in answer]
    if not codes:
        return "no code"
    return "" if codes[0] == 0 else str(codes[0])[:40]


MEANT: Mapping[tuple[RobotKind, str], str] = {
    (RobotKind.WECOM, "93000"): "there is no such webhook, copy it again",
    (RobotKind.WECOM, "45009"): "more than 20 messages in a minute",
    (RobotKind.DINGTALK, "310000"): "its security settings: signature, keyword or server",
    (RobotKind.FEISHU, "19021"): "the secret, or the clock of this server, is wrong",
}
"""What codes of refusals mean, as far as they were seen; with others the code alone is told."""


WRITERS: Mapping[RobotKind, Callable[[Robot, str, float], Message]] = {
    RobotKind.WECOM: of_wecom,
    RobotKind.DINGTALK: of_dingtalk,
    RobotKind.FEISHU: of_feishu,
}
