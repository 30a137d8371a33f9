"""Stop rules answer how far a search has come, and 1 at its end."""

from __future__ import annotations

import pytest

from scheduler.engines.base import StopRule
from scheduler.engines.stop_rules import AllOf, AnyOf, Begun, Cancelled, Elapsed, Iterations


def answers(rule: StopRule, times: int) -> list[float]:
    return [rule() for _ in range(times)]


def test_iterations_count_from_nothing_to_the_last() -> None:
    assert answers(Iterations(4), 6) == [0, 0.25, 0.5, 0.75, 1, 1]
    assert answers(Iterations(0), 1) == [1]


def test_elapsed_goes_by_the_clock_it_is_given_from_the_first_question() -> None:
    clock = iter([100.0, 102.5, 110.0, 111.0])
    assert answers(Elapsed(10, lambda: next(clock)), 4) == [0, 0.25, 1, 1]
    assert answers(Elapsed(0, lambda: 7.0), 1) == [1]


def test_a_cancelled_search_is_at_its_end() -> None:
    cancelled = False
    rule = Cancelled(Iterations(4), lambda: cancelled)
    assert answers(rule, 2) == [0, 0.25]
    cancelled = True
    assert rule() == 1


def test_what_has_begun_does_not_end_at_the_first_question() -> None:
    assert answers(Begun(Iterations(0)), 2) == [0, 1]
    assert answers(Begun(Iterations(4)), 3) == [0, 0.25, 0.5]


def test_any_ends_with_the_first_and_all_with_the_last() -> None:
    assert answers(AnyOf(Iterations(2), Iterations(4)), 3) == [0, 0.5, 1]
    assert answers(AllOf(Iterations(2), Iterations(4)), 5) == [0, 0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize("make", [AnyOf, AllOf, lambda: Iterations(-1), lambda: Elapsed(-1, int)])
def test_a_rule_that_makes_no_sense_is_refused(make: type) -> None:
    with pytest.raises(ValueError, match="give"):
        make()
