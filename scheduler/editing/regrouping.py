"""The crews of a day once somebody is gone: who is left goes on from where she stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from math import ceil

from routing.point import Point
from routing.travel import UNREACHABLE
from scheduler.crews.joining import FAST_TO_SLOW, MeetingTime, Member, join, single
from scheduler.crews.roster import Roster, why_never
from scheduler.day import Day
from scheduler.editing.edits import Sheet
from scheduler.model import Break, Crew, Window
from scheduler.plan import Stop, StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.running.limits import widened
from scheduler.windows import instant, later

TO_THE_ROAD_S = 600
"""Between the last stop of a crew that ends and the next crew of who was in it: from a door that
is known roughly it is some way to the road."""

MOST_PARTNERS = 2
"""Partners and crews that are tried for who is left alone, those nearest to her."""


@dataclass(frozen=True)
class Team:
    """The crew that `collector_id` is gone from, among the crews of a sheet."""

    problem: Problem
    sheet: Sheet
    day: Day
    lost: Crew
    collector_id: str
    meeting_s: MeetingTime

    @cached_property
    def left(self) -> tuple[str, ...]:
        """Who was with her."""
        return tuple(one for one in self.lost.members if one != self.collector_id)

    @cached_property
    def roster(self) -> Roster:
        return Roster.of(self.day)

    @property
    def others(self) -> tuple[Crew, ...]:
        return tuple(crew for crew in self.sheet.crews if crew.id != self.lost.id)

    def begun(self, crew_id: str) -> tuple[Stop, ...]:
        """Return what a crew has begun."""
        crew = self.problem.crew_by_id.get(crew_id)
        return crew.begun if crew else ()

    def ended(self, crew: Crew) -> tuple[Crew, ...]:
        """Return a crew that does nothing more, or nothing at all where it has begun nothing."""
        place = self._stands_at(crew)
        if place is None:
            return ()
        point, free_s = place
        window = Window(crew.window.start, self.problem.at(free_s + TO_THE_ROAD_S))
        made = sum(stop.kind is StopKind.VISIT for stop in self.begun(crew.id))
        return (replace(crew, window=window, end=point, breaks=(), max_visits=made),)

    def member(self, collector_id: str, crew: Crew | None) -> Member | None:
        """Return somebody as she stands: at home, or where her crew has just been."""
        member = self.roster.members.get(collector_id)
        place = self._stands_at(crew) if crew else None
        if member is None or place is None:
            return member
        point, free_s = place
        free, end = self.problem.at(free_s + TO_THE_ROAD_S), member.shift.window.end
        if instant(free) >= instant(end):
            return None
        shift = replace(member.shift, window=Window(free, end), breaks=self._rests(crew, member))
        return Member(replace(member.collector, start=point), shift)

    def _rests(self, crew: Crew | None, member: Member) -> tuple[Break, ...]:
        """Return the breaks that a member has still to take."""
        taken = sum(s.kind is StopKind.BREAK for s in self.begun(crew.id)) if crew else 0
        return member.shift.breaks[taken:]

    def _stands_at(self, crew: Crew) -> tuple[Point, int] | None:
        """Return where a crew that has begun is free, and when; None where it has not."""
        shift, places = self.problem.crew_by_id.get(crew.id), self.day.places
        visits = [stop for stop in self.begun(crew.id) if stop.kind is StopKind.VISIT]
        if shift is None or not visits:
            return None
        points = {place.id: place.point for place in places}
        point = points.get(visits[-1].place_id) or crew.start
        return point, max(shift.begun[-1].end_s, shift.free_s)

    def dissolved(self, crews: Sequence[Crew]) -> tuple[str, ...]:
        """Return the crews of the sheet that are no more, or have ended."""
        known = {crew.id: crew for crew in crews}
        return tuple(
            crew.id
            for crew in self.sheet.crews
            if crew.id not in known
            or (known[crew.id] != crew and known[crew.id].members == crew.members)
        )


def begun_in(known: Problem, anew: Problem, now_s: int = 0) -> Problem:
    """Return a problem with other crews in which what has begun in `known` stands as it was.

    Nobody leaves before `now_s` who has not left.
    """
    shifts = known.crew_by_id
    crews = tuple(_as_begun(anew, crew, shifts.get(crew.id), now_s) for crew in anew.crews)
    return replace(anew, crews=crews)


def _as_begun(anew: Problem, crew: CrewShift, known: CrewShift | None, now_s: int) -> CrewShift:
    if known is None or not known.begun:
        return replace(crew, start_s=max(crew.start_s, now_s))
    taken = {stop.id for stop in known.begun}
    has_ended = crew.end_s != known.end_s
    rests = tuple(one for one in known.breaks if one.id in taken or not has_ended)
    stands = replace(
        crew, begun=known.begun, start_s=known.start_s, free_s=known.free_s, breaks=rests
    )
    return widened(anew, stands)


def off_road(team: Team) -> tuple[Crew, ...]:
    """Return the crews where who is left goes home."""
    return (*team.ended(team.lost), *team.others)


def going_on(team: Team) -> tuple[Crew, tuple[Crew, ...]]:
    """Return the crew of those who are left, and all crews then."""
    name = "+".join(team.left)
    if len(team.left) == 1 and (member := team.member(team.left[0], team.lost)):
        new = single(member)
    else:
        new = _shorter(team)
    new = replace(new, id=_free_name(team, name))
    return new, (*team.ended(team.lost), *team.others, new)


def _shorter(team: Team) -> Crew:
    """Return the crew without her, from where it stands."""
    (ended,) = team.ended(team.lost) or (None,)
    window = team.lost.window
    if ended is not None:
        window = Window(ended.window.end, window.end)
    start = ended.end if ended is not None else team.lost.start
    breaks = team.lost.breaks if ended is None else ()
    return replace(team.lost, members=team.left, window=window, start=start, breaks=breaks)


def paired(team: Team) -> Iterator[tuple[Crew, tuple[Crew, ...]]]:
    """Yield who is left with those who are alone, the nearest first."""
    alone = team.member(team.left[0], team.lost)
    if alone is None:
        return
    found = []
    for crew, other in _singles(team):
        if why_never(alone, other) or instant(alone.shift.window.end) <= instant(
            other.shift.window.start
        ):
            continue
        joint = join(alone, other, team.meeting_s, source="formed")
        if joint is not None:
            found.append((joint.travel, other.id, joint.crew, crew))
    for _, _, joined, crew in sorted(found, key=lambda one: one[:2])[:MOST_PARTNERS]:
        new = replace(joined, id=_free_name(team, joined.id))
        kept = tuple(one for one in team.others if crew is None or one.id != crew.id)
        ended = (*team.ended(team.lost), *(team.ended(crew) if crew else ()))
        yield new, (*ended, *kept, new)


def _singles(team: Team) -> Iterator[tuple[Crew | None, Member]]:
    """Yield who goes alone, with her crew, and who is on shift and in none."""
    busy = {member for crew in team.sheet.crews for member in crew.members}
    for crew in team.others:
        if len(crew.members) == 1 and (member := team.member(crew.members[0], crew)):
            yield crew, member
    for collector_id, member in team.roster.members.items():
        if collector_id not in busy:
            yield None, member


def thirds(team: Team) -> Iterator[tuple[Crew, tuple[Crew, ...]]]:
    """Yield crews that have not begun and take along who is left, the nearest first."""
    guest = team.member(team.left[0], team.lost)
    if guest is None:
        return
    found = []
    for crew in team.others:
        hosts = [team.roster.members.get(one) for one in crew.members]
        if len(crew.members) < 2 or team.begun(crew.id) or None in hosts:
            continue
        if any(host is not None and why_never(guest, host) for host in hosts):
            continue
        if new := _with_guest(team, crew, guest):
            found.append(new)
    found.sort(key=lambda one: (-one.window.duration, one.id))
    for new in found[:MOST_PARTNERS]:
        others = tuple(new if one.id == new.id else one for one in team.others)
        yield new, (*team.ended(team.lost), *others)


def _with_guest(team: Team, crew: Crew, guest: Member) -> Crew | None:
    """Return a crew that waits for a guest where it starts, and lets her go in time."""
    there_s = team.meeting_s(guest.collector.start, crew.start, guest.collector.mode)
    back_s = team.meeting_s(crew.end, guest.collector.end, guest.collector.mode)
    if max(there_s, back_s) >= UNREACHABLE:
        return None
    meet = later(guest.shift.window.start, timedelta(seconds=ceil(there_s)))
    part = later(guest.shift.window.end, -timedelta(seconds=ceil(back_s)))
    start = max(crew.window.start, meet, key=instant)
    end = min(crew.window.end, part, key=instant)
    if instant(start) >= instant(end):
        return None
    limits = [one for one in (crew.max_visits, guest.collector.max_visits) if one is not None]
    return replace(
        crew,
        members=(*crew.members, guest.id),
        window=Window(start, end),
        skills=crew.skills | guest.collector.skills,
        mode=max(crew.mode, guest.collector.mode, key=FAST_TO_SLOW.index),
        max_overtime=min(crew.max_overtime, guest.shift.max_overtime),
        max_visits=min(limits, default=None),
    )


def _free_name(team: Team, name: str) -> str:
    """Return a name that no crew of the sheet bears."""
    taken = {crew.id for crew in team.sheet.crews}
    return name if name not in taken else f"{name} 2"
