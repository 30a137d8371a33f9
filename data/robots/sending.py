"""Sending a robot its message: few tries, each short; what goes wrong tells no address."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from socket import gaierror
from time import sleep, time
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from data.robots.kept import Robot, RobotError
from data.robots.messages import MEANT, Message, message, refusal

TIMEOUT_S = 5.0
PAUSES_S = (2.0, 8.0)
"""Between the first try and the second, and before the third, which is the last."""

MOST_BYTES = 1 << 16


class Still(HTTPRedirectHandler):
    """Follows nobody elsewhere: the address of a group is not handed on."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Sender:
    """Sends messages; a test sets its clock and its patience."""

    clock: Callable[[], float] = time
    rest: Callable[[float], None] = sleep
    timeout_s: float = TIMEOUT_S

    def send(self, robot: Robot) -> int:
        """Send a robot its message; return how many tries it took.

        What a robot refuses is not tried again; what does not answer is, a few times.

        Raises
        ------
        RobotError
            Where it took none of them.
        """
        problem = ""
        for tries, pause_s in enumerate((0.0, *PAUSES_S), start=1):
            if pause_s:
                self.rest(pause_s)
            try:
                refused = self._post(robot, message(robot, self.clock()))
            except (URLError, HTTPException, OSError, ValueError) as error:
                problem = words(error)
                if isinstance(error, HTTPError) and error.code < 500 and error.code != 429:
                    break
                continue
            if not refused:
                return tries
            meant = MEANT.get((robot.kind, refused))
            code = f"{refused}: {meant}" if meant else refused
            raise RobotError(f"the {robot.kind} robot refused the message: code {code}")
        raise RobotError(f"the {robot.kind} robot could not be reached: {problem}")

    def _post(self, robot: Robot, told: Message) -> str:
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "dayround"}
        request = Request(told.address, told.body, headers, method="POST")
        with build_opener(Still).open(request, timeout=self.timeout_s) as answer:
            found = json.loads(answer.read(MOST_BYTES))
        return refusal(robot.kind, found if isinstance(found, dict) else {})


def words(error: Exception) -> str:
    """Return what went wrong, without what the error itself says: it may name the address."""
    if isinstance(error, HTTPError):
        return f"status {error.code}"
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, gaierror):
        return "this machine finds no such server"
    return "no answer in time" if isinstance(cause, TimeoutError) else type(cause).__name__
