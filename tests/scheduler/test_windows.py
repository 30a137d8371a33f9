"""Interval arithmetic: against sets of seconds, and across a change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model import Window
from scheduler.windows import (
    Span,
    covers,
    holds,
    intersect,
    later,
    merge_spans,
    shorten,
    start_spans,
)

NEW_YORK = ZoneInfo("America/New_York")
ZERO = datetime(2026, 11, 23, tzinfo=UTC)

spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 10)).map(lambda pair: (pair[0], sum(pair)))
)


def seconds(found: list[Span] | tuple[Span, ...]) -> set[int]:
    return {second for first, last in found for second in range(first, last + 1)}


def window(first: int, end: int) -> Window:
    return Window(ZERO + timedelta(seconds=first), ZERO + timedelta(seconds=end))


def as_windows(found: list[Span]) -> list[Window]:
    """Second s of a span becomes the time from s to s + 1."""
    return [window(first, last + 1) for first, last in found]


def as_spans(found: tuple[Window, ...]) -> list[Span]:
    return [
        (int((w.start - ZERO).total_seconds()), int((w.end - ZERO).total_seconds()) - 1)
        for w in found
    ]


@given(spans)
def test_merging_spans_keeps_the_seconds_and_leaves_gaps(some: list[Span]) -> None:
    merged = merge_spans(some)
    assert seconds(merged) == seconds(some)
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(merged))


@given(spans, st.integers(-1, 52))
def test_a_second_is_held_by_a_span_that_has_it(some: list[Span], second: int) -> None:
    assert holds(some, second) == (second in seconds(some))


@given(spans, spans)
def test_windows_behave_as_their_seconds(some: list[Span], others: list[Span]) -> None:
    both = intersect(as_windows(some), as_windows(others))
    assert seconds(as_spans(both)) == seconds(some) & seconds(others)


@given(spans, st.integers(0, 12))
def test_a_visit_that_may_start_lies_wholly_inside(some: list[Span], service_s: int) -> None:
    """Compare with trying every start against every window."""
    windows = as_windows(some)
    starts = start_spans(windows, service_s, lambda at: int((at - ZERO).total_seconds()))
    tried = {
        start
        for start in range(60)
        if any(
            covers(w, ZERO + timedelta(seconds=start), ZERO + timedelta(seconds=start + service_s))
            for w in windows
        )
    }
    assert seconds(starts) == tried


def test_shortened_windows_end_earlier_and_the_short_ones_are_gone() -> None:
    assert shorten([window(0, 10), window(20, 25)], timedelta(seconds=5)) == (window(0, 5),)


def test_an_hour_on_the_night_the_clocks_go_back() -> None:
    """On 2026-11-01 New York's 01:30 comes twice: first in summer time, an hour later again."""
    summer = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    winter = summer.replace(fold=1)
    hour = Window(summer, datetime(2026, 11, 1, 2, 0, tzinfo=NEW_YORK))
    assert later(summer, timedelta(hours=1)) == winter
    assert later(summer, timedelta(hours=1)).fold == 1
    # From 01:30 summer time to 02:00 are 90 minutes, not the 30 that the clocks read.
    assert shorten([hour], timedelta(minutes=89)) != ()
    assert shorten([hour], timedelta(minutes=90)) == ()
    assert covers(hour, winter, winter)
    assert not covers(Window(winter, hour.end), summer, winter)
    # 01:45 summer time comes half an hour before 01:15 winter time.
    late, early = summer.replace(minute=45), winter.replace(minute=15)
    both = intersect([Window(late, hour.end)], [Window(summer, early)])
    assert [w.duration for w in both] == [timedelta(minutes=30)]
