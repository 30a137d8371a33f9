"""Who leaves later never arrives first, and what is left of a way goes at the next slot's pace."""

from __future__ import annotations

from fractions import Fraction

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


@given(days(), st.integers(-10_000, 30_000))
def test_the_latest_leaving_is_the_last_that_arrives_in_time(
    day: tuple[list[int], list[int]], by_s: int
) -> None:
    latest_s = latest_leaving_s(*day, by_s)
    assert arrival_s(*day, latest_s) <= by_s < arrival_s(*day, latest_s + 1)


@given(days(), st.integers(-1_000, 30_000))
def test_whole_seconds_lose_less_than_a_second_at_each_change(
    day: tuple[list[int], list[int]], leave_s: int
) -> None:
    """A second lost in one slot weighs more in a slower one, by as much as that is slower."""
    exact, lost = exactly(*day, leave_s)
    assert 0 <= exact - arrival_s(*day, leave_s) <= lost


def exactly(starts_s: list[int], travel_s: list[int], leave_s: int) -> tuple[Fraction, Fraction]:
    """Drive from change to change in fractions; return the arrival, and what rounding may lose."""
    now, left, lost = Fraction(leave_s), Fraction(1), Fraction(0)
    for k, pace_s in enumerate(travel_s):
        ends_s = starts_s[k + 1] if k + 1 < len(starts_s) else None
        if ends_s is not None and ends_s <= now:
            continue
        if ends_s is None or now + left * pace_s <= ends_s:
            return now + left * pace_s, lost
        left -= (ends_s - now) / pace_s
        now = Fraction(ends_s)
        lost = lost * travel_s[k + 1] / pace_s + 1
    raise AssertionError("the last slot has no end")


def test_a_way_is_finished_at_the_pace_of_the_next_slot() -> None:
    # An hour's way by night, two by day. Who leaves half an hour before day breaks has half the
    # way before her then, which takes an hour more.
    starts_s, travel_s = [0, 6 * HOUR_S], [HOUR_S, 2 * HOUR_S]
    assert arrival_s(starts_s, travel_s, 4 * HOUR_S) == 5 * HOUR_S
    assert arrival_s(starts_s, travel_s, 6 * HOUR_S - HOUR_S // 2) == 7 * HOUR_S
    assert arrival_s(starts_s, travel_s, 7 * HOUR_S) == 9 * HOUR_S
