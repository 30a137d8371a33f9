"""A whole day at one door: from when to when the visit may begin, and what keeps it shut else.

A phone without a network asks no rule: it looks up the minute here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from scheduler.at_door import Closed, Door
from scheduler.turning_points import SECOND, bounds, spans_of_day
from scheduler.windows import instant

STEP = timedelta(hours=2)
"""All that rules of visits turn at is among the edges; between them it is asked to be sure."""


@dataclass(frozen=True, slots=True)
class DoorSpan:
    """From `start` on, before `end`, the visit may begin, or may not for one reason."""

    start: datetime
    end: datetime
    closed: Closed | None


def door_spans(door: Door, on: date, zone: tzinfo) -> tuple[DoorSpan, ...]:
    """Return what holds from midnight to midnight, to the second, without a gap."""

    def ask(at: datetime) -> Closed | None:
        return door.closed(at, tells_hours=False)

    cut = spans_of_day(on, zone, ask, _is_same, _edges(door, bounds(on, zone)[0]), STEP)
    return tuple(DoorSpan(start, end, door.closed(start)) for start, end in cut)


def _edges(door: Door, first: datetime) -> Iterator[datetime]:
    """Yield the seconds beside which a visit begins to lie in a window, or to lie out of it."""
    ends = {instant(at) for window in door.hours(first) for at in (window.start, window.end)}
    for end in ends:
        for at in (end, end - door.here.city.service):
            yield from (at - SECOND, at, at + SECOND)


def _is_same(one: Closed | None, other: Closed | None) -> bool:
    """Whether two answers are one to whoever stands there: its words may tell the minute."""
    if one is None or other is None:
        return one is other
    return (one.why, one.is_law, one.source) == (other.why, other.is_law, other.source)
