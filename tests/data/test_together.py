"""What threads ask for at once: each is answered once, with its own, whoever else fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from itertools import chain
from threading import Barrier, Event
from time import monotonic, sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.store.together import Together

WAIT_S = 20.0


class Kept:
    """Keeps numbers in turns, as a transaction would: a negative one is refused with all of it."""

    def __init__(self) -> None:
        self.turns: list[list[int]] = []
        self.held = Event()
        self.held.set()

    def keep(self, asked: Sequence[int]) -> list[int]:
        assert self.held.wait(WAIT_S)
        for one in asked:
            if one < 0:
                raise ValueError(f"{one} is negative")
        self.turns.append(list(asked))
        return [2 * one for one in asked]


def until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + WAIT_S
    while not is_so():
        assert monotonic() < end
        sleep(0.001)


def ask(together: Together[int, int], one: int) -> int | str:
    try:
        return together.ask(lambda: one)
    except ValueError as error:
        return str(error)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(-3, 9), min_size=1, max_size=12))
def test_each_is_answered_with_its_own_though_others_fail(asked: list[int]) -> None:
    kept, ready = Kept(), Barrier(len(asked))
    together = Together(kept.keep)

    def at_once(one: int) -> int | str:
        ready.wait(WAIT_S)
        return ask(together, one)

    with ThreadPoolExecutor(len(asked)) as pool:
        told = list(pool.map(at_once, asked))
    assert told == [2 * one if one >= 0 else f"{one} is negative" for one in asked]
    assert sorted(chain(*kept.turns)) == sorted(one for one in asked if one >= 0)


@pytest.mark.parametrize("refused", [(), (-1,)])
def test_who_comes_while_one_is_at_work_shares_the_next_turn(refused: tuple[int, ...]) -> None:
    kept = Kept()
    together = Together(kept.keep)
    kept.held.clear()
    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(ask, together, 0)
        until(lambda: together._turn.locked() and not together._coming)
        others = [pool.submit(ask, together, one) for one in (1, 2, 3, *refused)]
        until(lambda: together._coming == len(others))
        kept.held.set()
        assert first.result(WAIT_S) == 0
        assert [one.result(WAIT_S) for one in others[:3]] == [2, 4, 6]
    alone = [[1], [2], [3]]
    assert sorted(map(sorted, kept.turns)) == [[0], *(alone if refused else [[1, 2, 3]])]


def test_who_has_nothing_to_ask_still_does_what_others_left_to_it() -> None:
    kept, held = Kept(), Event()
    together = Together(kept.keep)

    def first() -> int:
        assert held.wait(WAIT_S)
        return 1

    def nothing() -> int:
        raise LookupError("it may bring nothing")

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(together.ask, first)
        until(together._turn.locked)
        other = pool.submit(together.ask, nothing)
        until(lambda: together._coming == 2)
        held.set()
        assert one.result(WAIT_S) == 2
        assert isinstance(other.exception(WAIT_S), LookupError)
    assert kept.turns == [[1]]


def test_nobody_prepares_beside_another() -> None:
    inside: list[int] = []

    def alone(one: int) -> int:
        inside.append(one)
        assert len(inside) == 1
        sleep(0.001)  # others would come in here
        return inside.pop()

    together = Together(Kept().keep)
    with ThreadPoolExecutor(8) as pool:
        told = pool.map(lambda one: together.ask(lambda: alone(one)), range(8))
        assert list(told) == [2 * one for one in range(8)]


def test_whoever_is_ended_amid_the_work_leaves_nobody_waiting() -> None:
    held = Event()

    def ended(_: Sequence[int]) -> list[int]:
        assert held.wait(WAIT_S)
        raise SystemExit

    together = Together(ended)
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(together.ask, lambda: 1)]
        until(lambda: together._turn.locked() and not together._coming)
        asked += [pool.submit(together.ask, lambda: 1) for _ in range(2)]
        until(lambda: together._coming == 2)
        held.set()
        errors = {type(one.exception(WAIT_S)) for one in asked}
    assert errors == {SystemExit, CancelledError}
