"""Why a case is planned as it is, or not: for the person who has to defend the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.check.meetings import Meeting, meetings
from scheduler.check.rulebook import attempt_of
from scheduler.drive import calls_of, drive
from scheduler.insertion import Insertion, best_insertions
from scheduler.kept import Reread
from scheduler.model import Case, Day
from scheduler.plan import Itinerary, LeftOut, Plan
from scheduler.problem import MILLS, Visit
from scheduler.rules import passed
from scheduler.value import Value, visit_value

WAYS_LOOKED_AT = 200
"""Insertions that are driven to find the best of several crews."""


@dataclass(frozen=True, slots=True)
class PassedRule:
    """A rule that the visit keeps, and on what authority."""

    name: str
    version: str
    source: str
    seen: str


@dataclass(frozen=True, slots=True)
class Planned:
    """Where and when a visit is made, and the rules it passed."""

    crew_id: str
    members: tuple[str, ...]
    number: int
    place_id: str
    arrives: datetime
    starts: datetime
    ends: datetime
    p_met: float
    rules: tuple[PassedRule, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How another crew would make the visit, and what its day would cost more."""

    crew_id: str
    starts: datetime
    place_id: str
    extra_cost: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known of one borrower's visit in a plan; money is in the book's currency."""

    visit_id: str
    cases: tuple[Case, ...]
    is_must_visit: bool
    value: Value | None
    planned: Planned | None
    left_out: LeftOut | None
    elsewhere: tuple[Elsewhere, ...]


def explain(kept: Reread, borrower_id: str, *, most: int = 3) -> Explanation:
    """Say why a borrower's visit stands where it does, and at most `most` other ways."""
    problem, day = kept.problem, kept.day
    visit = problem.visit_by_id.get(borrower_id)
    cases = tuple(case for case in day.cases if case.borrower_id == borrower_id)
    left_out = next((e for e in kept.plan.left_out if e.visit_id == borrower_id), None)
    if visit is None:
        return Explanation(borrower_id, cases, False, None, None, left_out, ())
    meeting = next((m for m in meetings(problem, day, kept.plan) if m.visit is visit), None)
    return Explanation(
        visit_id=borrower_id,
        cases=cases,
        is_must_visit=visit.is_required,
        value=_value(day, cases, _p_met(visit, meeting)),
        planned=_planned(kept, meeting) if meeting else None,
        left_out=left_out,
        elsewhere=tuple(_elsewhere(kept, visit, most)),
    )


def _p_met(visit: Visit, meeting: Meeting | None) -> float:
    """Return the chance as planned, or the best there is."""
    if meeting:
        return visit.options[meeting.stop.option].p_met
    return max((option.p_met for option in visit.options), default=0.0)


def _value(day: Day, cases: Sequence[Case], p_met: float) -> Value:
    past = [visit for visit in day.past if visit.borrower_id == cases[0].borrower_id]
    return visit_value(cases, p_met, day.on, day.zone, past=past)


def _planned(kept: Reread, meeting: Meeting) -> Planned:
    problem, stop = kept.problem, meeting.stop
    trip = next(trip for trip in kept.plan.itineraries if stop in trip.stops)
    return Planned(
        crew_id=trip.crew_id,
        members=meeting.crew.members if meeting.crew else (),
        number=trip.visits.index(stop) + 1,
        place_id=stop.place_id,
        arrives=problem.at(stop.arrival_s),
        starts=problem.at(stop.start_s),
        ends=problem.at(stop.end_s),
        p_met=meeting.visit.options[stop.option].p_met,
        rules=tuple(_rules(kept, meeting)),
    )


def _rules(kept: Reread, meeting: Meeting) -> Iterator[PassedRule]:
    attempt = attempt_of(kept.problem, kept.day, kept.rules, meeting)
    for name, fact, version in passed(kept.rules, attempt) if attempt else ():
        yield PassedRule(name, version, fact.source, fact.seen)


def _elsewhere(kept: Reread, visit: Visit, most: int) -> Iterator[Elsewhere]:
    """Yield how each of the best other crews would make the visit, were it not planned."""
    problem, plan = kept.problem, _without(kept, visit.id)
    if plan is None:
        return
    first_of_crew: dict[str, Insertion] = {}
    for way in best_insertions(problem, plan, visit.id, most=WAYS_LOOKED_AT):
        first_of_crew.setdefault(way.crew_id, way)
    crew_now = {trip.crew_id for trip in kept.plan.itineraries if visit.id in _ids(trip)}
    others = [way for crew_id, way in first_of_crew.items() if crew_id not in crew_now]
    for way in others[:most]:
        stop = next(stop for stop in way.itinerary.visits if stop.id == visit.id)
        starts, extra_cost = problem.at(stop.start_s), way.extra_cost / MILLS
        yield Elsewhere(way.crew_id, starts, stop.place_id, extra_cost)


def _ids(trip: Itinerary) -> set[str]:
    return {stop.id for stop in trip.visits}


def _without(kept: Reread, visit_id: str) -> Plan | None:
    """Return the plan without a visit; None where its crew's day cannot be driven then."""
    trips = []
    for trip in kept.plan.itineraries:
        calls = [c for c in calls_of(kept.problem, trip) if c[0].id != visit_id]
        crew = kept.problem.crew_by_id[trip.crew_id]
        again = trip if len(calls) == len(trip.visits) else drive(kept.problem, crew, calls)
        if again is None:
            return None
        trips += [again] if again.visits else []
    return Plan(tuple(trips), ())
