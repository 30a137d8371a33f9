"""Where a curve bends, where it pays no more, and the smallest team that is enough."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.headcount.curve import Point, break_even, knee, smallest
from scheduler.headcount.scenario import Scenario, Target


def curve(*values: float) -> list[Point]:
    return [Point(number, value) for number, value in enumerate(values)]


def test_the_knee_is_where_a_steep_line_becomes_a_flat_one() -> None:
    found = knee(curve(0, 10, 20, 30, 31, 32, 33))
    assert found is not None
    assert found.employed == 3


@pytest.mark.parametrize("values", [(0, 1, 2, 3), (0, 1, 4, 9), (5, 5), (5,), ()])
def test_a_curve_that_does_not_bend_has_no_knee(values: tuple[float, ...]) -> None:
    assert knee(curve(*values)) is None


def test_the_last_collector_who_brings_what_she_costs_is_the_break_even() -> None:
    """Each of three brings 10, 6 and 2: of a cost of 5 the second still pays."""
    assert break_even(curve(0, 10, 16, 18), cost=5) == 2
    assert break_even(curve(0, 10, 16, 18), cost=11) is None


@given(
    need=st.integers(0, 120),
    most=st.integers(0, 100),
    guess=st.integers(0, 130),
    at_once=st.integers(1, 4),
)
def test_the_smallest_team_is_found_without_sweeping(
    need: int, most: int, guess: int, at_once: int
) -> None:
    tried: list[int] = []

    def meets(counts: Sequence[int]) -> list[bool]:
        tried.extend(counts)
        return [count >= need for count in counts]

    assert smallest(meets, most, guess, at_once) == (need if need <= most else None)
    assert len(tried) <= 4 * 8, "a hundred are halved in seven steps, after the first guess"
    assert len(set(tried)) == len(tried)


@pytest.mark.parametrize(
    "wrong",
    [
        {"employed": -1},
        {"employed": 1, "days_a_week": 0},
        {"employed": 1, "absence": 1.5},
        {"employed": 1, "growth": -0.1},
    ],
)
def test_what_cannot_be_asked_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"give|between"):
        Scenario(**wrong)  # type: ignore[arg-type]


def test_a_target_that_nobody_can_meet_is_refused() -> None:
    with pytest.raises(ValueError, match="bucket"):
        Target("M9")
    with pytest.raises(ValueError, match="within 0 days"):
        Target("M2", 0)
