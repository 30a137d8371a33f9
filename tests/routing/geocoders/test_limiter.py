"""A service is asked at its rate, within its quota, and left alone when it wants its rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from hypothesis import given
from hypothesis import strategies as st

from routing.geocoders.limiter import Limiter, Limits, NotAskedError
from tests.routing.geocoders.little_ledger import LittleClock, LittleLedger


@dataclass
class Service:
    """Answers, unless the next of its errors is due; remembers when it was asked."""

    clock: LittleClock
    errors: list[Exception] = field(default_factory=list)
    asked_s: list[float] = field(default_factory=list)

    def __call__(self) -> str:
        self.asked_s.append(self.clock.passed_s)
        if self.errors:
            raise self.errors.pop(0)
        return "here"


@dataclass
class Scene:
    limits: Limits
    clock: LittleClock = field(default_factory=LittleClock)
    ledger: LittleLedger = field(default_factory=LittleLedger)
    chance: Callable[[], float] = lambda: 0.5

    def __post_init__(self) -> None:
        self.service = Service(self.clock)

    def ask(self) -> str:
        """Ask as a new process would: what counts is in the ledger alone."""
        limiter = Limiter(
            "amap", self.limits, self.ledger, self.clock, self.clock.sleep, self.chance
        )
        return limiter.ask(self.service)


def scene(every_s: float = 1.0, a_day: int = 1_000, **more: float) -> Scene:
    return Scene(Limits(every_s, a_day, **more))  # type: ignore[arg-type]


def test_the_first_question_waits_for_nobody_and_the_next_for_its_turn() -> None:
    here = scene(every_s=2)
    assert [here.ask() for _ in range(3)] == ["here"] * 3
    assert here.service.asked_s == [0, 2, 4]


def test_time_that_has_passed_is_not_slept_again() -> None:
    here = scene(every_s=2)
    here.ask()
    here.clock.at += timedelta(seconds=5)
    here.ask()
    assert here.clock.slept_s == []


@given(
    every_s=st.floats(0.01, 10),
    a_day=st.integers(1, 20),
    pauses_s=st.lists(st.floats(0, 40_000), max_size=60),
    failing=st.lists(st.sampled_from([None, GeocoderTimedOut, GeocoderUnavailable]), max_size=30),
    chance=st.floats(0, 1),
)
def test_rate_and_quota_are_never_exceeded(
    every_s: float,
    a_day: int,
    pauses_s: list[float],
    failing: list[type[Exception] | None],
    chance: float,
) -> None:
    here = Scene(Limits(every_s, a_day), chance=lambda: chance)
    for number, pause_s in enumerate(pauses_s):
        here.clock.at += timedelta(seconds=pause_s)
        error = failing[number] if number < len(failing) else None
        here.service.errors = [error("no")] if error else []
        try:
            here.ask()
        except GeocoderServiceError:
            here.service.errors = []
    asked_s = here.service.asked_s
    # A clock of microseconds rounds each reading.
    assert all(later - earlier >= every_s - 1e-5 for earlier, later in pairwise(asked_s))
    for first in asked_s:
        assert sum(first <= at < first + 86_400 for at in asked_s) <= a_day


def test_a_quota_that_is_spent_comes_back_after_a_day() -> None:
    here = scene(a_day=2)
    here.ask()
    here.ask()
    with pytest.raises(NotAskedError, match="2 questions in 24 hours are spent"):
        here.ask()
    here.clock.at += timedelta(hours=23)
    with pytest.raises(NotAskedError):
        here.ask()
    here.clock.at += timedelta(hours=2)
    assert here.ask() == "here"


@pytest.mark.parametrize(("chance", "pauses_s"), [(0.0, [0.5, 1.0]), (1.0, [1.5, 3.0])])
def test_what_may_pass_is_asked_again_after_pauses_that_grow_and_vary(
    chance: float, pauses_s: list[float]
) -> None:
    here = scene(every_s=0.001)
    here.chance = lambda: chance
    here.service.errors = [GeocoderTimedOut("slow"), GeocoderUnavailable("500")]
    assert here.ask() == "here"
    first, second, third = here.service.asked_s
    assert [second - first, third - second] == pytest.approx(pauses_s, abs=0.01)


def test_the_last_try_is_told() -> None:
    here = scene(tries=2)
    here.service.errors = [GeocoderUnavailable("one"), GeocoderTimedOut("two")]
    with pytest.raises(GeocoderTimedOut, match="two"):
        here.ask()
    assert len(here.service.asked_s) == 2


def test_retry_after_is_honoured_where_there_is_time_for_it() -> None:
    here = scene(every_s=1, patience_s=20)
    here.service.errors = [GeocoderRateLimited("busy", retry_after=7)]
    assert here.ask() == "here"
    assert here.service.asked_s == [0, 7]


def test_a_longer_retry_after_is_honoured_by_going_without_the_service() -> None:
    here = scene(patience_s=20)
    here.service.errors = [GeocoderRateLimited("busy", retry_after=3_600)]
    with pytest.raises(GeocoderRateLimited):
        here.ask()
    here.clock.at += timedelta(minutes=50)
    with pytest.raises(NotAskedError):
        here.ask()
    here.clock.at += timedelta(minutes=10)
    assert here.ask() == "here"
    assert here.service.asked_s == [0, 3_600]


def test_no_service_is_put_off_for_years() -> None:
    here = scene()
    here.service.errors = [GeocoderRateLimited("busy", retry_after=10**9)]
    with pytest.raises(GeocoderRateLimited):
        here.ask()
    here.clock.at += timedelta(hours=24)
    assert here.ask() == "here"


@pytest.mark.parametrize("kind", [GeocoderAuthenticationFailure, GeocoderQuotaExceeded])
def test_what_the_next_would_hear_too_is_not_asked_again_at_once(kind: type[Exception]) -> None:
    here = scene(rest_s=600)
    here.service.errors = [kind("no")]
    with pytest.raises(kind):
        here.ask()
    with pytest.raises(NotAskedError, match="left alone"):
        here.ask()
    assert len(here.service.asked_s) == 1
    here.clock.at += timedelta(seconds=600)
    assert here.ask() == "here"


def test_a_wrong_question_puts_nobody_off() -> None:
    here = scene(every_s=1)
    for _ in range(9):
        here.service.errors = [GeocoderQueryError("what?")]
        with pytest.raises(GeocoderQueryError):
            here.ask()
    assert here.ask() == "here"
    assert here.service.asked_s == list(range(10))


def test_after_failures_in_a_row_the_service_is_left_alone() -> None:
    here = scene(every_s=1, most_failures=3, rest_s=600)
    for kind in (GeocoderParseError, GeocoderServiceError):
        here.service.errors = [kind("odd")]
        with pytest.raises(kind):
            here.ask()
    assert here.ask() == "here"  # which ends the row
    for _ in range(3):
        here.service.errors = [GeocoderParseError("odd")]
        with pytest.raises(GeocoderParseError):
            here.ask()
    with pytest.raises(NotAskedError):
        here.ask()
    here.clock.at += timedelta(seconds=600)
    assert here.ask() == "here"
