"""How fast a caller may ask: what is saved up while it is silent, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from math import ceil
from threading import Lock
from time import monotonic

from flask import current_app

from web.api.problems import ProblemError

PACE = "dayround_pace"
PER_S, MOST_SAVED = 20.0, 200.0
"""Requests that each caller gets a second, in each process, and how many it can save up.

A desk that is polled every two seconds takes half of one.
"""

MOST_CALLERS = 10_000


@dataclass
class Pace:
    """What callers have left, by their names."""

    per_s: float = PER_S
    most: float = MOST_SAVED
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _turn: Lock = field(default_factory=Lock)

    def wait_s(self, caller: str, at_s: float) -> float:
        """Take one request of a caller's; return 0, or how long to wait until there is one."""
        with self._turn:
            left, since_s = self._left.get(caller, (self.most, at_s))
            left = min(self.most, left + (at_s - since_s) * self.per_s)
            if left < 1:
                return (1 - left) / self.per_s
            if len(self._left) >= MOST_CALLERS:
                self._left.clear()
            self._left[caller] = (left - 1, at_s)
            return 0.0


def refuse_hasty(caller: str) -> None:
    """End the request of a caller who asks too often; 429 says when to ask again."""
    pace: Pace = current_app.extensions[PACE]
    if wait_s := pace.wait_s(caller, monotonic()):
        raise ProblemError(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too many requests: ask again when Retry-After has passed",
            headers={"Retry-After": str(ceil(wait_s))},
        )
