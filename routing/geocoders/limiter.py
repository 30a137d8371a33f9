"""How often a service is asked: at a rate, within a quota, and not while it wants its rest.

geopy's own limiter sleeps for answers that were kept, knows no quota and no Retry-After, and
forgets all of it at the end of a process. What is remembered here lies in a `Ledger`, so that all
processes of a home share one rate, and one quota, for a key.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from time import sleep as sleep_s
from typing import Protocol, TypeVar

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from routing.units import DAY_S, HOUR_S, HOURS_A_DAY

T = TypeVar("T")

LONGEST_PAUSE_S = float(DAY_S)
"""No service is put off for longer, whatever it says."""

FOR_NOTHING = (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
)
"""What the next question would be answered too: a quota, a key."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a service may be asked, and how it is treated when it fails.

    Parameters
    ----------
    every_s
        From one question to the next, at least.
    a_day
        Questions in any 24 hours, at most.
    patience_s
        For one turn: where it is farther away, the address goes without this service.
    tries
        How often a question is put whose failure may pass.
    pause_s
        Before the second try, on average; each further pause is twice as long.
    most_failures
        In a row, after which the service is left alone.
    rest_s
        For how long.
    """

    every_s: float
    a_day: int
    patience_s: float = 20.0
    tries: int = 3
    pause_s: float = 1.0
    most_failures: int = 5
    rest_s: float = 600.0


@dataclass(slots=True)
class Account:
    """What is remembered of a service: seconds since 1970, and questions by the hour."""

    next_at: float = 0.0
    failures: int = 0
    spent: dict[int, int] = field(default_factory=dict)

    def spent_of_late(self, now: float) -> int:
        """Return the questions of the last 24 hours, and of the hour in which they began."""
        first = int(now // HOUR_S) - HOURS_A_DAY
        self.spent = {hour: count for hour, count in self.spent.items() if hour >= first}
        return sum(self.spent.values())

    def put_off(self, until: float) -> None:
        self.next_at = max(self.next_at, until)


class Ledger(Protocol):
    """Where accounts are kept."""

    def account(self, name: str) -> AbstractContextManager[Account]:
        """Lend an account to one borrower at a time; what it changes is kept."""
        ...


class NotAskedError(GeocoderUnavailable):  # type: ignore[misc]  # geopy has no types
    """A service that was not asked: its quota is used up, or it has to be left alone."""


class Limiter:
    """Puts questions to one service, as its limits allow.

    Parameters
    ----------
    account
        The name of its account in the ledger.
    clock
        Tells the present, aware.
    sleep
        Waits so many seconds.
    chance
        Tells a number from 0 to 1: pauses vary, so that two who were refused at once do not both
        come back at once.
    """

    def __init__(
        self,
        account: str,
        limits: Limits,
        ledger: Ledger,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None] = sleep_s,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._name, self._limits, self._ledger = account, limits, ledger
        self._clock, self._sleep, self._chance = clock, sleep, chance

    def ask(self, question: Callable[[], T]) -> T:
        """Return the answer to a question, which is put again where its failure may pass.

        Raises
        ------
        NotAskedError
            Where there is no turn soon.
        geopy.exc.GeocoderServiceError
            As the last try ended.
        """
        for tried in range(1, self._limits.tries + 1):
            self._await_turn()
            try:
                answer = question()
            except GeocoderServiceError as error:
                if not self._may_pass(error, tried) or tried == self._limits.tries:
                    raise
            else:
                with self._ledger.account(self._name) as account:
                    account.failures = 0
                return answer
        raise AssertionError("the last try returns or raises")

    def _await_turn(self) -> None:
        """Take the next turn, and wait for it."""
        with self._ledger.account(self._name) as account:
            now = self._now()
            at = max(now, account.next_at)
            if account.spent_of_late(now) >= self._limits.a_day:
                raise NotAskedError(f"{self._limits.a_day:,} questions in 24 hours are spent")
            if at - now > self._limits.patience_s:
                raise NotAskedError("it is left alone for a while")
            account.next_at = at + self._limits.every_s
            hour = int(at // HOUR_S)
            account.spent[hour] = account.spent.get(hour, 0) + 1
        if (left_s := at - self._now()) > 0:
            self._sleep(left_s)

    def _may_pass(self, error: GeocoderServiceError, tried: int) -> bool:
        """Put the service off for as long as its failure asks; tell whether to ask it again."""
        if isinstance(error, GeocoderQueryError):
            return False  # the question was wrong, not the service
        with self._ledger.account(self._name) as account:
            now = self._now()
            account.failures += 1
            if isinstance(error, GeocoderRateLimited):
                told_s = error.retry_after
                wait_s = (
                    self._pause_s(tried) if told_s is None else min(float(told_s), LONGEST_PAUSE_S)
                )
            elif isinstance(error, FOR_NOTHING):
                wait_s = self._limits.rest_s
            else:
                wait_s = self._pause_s(tried)
            if account.failures >= self._limits.most_failures:
                account.failures = 0
                wait_s = max(wait_s, self._limits.rest_s)
            account.put_off(now + wait_s)
        passing = (GeocoderRateLimited, GeocoderTimedOut, GeocoderUnavailable)
        return isinstance(error, passing) and wait_s <= self._limits.patience_s

    def _pause_s(self, tried: int) -> float:
        """Return a pause about `pause_s`, and twice as long with each try."""
        return self._limits.pause_s * 2.0 ** (tried - 1) * (0.5 + self._chance())

    def _now(self) -> float:
        return self._clock().timestamp()
