"""How a crew's day is driven: the one definition that plans are built and costed by.

A crew leaves `start_location` at `start_s`. Service begins at the earliest second inside the
option's `starts` that is not before the arrival; the crew waits at the door until then. It lasts
`service_s`, and `setup_s` more where the last stop was at another location. A break is taken where
the crew is, before the next leg: at the start, after a visit, after the last one too; never inside
a visit. It begins inside `CrewBreak.starts`. The crew is back at `end_location` by `end_s +
max_overtime_s`, having taken every break. A crew without visits stays at home: no travel, no
breaks, and no itinerary in a plan.

Roads are first in, first out and waiting is free, so that of two ways to reach a stop with the
same breaks taken the earlier one is never worse. All seconds of a day lie below `UNREACHABLE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from routing.travel import UNREACHABLE
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem, Visit, VisitOption

NEVER = UNREACHABLE
"""A time that does not come: no leg leads there, or no window is left."""

Call = tuple[Visit, int]
"""A visit, and which of its options is taken."""


def drive(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> Itinerary | None:
    """Return the day of `crew` that makes `calls` in their order and is back earliest.

    None where it misses a window, a break or the end of the shift, or where no road leads. Who
    may go is not asked here: see `scheduler.options.fits`.
    """
    if not calls:
        return Itinerary(crew.id, crew.start_s, crew.start_s, ())
    all_taken = _moments(problem, crew, calls)[-1][-1]
    end_s = all_taken.ready_s + problem.travel_s(crew, location_of(calls[-1]), crew.end_location)
    if end_s > crew.latest_end_s:
        return None
    return Itinerary(crew.id, crew.start_s, end_s, all_taken.stops())


def calls_of(problem: Problem, itinerary: Itinerary) -> tuple[Call, ...]:
    """Return what `drive` needs to drive `itinerary` again."""
    return tuple((problem.visit_by_id[stop.id], stop.option) for stop in itinerary.visits)


def location_of(call: Call) -> int:
    visit, number = call
    return visit.options[number].location


def leaving_times(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> list[list[int]]:
    """Return when `crew` can leave each stop at the earliest, by the breaks it has taken.

    Row 0 is the start and row k the k-th call; column `taken` is a set of `crew.breaks`, bit by
    bit. `NEVER` or later where that cannot be.
    """
    return [[moment.ready_s for moment in row] for row in _moments(problem, crew, calls)]


class _Moment(NamedTuple):
    """When a crew is ready to leave a stop, and how it came there: the last stop before."""

    ready_s: int
    last: Stop | None = None
    before: _Moment | None = None

    def stops(self) -> tuple[Stop, ...]:
        if self.last is None or self.before is None:
            return ()
        return (*self.before.stops(), self.last)


def _moments(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> list[list[_Moment]]:
    """Return the earliest moment at each stop, by the breaks taken."""
    none_taken = [_Moment(crew.start_s)] + [_Moment(NEVER)] * ((1 << len(crew.breaks)) - 1)
    rows = [_rested(crew.breaks, none_taken)]
    here = crew.start_location
    for call in calls:
        leg_s = problem.travel_s(crew, here, location_of(call))
        visited = [_visited(call, moment, leg_s, here) for moment in rows[-1]]
        rows.append(_rested(crew.breaks, visited))
        here = location_of(call)
    return rows


def earliest_start(option: VisitOption, arrival_s: int) -> int:
    """Return when service begins for a crew that arrives at `arrival_s`, or `NEVER`."""
    for first_s, last_s in option.starts:
        if arrival_s <= last_s:
            return max(arrival_s, first_s)
    return NEVER


def _visited(call: Call, left: _Moment, leg_s: int, here: int) -> _Moment:
    visit, number = call
    option = visit.options[number]
    arrival_s = left.ready_s + leg_s
    start_s = earliest_start(option, arrival_s)
    if start_s >= NEVER:
        return _Moment(NEVER)
    end_s = start_s + option.lasts_s(here)
    kind = StopKind.VISIT
    stop = Stop(kind, visit.id, arrival_s, start_s, end_s, number, option.place_id)
    return _Moment(end_s, stop, left)


def _rested(breaks: Sequence[CrewBreak], moments: Sequence[_Moment]) -> list[_Moment]:
    """Let breaks be taken at a stop, in any order; `moments` are by the breaks taken."""
    earliest = list(moments)
    for taken in range(len(earliest)):
        for bit, rest in enumerate(breaks):
            ready_s = earliest[taken].ready_s
            first_s, last_s = rest.starts
            if taken >> bit & 1 or ready_s > last_s:
                continue
            start_s = max(ready_s, first_s)
            stop = Stop(StopKind.BREAK, rest.id, ready_s, start_s, start_s + rest.duration_s)
            if stop.end_s < earliest[taken | 1 << bit].ready_s:
                earliest[taken | 1 << bit] = _Moment(stop.end_s, stop, earliest[taken])
    return earliest
