"""Locks narrow a problem; what cannot be kept is refused in words."""

from __future__ import annotations

import pytest

from scheduler.locks import LockError, apply_locks
from scheduler.problem import Lock, Problem
from tests.problems import ALL_DAY, HOUR_S, crew, on_a_line, option, visit

NINE_S = 9 * HOUR_S


def a_day() -> Problem:
    """Three visits, the second in the afternoon alone, the third for crew b alone."""
    afternoon = option(2, (13 * HOUR_S, 17 * HOUR_S))
    return on_a_line(
        [0, 10, 20, 30],
        [
            visit("v", option(1), afternoon),
            visit("w", afternoon),
            visit("x", option(3), allowed_crews=frozenset({"b"})),
        ],
        [crew("a"), crew("b")],
    )


def test_a_lock_makes_a_visit_required_and_names_its_crew() -> None:
    locked = apply_locks(a_day(), [Lock("v", "a")])
    v, w, _ = locked.problem.visits
    assert v.is_required
    assert v.allowed_crews == frozenset({"a"})
    assert v.options == a_day().visits[0].options
    assert not w.is_required


def test_a_locked_start_leaves_one_second_where_it_is_lawful() -> None:
    v = apply_locks(a_day(), [Lock("v", "a", start_s=NINE_S)]).problem.visits[0]
    assert [o.starts for o in v.options] == [((NINE_S, NINE_S),), ()]


def test_the_visit_that_another_comes_after_goes_to_the_same_crew() -> None:
    locked = apply_locks(a_day(), [Lock("v", "a", after="w")])
    assert locked.problem.visits[1].allowed_crews == frozenset({"a"})
    assert locked.problem.visits[1].is_required
    assert locked.keeps_order(["w", "v"])
    assert locked.keeps_order(["x"])
    assert not locked.keeps_order(["v", "w"])
    assert not locked.keeps_order(["v"])


def test_locks_applied_twice_are_the_same() -> None:
    locks = [Lock("v", "a", start_s=NINE_S), Lock("w", "b", after="x")]
    once = apply_locks(a_day(), locks).problem
    assert apply_locks(once, locks).problem.visits == once.visits


def test_no_locks_change_nothing() -> None:
    assert apply_locks(a_day(), []).problem.visits == a_day().visits


@pytest.mark.parametrize(
    ("locks", "words"),
    [
        ([Lock("nobody", "a")], "no visit 'nobody'"),
        ([Lock("v", "a", after="nobody")], "no visit 'nobody'"),
        ([Lock("v", "z")], "no crew 'z' is on shift; there are a, b"),
        ([Lock("v", "a"), Lock("v", "b")], "visit 'v' has two locks"),
        ([Lock("x", "a")], "'x' is locked to crew 'a', but only b may go"),
        ([Lock("w", "a", start_s=NINE_S)], "'w' is locked to start at second 32400"),
        ([Lock("v", "a", after="w"), Lock("w", "b")], "after visit 'w', which is locked to crew"),
        ([Lock("v", "a", after="x")], "'x' is locked to crew 'a', but only b may go"),
        ([Lock("v", "a", after="v")], "in a circle: 'v' after 'v'"),
        ([Lock("v", "a", after="w"), Lock("w", "a", after="v")], "in a circle"),
    ],
)
def test_what_cannot_be_kept_is_refused(locks: list[Lock], words: str) -> None:
    with pytest.raises(LockError, match=words):
        apply_locks(a_day(), locks)


def test_a_lock_given_twice_is_one() -> None:
    lock = Lock("v", "a", start_s=ALL_DAY[0])
    assert apply_locks(a_day(), [lock, lock]).problem.visits[0].is_required
