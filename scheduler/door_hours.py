"""A whole day at one door: from when to when the visit may begin, and what keeps it shut else.

A phone without a network asks no rule: it looks up the minute here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from scheduler.at_door import Closed, Door
from scheduler.windows import instant, later

STEP = timedelta(minutes=15)
"""Beside the edges of her hours and the lawful ones no rule shuts a door for less."""

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class DoorSpan:
    """From `start` on, before `end`, the visit may begin, or may not for one reason."""

    start: datetime
    end: datetime
    closed: Closed | None


def door_spans(door: Door, on: date, zone: tzinfo) -> tuple[DoorSpan, ...]:
    """Return what holds from midnight to midnight, to the second, without a gap."""
    first = datetime.combine(on, time(), zone)
    end = datetime.combine(on + timedelta(days=1), time(), zone)
    changes = [first, *_changes(door, first, end)]
    return tuple(
        DoorSpan(start, until, door.closed(start))
        for start, until in zip(changes, [*changes[1:], end], strict=True)
    )


def _changes(door: Door, first: datetime, end: datetime) -> Iterator[datetime]:
    """Yield each second at which it is another reason, or none."""
    before, at = door.closed(first, tells_hours=False), first
    for following in _looked_at(door, first, end):
        now = door.closed(following, tells_hours=False)
        if not _is_same(before, now):
            yield _turn(door, at, following)
        before, at = now, following


def _looked_at(door: Door, first: datetime, end: datetime) -> list[datetime]:
    """Return the instants to ask for: every step, and where windows begin and a visit ends."""
    steps = (instant(end) - instant(first)) // STEP
    found = {instant(later(first, n * STEP)) for n in range(1, steps)}
    for window in door.hours(first):
        last = instant(window.end) - door.here.city.service
        found |= {instant(window.start), last, last + SECOND}
    within = sorted(at for at in found if instant(first) < at < instant(end))
    return [at.astimezone(first.tzinfo) for at in within]


def _turn(door: Door, low: datetime, high: datetime) -> datetime:
    """Return the first second in which the answer is no longer that of `low`."""
    known = door.closed(low, tells_hours=False)
    while instant(high) - instant(low) > SECOND:
        half = (instant(high) - instant(low)) // 2
        middle = later(low, timedelta(seconds=half // SECOND))
        there = door.closed(middle, tells_hours=False)
        low, high = (middle, high) if _is_same(known, there) else (low, middle)
    return high


def _is_same(one: Closed | None, other: Closed | None) -> bool:
    """Whether two answers are one to whoever stands there: its words may tell the minute."""
    if one is None or other is None:
        return one is other
    return (one.why, one.is_law, one.source) == (other.why, other.is_law, other.source)
