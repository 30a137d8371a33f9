"""Small groups are told together: none with so few that it tells somebody."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.told_together import FEWEST, parted


def told(*sizes: int) -> tuple[list[int], list[int]]:
    """Return the sizes of groups that are told alone, and of those that are told together."""
    return parted(sizes, lambda one: one)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), max_size=9))
def test_nothing_is_told_of_fewer_than_may_be(sizes: list[int]) -> None:
    """Each that is told alone has enough, and so have all others together, or nobody is there."""
    alone, small = told(*sizes)
    assert sorted((*alone, *small)) == sorted(sizes)
    assert all(one >= FEWEST for one in alone)
    assert sum(small) == 0 or sum(small) >= FEWEST or not alone


def test_groups_keep_their_order_and_five_are_enough() -> None:
    assert told(9, 4, 5, 2) == ([9, 5], [4, 2])


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    # Alone it would be told by what is told of all but the others.
    assert told(20, 3, 6, 8) == ([20, 8], [3, 6])


def test_what_is_too_few_even_together_stands_together() -> None:
    assert told(1, 2) == ([], [1, 2])
    assert told() == ([], [])


def test_groups_of_nobody_draw_nobody_else_in() -> None:
    assert told(0, 7) == ([7], [0])
