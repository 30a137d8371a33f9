"""The thread that takes in what phones bring: beside the pages, all of it, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic, sleep

import pytest

from tests.web.pages import World
from web.phone.brought import taker as module
from web.phone.brought.taker import Taker

WAIT_S = 20.0


def until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + WAIT_S
    while not is_so():
        assert monotonic() < end
        sleep(0.01)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(module, "take_in_waiting", lambda *_: found.append(monotonic()))
    return found


def test_what_an_earlier_server_left_is_looked_for_at_the_start(
    world: World, calls: list[float]
) -> None:
    taker = Taker(world.app)
    taker.start()
    until(lambda: len(calls) == 1)
    taker.close()


def test_it_waits_until_all_have_come(world: World, calls: list[float]) -> None:
    taker = Taker(world.app)
    taker.start()
    until(lambda: len(calls) == 1)
    for _ in range(8):
        taker.wake()
        last = monotonic()
        sleep(module.QUIET_S / 10)
    until(lambda: len(calls) == 2)
    assert calls[1] - last >= module.QUIET_S * 0.9
    taker.close()


def test_who_comes_meanwhile_goes_before_the_next_phone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def take_in(_: object, before_each: Callable[[], None]) -> None:
        for taker_is_woken in (False, True):
            began = monotonic()
            if taker_is_woken:
                taker.wake()
            before_each()
            waited.append(monotonic() - began)

    monkeypatch.setattr(module, "take_in_waiting", take_in)
    taker = Taker(world.app)
    taker.start()
    until(lambda: len(waited) >= 2)
    taker.close()
    assert waited[0] < module.QUIET_S / 2, "nobody has come"
    assert waited[1] >= module.QUIET_S * 0.9


def test_phones_that_come_without_end_hold_nothing_up(
    world: World, calls: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 0.2)
    taker = Taker(world.app)
    taker.start()
    end = monotonic() + 1.0
    while monotonic() < end:
        taker.wake()
        sleep(module.QUIET_S / 10)
    assert len(calls) >= 2
    taker.close()


def test_a_fault_does_not_end_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    again, times = Event(), []

    def fail_once(*_: object) -> None:
        times.append(1)
        if len(times) == 1:
            raise RuntimeError("the database is away")
        again.set()

    monkeypatch.setattr(module, "take_in_waiting", fail_once)
    taker = Taker(world.app)
    taker.start()
    until(lambda: bool(times))
    taker.wake()
    assert again.wait(WAIT_S)
    taker.close()
    assert not taker._thread.is_alive()
