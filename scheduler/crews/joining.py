"""One crew out of one shift, or of two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from routing.point import Point
from routing.travel import UNREACHABLE, Mode
from scheduler.crews.rests import Commute, merged_rests, rests_within, span
from scheduler.model import Break, Collector, Crew, Shift, Window
from scheduler.windows import intersect, later

MeetingTime = Callable[[Point, Point, Mode], float]
"""Seconds from one point to another; `UNREACHABLE` or more where no way leads."""

FAST_TO_SLOW = (Mode.CAR, Mode.EBIKE, Mode.TRANSIT, Mode.WALK)
"""Over a city. Of two who go together the slower mode is taken: both can keep up."""


@dataclass(frozen=True, slots=True)
class Member:
    """A collector on the road today."""

    collector: Collector
    shift: Shift

    @property
    def id(self) -> str:
        return self.collector.id


@dataclass(frozen=True, slots=True)
class Joint:
    """Two as one crew, and what the guest travels to the meeting place and home again."""

    crew: Crew
    travel: timedelta


def single(member: Member) -> Crew:
    """Return the crew of one, which bears her own id."""
    collector, shift = member.collector, member.shift
    return Crew(
        id=collector.id,
        members=(collector.id,),
        window=shift.window,
        start=collector.start,
        end=collector.end,
        mode=collector.mode,
        skills=collector.skills,
        breaks=shift.breaks,
        max_overtime=shift.max_overtime,
        max_visits=collector.max_visits,
    )


def join(a: Member, b: Member, meeting_s: MeetingTime, source: str) -> Joint | None:
    """Return the two as a crew that meets where one of them, the host, starts her day.

    The guest travels there, and home from where the host ends, within her own shift. That host
    is taken who leaves the longer common window; then the shorter way; then the lesser id. None
    where no common time is left, or none that holds the breaks of both.
    """
    a, b = sorted((a, b), key=lambda member: member.id)
    meetings = [*_meetings(a, b, meeting_s), *_meetings(b, a, meeting_s)]
    meetings.sort(key=lambda m: (m.window.duration, -m.commute.both), reverse=True)
    for meeting in meetings:
        rests = meeting.rests()
        if rests is not None:
            return Joint(_crew(meeting, rests, source), meeting.commute.both)
    return None


@dataclass(frozen=True, slots=True)
class _Meeting:
    """The host's place as where the two meet and part, and the time between."""

    host: Member
    guest: Member
    commute: Commute
    window: Window

    def rests(self) -> tuple[Break, ...] | None:
        """Return the crew's breaks, or None where there is no room for them."""
        ours = rests_within(self.window, self.host.shift, Commute())
        theirs = rests_within(self.window, self.guest.shift, self.commute)
        return None if ours is None or theirs is None else merged_rests(ours, theirs)


def _meetings(host: Member, guest: Member, meeting_s: MeetingTime) -> list[_Meeting]:
    """Return the meeting at the host's, or nothing where it leaves no common time."""
    mode = guest.collector.mode
    there_s = meeting_s(guest.collector.start, host.collector.start, mode)
    back_s = meeting_s(host.collector.end, guest.collector.end, mode)
    if max(there_s, back_s) >= UNREACHABLE:
        return []
    commute = Commute(timedelta(seconds=ceil(there_s)), timedelta(seconds=ceil(back_s)))
    meet = later(guest.shift.window.start, commute.there)
    part = later(guest.shift.window.end, -commute.back)
    common = intersect((host.shift.window,), span(meet, part))
    return [_Meeting(host, guest, commute, window) for window in common]


def _crew(meeting: _Meeting, rests: tuple[Break, ...], source: str) -> Crew:
    host = meeting.host.collector
    both = sorted((meeting.host, meeting.guest), key=lambda member: member.id)
    limits = [m.collector.max_visits for m in both if m.collector.max_visits is not None]
    return Crew(
        id="+".join(member.id for member in both),
        members=tuple(member.id for member in both),
        window=meeting.window,
        start=host.start,
        end=host.end,
        mode=max((m.collector.mode for m in both), key=FAST_TO_SLOW.index),
        skills=host.skills | meeting.guest.collector.skills,
        breaks=rests,
        max_overtime=min(member.shift.max_overtime for member in both),
        max_visits=min(limits, default=None),
        source=source,
    )
