"""Interval arithmetic, on aware windows and on spans of whole seconds.

Windows are compared by instant, never by the reading of a clock: on the night the clocks go
back 01:30 happens twice, and Python compares two times of one zone by their reading alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from scheduler.model import Window

Span = tuple[int, int]
"""First and last second, both included."""


def instant(moment: datetime) -> datetime:
    """Return the same instant in UTC, so that comparing and subtracting are right."""
    return moment.astimezone(UTC)


def later(moment: datetime, by: timedelta) -> datetime:
    """Return the instant `by` real time later, in the zone of `moment`."""
    return (instant(moment) + by).astimezone(moment.tzinfo)


def covers(window: Window, start: datetime, end: datetime) -> bool:
    """Say whether `start` to `end` lies wholly inside `window`; an edge may be shared."""
    return instant(window.start) <= instant(start) and instant(end) <= instant(window.end)


def intersect(first: Iterable[Window], second: Iterable[Window]) -> tuple[Window, ...]:
    """Return what lies in a window of both, ascending."""
    second = tuple(second)
    pairs = (
        (max(a.start, b.start, key=instant), min(a.end, b.end, key=instant))
        for a in first
        for b in second
    )
    shared = (Window(start, end) for start, end in pairs if instant(start) < instant(end))
    return tuple(sorted(shared, key=lambda window: instant(window.start)))


def without(windows: Iterable[Window], taken: Iterable[Window]) -> tuple[Window, ...]:
    """Return what of `windows` lies in none of `taken`."""
    left = tuple(windows)
    for gone in taken:
        left = tuple(part for window in left for part in _parts_beside(window, gone))
    return left


def _parts_beside(window: Window, gone: Window) -> Iterable[Window]:
    if instant(gone.end) <= instant(window.start) or instant(window.end) <= instant(gone.start):
        return [window]
    ends = ((window.start, gone.start), (gone.end, window.end))
    return [Window(start, end) for start, end in ends if instant(start) < instant(end)]


def shorten(windows: Iterable[Window], by: timedelta) -> tuple[Window, ...]:
    """Let every window end earlier; one that is not longer than `by` is gone."""
    return tuple(
        Window(window.start, later(window.end, -by)) for window in windows if window.duration > by
    )


def start_spans(
    windows: Iterable[Window], service_s: int, second: Callable[[datetime], int]
) -> tuple[Span, ...]:
    """Return when a visit of `service_s` may start so that the whole of it lies in a window.

    `second` gives an instant's second of the problem's clock. A visit as long as its window may
    start at its first second only.
    """
    spans = ((second(window.start), second(window.end) - service_s) for window in windows)
    return merge_spans(span for span in spans if span[0] <= span[1])


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same seconds as disjoint spans, ascending; 0-4 and 5-9 become 0-9."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def holds(spans: Iterable[Span], second: int) -> bool:
    """Say whether `second` lies in one of `spans`."""
    return any(start <= second <= end for start, end in spans)
