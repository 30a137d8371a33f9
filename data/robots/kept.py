"""Which city has a robot: in `robots.json` of the home, for the owner's eyes alone.

A webhook is a password: whoever has it writes to the group. It is in no backup, no event, no log
and on no page; who looks a robot up is told its kind and by whom it was switched on.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from data.home import make_private
from scheduler.errors import DayroundError
from scheduler.ports import By, Writer

FILE = "robots.json"
HOSTS_NAMED_BY = "DAYROUND_ROBOT_HOSTS"
EVENT = "city.robot"
LOCAL = ("127.0.0.1", "localhost", "::1")
OPEN_TO_OTHERS = "others can read robots.json in the home: let its owner alone read it"
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class RobotError(DayroundError, ValueError):
    """A robot that cannot be switched on, or a file of robots that is not understood."""


class RobotKind(StrEnum):
    """Whose robot it is."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


HOSTS: Mapping[RobotKind, tuple[str, ...]] = {
    RobotKind.WECOM: ("qyapi.weixin.qq.com",),
    RobotKind.DINGTALK: ("oapi.dingtalk.com",),
    RobotKind.FEISHU: ("open.feishu.cn", "open.larksuite.com"),
}
"""Where each is asked; a lender's own relay is named by `DAYROUND_ROBOT_HOSTS`."""

SIGNED = (RobotKind.DINGTALK, RobotKind.FEISHU)
"""Those whose messages can be signed."""


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot of a group; `secret` signs where its group asks for that.

    `language` is that of the message; `link` an address of ours that it ends with, '' for none.
    """

    kind: RobotKind
    webhook: str = field(repr=False)
    secret: str = field(default="", repr=False)
    language: str = "zh"
    link: str = ""
    said_by: str = ""
    said_at: str = ""


@dataclass(frozen=True)
class Robots:
    """The robots of a home, by city."""

    home: Path
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    def of(self, city: str) -> Robot | None:
        """Return a city's robot; None where nobody has switched one on.

        Raises
        ------
        RobotError
            Where others can read the file, or it is not understood.
        """
        told = self._read().get(city)
        if told is None:
            return None
        try:
            return Robot(**{**told, "kind": RobotKind(told["kind"])})
        except (TypeError, ValueError, KeyError):
            raise RobotError("robots.json is not understood: switch the robot on again") from None

    def put(self, writer: Writer, by: By, city: str, robot: Robot) -> None:
        """Switch a robot on; RobotError where its address cannot be one."""
        refuse_faults(robot, self._hosts(robot.kind))
        kept = replace(robot, said_by=by.actor, said_at=plain(by.at))
        self._write({**self._read(), city: asdict(kept)})
        told = {"kind": robot.kind.value, "language": robot.language, "link": bool(robot.link)}
        writer.note(EVENT, city, city=city, after=told)

    def remove(self, writer: Writer, city: str) -> None:
        """Switch a city's robot off; where there is none, nothing happens."""
        kept = self._read()
        if kept.pop(city, None) is not None:
            self._write(kept)
            writer.note(EVENT, city, city=city, after={"kind": ""})

    def _hosts(self, kind: RobotKind) -> tuple[str, ...]:
        own = self.environ.get(HOSTS_NAMED_BY, "").split(",")
        return (*HOSTS[kind], *filter(None, map(str.strip, own)))

    def _read(self) -> dict[str, Any]:
        try:
            with (self.home / FILE).open("rb") as opened:
                if os.name != "nt" and os.fstat(opened.fileno()).st_mode & OF_OTHERS:
                    raise RobotError(OPEN_TO_OTHERS)
                told = json.load(opened)
        except FileNotFoundError:
            return {}
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise RobotError("robots.json is not understood: switch the robots on again") from None
        return told if isinstance(told, dict) else {}

    def _write(self, robots: Mapping[str, Any]) -> None:
        new = self.home / f".{FILE}.new"
        new.unlink(missing_ok=True)
        new.touch(stat.S_IRUSR | stat.S_IWUSR)
        make_private(new)
        new.write_text(json.dumps(robots, ensure_ascii=False), encoding="utf-8")
        new.replace(self.home / FILE)


def plain(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def refuse_faults(robot: Robot, hosts: tuple[str, ...]) -> None:
    """Raise RobotError where a robot's address is none of its kind; the address is not told."""
    told = split(robot.webhook)
    is_near = told.hostname in LOCAL
    if told.scheme != "https" and not (told.scheme == "http" and is_near):
        raise RobotError("the webhook is no https address: copy it from the group's settings")
    if told.hostname not in hosts:
        there = ", ".join(hosts)
        raise RobotError(f"the webhook is of another server; a {robot.kind} robot's is: {there}")
    if robot.secret and robot.kind not in SIGNED:
        raise RobotError(f"a {robot.kind} robot signs nothing: leave its secret empty")
    if robot.link and split(robot.link).scheme != "https":
        raise RobotError("the link is no https address")


def split(address: str) -> SplitResult:
    try:
        found = urlsplit(address.strip())
        _ = found.port  # which raises where it is none
    except ValueError:
        raise RobotError("the webhook is no address") from None
    return found
