"""Where every crew of a running day stands, what is late, and what is in danger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduler.field.overdue import HOUSE, Awaited, Overdue, Patience, overdue
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.ports import NewPlan, Told
from scheduler.problem import CrewShift, Problem
from scheduler.running.ahead import starts_at, timed
from scheduler.running.begun import Begun, begun
from scheduler.running.limits import widened
from scheduler.running.told import (
    Made,
    SaidLate,
    began_s,
    has_ended,
    last_told_s,
    made_visits,
    said_late,
)
from scheduler.running.under_way import awaited, come_now, delayed, said_start_s
from scheduler.windows import holds

LATE_S = 300
"""Behind the plan by less is on time."""

TIGHT_S = 900
"""A late visit that has less than this left of its hours is in danger."""


class State(StrEnum):
    """How a stop stands."""

    DONE = "done"
    AT_DOOR = "at_door"
    ON_TIME = "on_time"
    LATE = "late"
    TIGHT = "tight"  # late, and its hours are nearly over
    MISSED = "missed"  # it cannot be made in its hours any more
    GONE = "gone"  # it may not be made by the facts of now; the plan still has it

    @property
    def is_threatened(self) -> bool:
        return self is State.TIGHT or self.is_lost

    @property
    def is_lost(self) -> bool:
        return self in (State.MISSED, State.GONE)


@dataclass(frozen=True, slots=True)
class StopNow:
    """A stop as it was or is expected, and how much later than planned.

    `spare_s` is what is left of its hours after the expected start; negative where that is past
    them, None for what is done and for breaks.
    """

    stop: Stop
    state: State
    late_s: int = 0
    spare_s: int | None = None
    is_must: bool = False


@dataclass(frozen=True, slots=True)
class CrewNow:
    """A crew as it stands.

    `trip` is its whole day, what is made with true times and the rest as expected. `heard_s` is
    when it last told anything, None for never. `overdue` is what it should have told long ago.
    `said` is what it said of being late, as long as it has not checked in since. `missed_breaks`
    can be taken no more.
    """

    crew: CrewShift
    trip: Itinerary
    stops: tuple[StopNow, ...]
    heard_s: int | None
    overdue: Overdue | None
    late_s: int
    overtime_s: int
    missed_breaks: tuple[str, ...] = ()
    is_at_door: bool = False
    said: SaidLate | None = None

    @property
    def done(self) -> int:
        """How many visits are made."""
        visits = [one for one in self.stops if one.stop.kind is StopKind.VISIT]
        return sum(one.state is State.DONE for one in visits)

    @property
    def free_s(self) -> int:
        """When it can go on from the last stop that it has begun."""
        return self.crew.begun[-1].end_s if self.crew.begun else self.crew.start_s

    @property
    def threatened(self) -> tuple[StopNow, ...]:
        return tuple(one for one in self.stops if one.state.is_threatened)


@dataclass(frozen=True)
class Running:
    """A plan as it runs at `now_s`: its problem, in which what is made is begun, and its crews."""

    now_s: int
    problem: Problem
    plan: Plan
    crews: Mapping[str, CrewNow]


def as_it_runs(
    problem: Problem,
    plan: Plan,
    content: NewPlan,
    told: Told,
    now_s: int,
    patience: Patience = HOUSE,
) -> Running:
    """Return a plan by what its crews have told until `now_s`.

    `problem` holds what is made as visits without hours (`build_problem` with `made`); `plan` is
    `content.plan` without what is driven past. `patience` is how long nobody is asked after.
    """
    made = made_visits(content, told)
    trips = {trip.crew_id: trip for trip in plan.itineraries}
    crews = {
        crew.id: _crew_now(problem, crew, trips[crew.id], content, told, made, now_s, patience)
        for crew in problem.crews
        if crew.id in trips
    }
    shifts = tuple(crews[c.id].crew if c.id in crews else c for c in problem.crews)
    retimed = tuple(
        crews[trip.crew_id].trip if trip.crew_id in crews else trip for trip in plan.itineraries
    )
    now = replace(problem, crews=shifts)
    return Running(now_s, now, replace(plan, itineraries=retimed), crews)


def _crew_now(
    problem: Problem,
    shift: CrewShift,
    trip: Itinerary,
    content: NewPlan,
    told: Told,
    made: Sequence[Made],
    now_s: int,
    patience: Patience,
) -> CrewNow:
    crew = next(one for one in content.crews if one.id == shift.id)
    hers = [one for one in made if one.crew_id == shift.id and _knows(problem, one)]
    stands = begun(problem, shift, hers, _left_s(shift, trip, content, told, hers), now_s)
    done = {stop.id for stop in stands.crew.begun}
    ahead = [stop for stop in trip.stops if stop.id not in done and stop.id not in stands.missed]
    known = [stop for stop in ahead if stop.kind is StopKind.BREAK or problem.knows(stop)]
    said, heard_s = said_late(content, crew, told), last_told_s(content, crew, told)
    said_s = said_start_s(known, said)
    stands = delayed(problem, stands, known, said_s) if said_s else stands
    due = None if has_ended(crew, told) else awaited(problem, stands, known, hers, said_s)
    if due and not hers and began_s(content, crew, told) is None:
        due = Awaited.BEGIN, trip.start_s + (said.late_s if said else 0)
    ready = come_now(problem, stands, known, now_s)
    ready = widened(problem, ready) if ready.begun else ready
    next_s = said_s if stands.is_at_door else max(said_s, now_s)
    expected = timed(problem, ready, known, next_s) if ready.begun or known else trip
    expected = _with_gone(expected, [stop for stop in ahead if stop not in known])
    stops = _stops_now(problem, ready, stands, expected, trip)
    late_s = next((one.late_s for one in stops if _is_next(one)), 0)
    return CrewNow(
        crew=ready,
        trip=expected,
        stops=stops,
        heard_s=heard_s,
        overdue=overdue(*due, heard_s, now_s, patience) if due else None,
        late_s=max(0, late_s),
        overtime_s=max(0, expected.end_s - shift.end_s),
        missed_breaks=stands.missed,
        is_at_door=stands.is_at_door,
        said=said,
    )


def _is_next(one: StopNow) -> bool:
    """Whether it is a visit that is not over; how late a break comes is no delay of its own."""
    return one.stop.kind is StopKind.VISIT and one.state is not State.DONE


def _with_gone(trip: Itinerary, gone: Sequence[Stop]) -> Itinerary:
    """Put stops that nobody may make back where they were planned, for the judge to name them."""
    there = {stop.id for stop in trip.stops}
    stops = [*trip.stops, *(stop for stop in gone if stop.id not in there)]
    return replace(trip, stops=tuple(sorted(stops, key=lambda stop: stop.start_s)))


def _knows(problem: Problem, made: Made) -> bool:
    return made.visit_id in problem.visit_by_id


def _left_s(
    shift: CrewShift, trip: Itinerary, content: NewPlan, told: Told, made: Sequence[Made]
) -> int:
    """Return when a crew left home: when it said so, else by its plan; before its first door."""
    crew = next(one for one in content.crews if one.id == shift.id)
    said_s = began_s(content, crew, told)
    left_s = max(shift.start_s, trip.start_s if said_s is None else said_s)
    return max(shift.start_s, min([left_s, *(one.arrived_s for one in made[:1])]))


def _stops_now(
    problem: Problem, crew: CrewShift, stands: Begun, expected: Itinerary, planned: Itinerary
) -> tuple[StopNow, ...]:
    before = {stop.id: stop for stop in planned.stops}
    at_door = crew.begun[-1] if stands.is_at_door else None
    return tuple(
        _stop_now(problem, crew, stop, before.get(stop.id), at_door) for stop in expected.stops
    )


def _stop_now(
    problem: Problem, crew: CrewShift, stop: Stop, planned: Stop | None, at_door: Stop | None
) -> StopNow:
    late_s = stop.start_s - planned.start_s if planned else 0
    if stop in crew.begun:
        return StopNow(stop, State.AT_DOOR if stop is at_door else State.DONE, late_s)
    if stop.kind is StopKind.BREAK:
        return StopNow(stop, State.LATE if late_s >= LATE_S else State.ON_TIME, late_s)
    if not problem.knows(stop):
        return StopNow(stop, State.GONE, late_s)
    visit = problem.visit_by_id[stop.id]
    starts = starts_at(visit, crew, stop.place_id)
    spare_s = _spare_s(starts, stop.start_s)
    is_missed = not holds(starts, stop.start_s)
    state = _state(late_s, spare_s, is_missed=is_missed)
    return StopNow(stop, state, late_s, spare_s, visit.is_required)


def _spare_s(starts: Sequence[tuple[int, int]], start_s: int) -> int:
    """Return what is left of the hours that a start lies in, or how far it is past the last."""
    here = [last for first, last in starts if first <= start_s <= last]
    last = here[0] if here else max((last for _, last in starts), default=start_s)
    return last - start_s


def _state(late_s: int, spare_s: int, *, is_missed: bool) -> State:
    if is_missed:
        return State.MISSED
    if late_s < LATE_S:
        return State.ON_TIME
    return State.TIGHT if spare_s < TIGHT_S else State.LATE
