"""Who is on the road today, and who may go with whom."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.crews.joining import Member
from scheduler.day import Day
from scheduler.model import Collector, Shift


@dataclass(frozen=True)
class Roster:
    """The day's collectors by id, in the order of their ids.

    `members` are on the road; `absent` says why each of the others is not.
    """

    members: dict[str, Member]
    absent: dict[str, str]

    @classmethod
    def of(cls, day: Day) -> Roster:
        """Return the roster of `day`; ValueError where a collector has two shifts."""
        shifts = _shift_by_collector(day)
        members: dict[str, Member] = {}
        absent: dict[str, str] = {}
        for collector in sorted(day.collectors, key=lambda collector: collector.id):
            if collector.id not in shifts:
                absent[collector.id] = "is not on shift"
            elif not collector.may_be_sent(day.on):
                expired = collector.certificate_expires
                absent[collector.id] = f"has a certificate that expired on {expired}"
            else:
                members[collector.id] = Member(collector, shifts[collector.id])
        return cls(members, absent)


def why_never(a: Member, b: Member) -> str:
    """Say why these two are never sent together; empty where they may be."""
    return never_together(a.collector, b.collector)


def never_together(a: Collector, b: Collector) -> str:
    """Say of two who need not be on shift why they are never sent together."""
    if a.agency != b.agency:
        return "they work for different agencies"
    if b.id in a.never_with or a.id in b.never_with:
        return "they are never to go together"
    return ""


def _shift_by_collector(day: Day) -> dict[str, Shift]:
    shifts: dict[str, Shift] = {}
    for shift in day.shifts:
        if shift.collector_id in shifts:
            raise ValueError(
                f"collector {shift.collector_id!r} has two shifts on {day.on}: keep one"
            )
        shifts[shift.collector_id] = shift
    return shifts
