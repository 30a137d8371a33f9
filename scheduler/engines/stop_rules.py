"""When a search ends: callables that answer how far it has come, 0 … 1, and 1 at the end.

They count what they are asked, so that each is for one search. A wall clock is passed in; the
scheduler has none of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from scheduler.engines.base import StopRule


class Iterations:
    """Ends after the rule was asked `most` times; the same search then ends the same way."""

    def __init__(self, most: int) -> None:
        if most < 0:
            raise ValueError(f"{most} iterations cannot be made; give 0 or more")
        self._most = most
        self._asked = 0

    def __call__(self) -> float:
        self._asked += 1
        return min(1.0, (self._asked - 1) / self._most) if self._most else 1.0


class Elapsed:
    """Ends `seconds` after the rule was first asked, by `clock`, which answers seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        if seconds < 0:
            raise ValueError(f"a search of {seconds} s cannot be made; give 0 or more")
        self._seconds = seconds
        self._clock = clock
        self._began: float | None = None

    def __call__(self) -> float:
        now = self._clock()
        if self._began is None:
            self._began = now
        return min(1.0, (now - self._began) / self._seconds) if self._seconds else 1.0


class Cancelled:
    """Ends where `is_cancelled` says so; else goes by `rule`."""

    def __init__(self, rule: StopRule, is_cancelled: Callable[[], bool]) -> None:
        self._rule = rule
        self._is_cancelled = is_cancelled

    def __call__(self) -> float:
        return 1.0 if self._is_cancelled() else self._rule()


class Begun:
    """Goes by `rule`, but does not end where it is asked first: a first plan is made."""

    def __init__(self, rule: StopRule) -> None:
        self._rule = rule
        self._has_begun = False

    def __call__(self) -> float:
        share = self._rule()
        if self._has_begun:
            return share
        self._has_begun = True
        return 0.0


class AnyOf:
    """Ends where the first of `rules` does."""

    def __init__(self, *rules: StopRule) -> None:
        self._rules = _some(rules)

    def __call__(self) -> float:
        return max([rule() for rule in self._rules])


class AllOf:
    """Ends where the last of `rules` does."""

    def __init__(self, *rules: StopRule) -> None:
        self._rules = _some(rules)

    def __call__(self) -> float:
        return min([rule() for rule in self._rules])


def _some(rules: tuple[StopRule, ...]) -> tuple[StopRule, ...]:
    if not rules:
        raise ValueError("no stop rule given; give at least one")
    return rules
