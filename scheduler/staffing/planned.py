"""A crew's planned day as the crew itself knows it, laid out for driving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.beginning import beginning_of
from scheduler.drive import NEVER
from scheduler.plan import Itinerary, Stop, StopKind
from scheduler.problem import CrewShift, Problem, Visit, VisitOption
from scheduler.staffing.arrays import Ints
from scheduler.staffing.fates import Row
from scheduler.windows import Span, merge_spans

ABOUT_AS_GOOD = 0.5
"""Who comes early does not wait for an hour that is less than twice as good: a visit's time is lost
by waiting, and most visits meet nobody anyway. A house assumption."""


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit as it was planned.

    `own` are the starts of the option that was planned, with those of others there that are
    `ABOUT_AS_GOOD`, unless the plan itself has the crew wait; `lawful` are all at that door that
    are open to the crew: who is late may begin in those. Before it, by the plan, the crew has had
    the breaks `taken` (bit by bit of `CrewShift.breaks`) and travelled `travel_s`; `rests` are
    those planned between the visit before and this one.
    """

    visit: Visit
    stop: Stop
    own: tuple[Span, ...]
    lawful: tuple[Span, ...]
    travel_s: int
    taken: int
    rests: tuple[int, ...]
    is_met: bool

    @property
    def way(self) -> VisitOption:
        return self.visit.options[self.stop.option]

    def row(self, crew: CrewShift) -> Row:
        stop = self.stop
        return Row(crew.id, StopKind.VISIT, stop.id, stop.option, stop.place_id)

    def start_s(self, arrival_s: Ints) -> Ints:
        """Return when service begins: in the hours that were planned, or else in lawful ones."""
        own_s = earliest_starts(self.own, arrival_s)
        if self.lawful == self.own or own_s.max(initial=0) < NEVER:
            return own_s
        return np.where(own_s < NEVER, own_s, earliest_starts(self.lawful, arrival_s))

    def last_start_s(self, start_s: Ints) -> Ints:
        """Return the last second at which service could begin in the hours that hold `start_s`."""
        last_s = start_s
        for first_s, end_s in self.lawful:
            last_s = np.where((first_s <= start_s) & (start_s <= end_s), end_s, last_s)
        return last_s


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """What a crew means to do: its visits, and the breaks after the last one.

    `rest_s` is when it means to come to each of its breaks.
    """

    crew: CrewShift
    start_s: int
    visits: tuple[PlannedVisit, ...]
    rests: tuple[int, ...]
    rest_s: dict[int, int]


def planned_day(problem: Problem, trip: Itinerary) -> PlannedDay:
    """Lay out an itinerary; what has begun of it is passed over."""
    crew = problem.crew_by_id[trip.crew_id]
    begun = beginning_of(problem, crew)
    number = {rest.id: bit for bit, rest in enumerate(crew.breaks)}
    visits: list[PlannedVisit] = []
    rests: list[int] = []
    rest_s: dict[int, int] = {}
    left_s = begun.ready_s if crew.begun else trip.start_s
    travel_s, taken = begun.travel_s, begun.taken
    for stop in trip.stops[len(crew.begun) :]:
        if stop.kind is StopKind.BREAK:
            rests.append(number[stop.id])
            rest_s[number[stop.id]] = stop.arrival_s
        else:
            travel_s += stop.arrival_s - left_s
            taken |= sum(1 << bit for bit in rests)
            visits.append(_planned_visit(problem, crew, stop, travel_s, taken, tuple(rests)))
            rests = []
        left_s = stop.end_s
    return PlannedDay(crew, trip.start_s, tuple(visits), tuple(rests), rest_s)


def _planned_visit(
    problem: Problem, crew: CrewShift, stop: Stop, travel_s: int, taken: int, rests: tuple[int, ...]
) -> PlannedVisit:
    visit = problem.visit_by_id[stop.id]
    way = visit.options[stop.option]
    here = [o for o in visit.options if _is_like(o, way, crew)]
    lawful = merge_spans(span for option in here for span in option.starts)
    is_met = visit.may_meet and crew.size < visit.crew_size
    own = way.starts if stop.start_s > stop.arrival_s or is_met else _about_as_good(here, way)
    return PlannedVisit(visit, stop, own, lawful, travel_s, taken, rests, is_met)


def _about_as_good(here: Sequence[VisitOption], planned: VisitOption) -> tuple[Span, ...]:
    """Return the starts at a door where she is met about as likely as at the planned hour."""
    good = [one for one in here if one.p_met >= ABOUT_AS_GOOD * planned.p_met > 0]
    return merge_spans(span for one in good for span in one.starts) if good else planned.starts


def _is_like(option: VisitOption, planned: VisitOption, crew: CrewShift) -> bool:
    """Whether an option is the planned visit at another hour."""
    is_there = (option.place_id, option.location) == (planned.place_id, planned.location)
    return is_there and (option.crews is None or crew.id in option.crews)


def earliest_starts(starts: Sequence[Span], arrival_s: Ints) -> Ints:
    """Return when service begins for crews that arrive at `arrival_s`, or `NEVER`."""
    start_s = np.full(len(arrival_s), NEVER, np.int64)
    for first_s, last_s in reversed(starts):
        start_s = np.where(arrival_s <= last_s, np.maximum(arrival_s, first_s), start_s)
    return start_s
