"""A shift as a pattern of the clock, which can be worked on any date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from scheduler.headcount.scenario import USUAL_HOURS
from scheduler.model import Break, Shift, Window

Clock = tuple[timedelta, timedelta]
"""From and until, as the wall clock reads after the midnight that begins the day."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A break of `duration` within a span of the clock."""

    within: Clock
    duration: timedelta
    is_paid: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """When a shift begins and ends, its breaks and the most overtime."""

    worked: Clock
    rests: tuple[Rest, ...] = ()
    max_overtime: timedelta = timedelta(0)

    @classmethod
    def of(cls, shift: Shift, zone: tzinfo) -> Hours:
        """Return the pattern of a shift, as the clock of `zone` reads."""
        on = shift.window.start.astimezone(zone).date()
        rests = (
            Rest(_clock(one.window, on, zone), one.duration, one.is_paid) for one in shift.breaks
        )
        return cls(_clock(shift.window, on, zone), tuple(rests), shift.max_overtime)

    def between(self, begins: time, ends: time) -> Hours:
        """Return the hours of another span, with those breaks that still lie inside it.

        One that ends before it begins lasts until the next morning.
        """
        first, last = _since_midnight(begins), _since_midnight(ends)
        worked = first, last if last > first else last + timedelta(days=1)
        rests = (one for one in self.rests if first <= one.within[0] and one.within[1] <= worked[1])
        return Hours(worked, tuple(rests), self.max_overtime)

    def on(self, day: date, collector_id: str, zone: tzinfo) -> Shift:
        """Return the shift of a collector who works these hours on a date."""
        breaks = (
            Break(_window(one.within, day, zone), one.duration, one.is_paid) for one in self.rests
        )
        window = _window(self.worked, day, zone)
        return Shift(collector_id, window, tuple(breaks), self.max_overtime)


def usual_hours(known: Iterable[Hours]) -> Hours:
    """Return the hours that most work; of equally many the earliest, of none the house's."""
    counts = Counter(known)
    first, last = map(_since_midnight, USUAL_HOURS)
    return min(counts, key=lambda one: (-counts[one], one.worked), default=Hours((first, last)))


def _clock(window: Window, on: date, zone: tzinfo) -> Clock:
    midnight = datetime.combine(on, time())
    first, last = (
        moment.astimezone(zone).replace(tzinfo=None) - midnight
        for moment in (window.start, window.end)
    )
    return first, last


def _window(clock: Clock, on: date, zone: tzinfo) -> Window:
    first, last = ((datetime.combine(on, time()) + after).replace(tzinfo=zone) for after in clock)
    return Window(first, last)


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
