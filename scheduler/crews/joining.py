"""One crew out of one shift, or of two."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from routing.point import Point
from routing.travel import UNREACHABLE, Mode
from scheduler.crews.rests import Commute, merged_rests, rests_within, span
from scheduler.model import Break, Collector, Crew, Shift, Window
from scheduler.windows import intersect, later

MeetingTime = Callable[[Point, Point, Mode], float]
"""Seconds from one point to another; `UNREACHABLE` or more where no way leads."""

FAST_TO_SLOW = tuple(Mode)


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
    hosted = (_hosted(a, b, meeting_s, source), _hosted(b, a, meeting_s, source))
    joints = [joint for joint in hosted if joint is not None]
    return max(joints, key=lambda j: (j.crew.window.duration, -j.travel), default=None)


def _hosted(host: Member, guest: Member, meeting_s: MeetingTime, source: str) -> Joint | None:
    commute = _commute(host.collector, guest.collector, meeting_s)
    if commute is None:
        return None
    meet = later(guest.shift.window.start, commute.there)
    part = later(guest.shift.window.end, -commute.back)
    common = intersect((host.shift.window,), span(meet, part))
    if not common:
        return None
    (window,) = common
    ours = rests_within(window, host.shift, Commute())
    theirs = rests_within(window, guest.shift, commute)
    if ours is None or theirs is None or (rests := merged_rests(ours, theirs)) is None:
        return None
    return Joint(_crew(host, guest, window, rests, source), commute.there + commute.back)


def _commute(host: Collector, guest: Collector, meeting_s: MeetingTime) -> Commute | None:
    there_s = meeting_s(guest.start, host.start, guest.mode)
    back_s = meeting_s(host.end, guest.end, guest.mode)
    if max(there_s, back_s) >= UNREACHABLE:
        return None
    return Commute(timedelta(seconds=math.ceil(there_s)), timedelta(seconds=math.ceil(back_s)))


def _crew(
    host: Member, guest: Member, window: Window, rests: tuple[Break, ...], source: str
) -> Crew:
    both = sorted((host, guest), key=lambda member: member.id)
    limits = [m.collector.max_visits for m in both if m.collector.max_visits is not None]
    return Crew(
        id="+".join(member.id for member in both),
        members=tuple(member.id for member in both),
        window=window,
        start=host.collector.start,
        end=host.collector.end,
        mode=max((m.collector.mode for m in both), key=FAST_TO_SLOW.index),
        skills=host.collector.skills | guest.collector.skills,
        breaks=rests,
        max_overtime=min(member.shift.max_overtime for member in both),
        max_visits=min(limits, default=None),
        source=source,
    )
