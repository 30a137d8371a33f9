"""Who leaves later never arrives first, and what is left of a way goes at the next slot's pace."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from routing.slots import arrival_s, latest_leaving_s

HOUR_S = 3600


@st.composite
def days(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Slots of a day, some shorter than a way takes, and how long it takes in each."""
    lengths = draw(st.lists(st.integers(1, 5_000), min_size=0, max_size=5))
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length)
    return starts, draw(st.lists(st.integers(0, 9_000), min_size=len(starts), max_size=len(starts)))


@given(days(), st.integers(-1_000, 30_000), st.integers(0, 1_000))
def test_who_leaves_later_never_arrives_first(
    day: tuple[list[int], list[int]], leave_s: int, later_s: int
) -> None:
    assert arrival_s(*day, leave_s) <= arrival_s(*day, leave_s + later_s)
    assert leave_s <= arrival_s(*day, leave_s) <= leave_s + max(day[1])


@given(days(), st.integers(0, 30_000))
def test_the_latest_leaving_is_the_last_that_arrives_in_time(
    day: tuple[list[int], list[int]], by_s: int
) -> None:
    latest_s = latest_leaving_s(*day, by_s)
    assert arrival_s(*day, latest_s) <= by_s < arrival_s(*day, latest_s + 1)


def test_a_way_is_finished_at_the_pace_of_the_next_slot() -> None:
    # An hour's way by night, two by day. Who leaves half an hour before day breaks has half the
    # way before her then, which takes an hour more.
    starts_s, travel_s = [0, 6 * HOUR_S], [HOUR_S, 2 * HOUR_S]
    assert arrival_s(starts_s, travel_s, 4 * HOUR_S) == 5 * HOUR_S
    assert arrival_s(starts_s, travel_s, 6 * HOUR_S - HOUR_S // 2) == 7 * HOUR_S
    assert arrival_s(starts_s, travel_s, 7 * HOUR_S) == 9 * HOUR_S
