"""The breaks of two who work together: taken in common where that is possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.model import Break, Shift, Window


@dataclass(frozen=True, slots=True)
class Commute:
    """A member's way to the meeting place, and home from where the crew ends."""

    there: timedelta = timedelta(0)
    back: timedelta = timedelta(0)


def rests_within(window: Window, shift: Shift, commute: Commute) -> list[Break] | None:
    """Return the breaks of `shift` that fall to the crew's `window`, clipped to it.

    A break that has room only in the member's own time, before she meets the other or after they
    part, is hers alone and left out. None where one has room in neither.
    """
    own_time = (
        (shift.window.start, window.start - commute.there),
        (window.end + commute.back, shift.window.end),
    )
    rests = []
    for rest in shift.breaks:
        if inside := _clipped(rest, window.start, window.end):
            rests.append(inside)
        elif not any(_clipped(rest, start, end) for start, end in own_time):
            return None
    return rests


def merged_rests(ours: Iterable[Break], theirs: Iterable[Break]) -> tuple[Break, ...] | None:
    """Return the crew's breaks, the latest possible beginnings in order.

    Two breaks whose windows overlap by the longer of them become one of that length; the others
    stay, each a break of the crew. None where they cannot be taken one after the other.
    """
    rests, left = [], list(theirs)
    for rest in ours:
        for other in left:
            if both := _in_common(rest, other):
                left.remove(other)
                rest = both
                break
        rests.append(rest)
    rests = sorted(rests + left, key=_latest_start)
    return tuple(rests) if _can_follow_each_other(rests) else None


def _in_common(a: Break, b: Break) -> Break | None:
    """Return one break for both; it is paid only where both are."""
    longer = Break(a.window, max(a.duration, b.duration), a.is_paid and b.is_paid)
    return _clipped(longer, b.window.start, b.window.end)


def _clipped(rest: Break, start: datetime, end: datetime) -> Break | None:
    """Return `rest` with its window cut to the span, or None where it has no room there."""
    start, end = max(rest.window.start, start), min(rest.window.end, end)
    if start >= end or end - start < rest.duration:
        return None
    return replace(rest, window=Window(start, end))


def _can_follow_each_other(rests: Sequence[Break]) -> bool:
    """Whether each has room after the one before it; `rests` by their latest beginnings."""
    free_from = None
    for rest in rests:
        start = max(rest.window.start, free_from or rest.window.start)
        if start > _latest_start(rest):
            return False
        free_from = start + rest.duration
    return True


def _latest_start(rest: Break) -> datetime:
    return rest.window.end - rest.duration
