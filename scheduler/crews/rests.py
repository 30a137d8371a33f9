"""The breaks of two who work together: taken in common where that is possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from scheduler.model import Break, Shift, Window
from scheduler.windows import instant, intersect, later


@dataclass(frozen=True, slots=True)
class Commute:
    """A member's way to the meeting place, and home from where the crew ends."""

    there: timedelta = timedelta(0)
    back: timedelta = timedelta(0)

    @property
    def both(self) -> timedelta:
        return self.there + self.back


def rests_within(window: Window, shift: Shift, commute: Commute) -> list[Break] | None:
    """Return the breaks of `shift` that fall to the crew's `window`, clipped to it.

    A break that has room only in the member's own time, before she meets the other or after they
    part, is hers alone and left out. None where one has room in neither.
    """
    before = span(shift.window.start, later(window.start, -commute.there))
    after = span(later(window.end, commute.back), shift.window.end)
    rests = []
    for rest in shift.breaks:
        if inside := _held(rest, (window,)):
            rests.append(inside)
        elif not _held(rest, (*before, *after)):
            return None
    return rests


def merged_rests(ours: Iterable[Break], theirs: Iterable[Break]) -> tuple[Break, ...] | None:
    """Return the crew's breaks, in the order in which they must begin at the latest.

    Two breaks whose windows overlap by the longer of them become one of that length; the others
    stay, each a break of the crew. None where they cannot be taken one after the other.
    """
    rests, left = [], list(theirs)
    for rest in ours:
        common = rest
        for other in left:
            if both := _in_common(rest, other):
                left.remove(other)
                common = both
                break
        rests.append(common)
    rests = sorted(rests + left, key=_latest_start)
    return tuple(rests) if _can_follow_each_other(rests) else None


def span(start: datetime, end: datetime) -> tuple[Window, ...]:
    """Return the window from `start` to `end`, or none where that is no time."""
    return (Window(start, end),) if instant(start) < instant(end) else ()


def _in_common(a: Break, b: Break) -> Break | None:
    """Return one break for both; it is paid only where both are."""
    longer = Break(a.window, max(a.duration, b.duration), a.is_paid and b.is_paid)
    return _held(longer, (b.window,))


def _held(rest: Break, within: Iterable[Window]) -> Break | None:
    """Return `rest` clipped to the first of the windows that has room for it."""
    for window in intersect((rest.window,), within):
        if window.duration >= rest.duration:
            return replace(rest, window=window)
    return None


def _can_follow_each_other(rests: Sequence[Break]) -> bool:
    """Whether each, in this order, has room after the one before it."""
    free_from = datetime.min.replace(tzinfo=UTC)
    for rest in rests:
        start = max(instant(rest.window.start), free_from)
        if start > _latest_start(rest):
            return False
        free_from = start + rest.duration
    return True


def _latest_start(rest: Break) -> datetime:
    return instant(rest.window.end) - rest.duration
