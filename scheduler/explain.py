"""Why a case is planned as it is, or not: for the person who has to defend the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from scheduler.availability import ASSUMED, Basis
from scheduler.check.meetings import Meeting, meetings
from scheduler.check.rulebook import attempt_of
from scheduler.cost import trip_cost
from scheduler.drive import Call, drive
from scheduler.insertion import Insertion, best_insertions
from scheduler.kept import NO_OPTION, Reread
from scheduler.locks import fitting
from scheduler.model import Case
from scheduler.options import fits
from scheduler.plan import Itinerary, LeftOut, Plan, Stop, Violation
from scheduler.problem import MILLS, CrewShift, Problem, Visit
from scheduler.remedies import (
    NOBODY_MAY,
    NOTHING_WORKS,
    PLANNED,
    UNTRIED,
    Kind,
    OnTrial,
    ToldRemedy,
    one_more,
    remedies,
    told,
    told_one_more,
)
from scheduler.remedies.hours import own_windows
from scheduler.reserve.asked import NO_RESERVE
from scheduler.rules import Layer, passed
from scheduler.suspending import Suspension
from scheduler.timesheet import travelled_s
from scheduler.value import Term, Value
from scheduler.value.of_day import value_on

WAYS_LOOKED_AT = 200
"""Insertions that are driven to find the best of several crews."""


@dataclass(frozen=True, slots=True)
class PassedRule:
    """A rule that the visit keeps, and on what authority."""

    name: str
    version: str
    source: str
    seen: str
    layer: Layer


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
    """All that is known of one borrower's visit in a plan; money is in the book's currency.

    `dropped` are cases of hers that the visit is not for. `faults` keep a planned visit from
    being made by the facts of now; where these leave no way to plan it, `planned` is None.
    `remedies` are told on request, and the cheapest then stands in `left_out` too; `untried` says
    why none was looked for. One that is `suspended` stands in its itinerary, and is driven past:
    `left_out` then says the same as a reason. `basis` is what the chance of meeting her rests on
    by the facts of now, `reserve` what the plan was searched with.
    """

    visit_id: str
    cases: tuple[Case, ...]
    is_must_visit: bool
    value: Value | None
    planned: Planned | None
    left_out: LeftOut | None
    dropped: tuple[LeftOut, ...]
    faults: tuple[Violation, ...]
    elsewhere: tuple[Elsewhere, ...]
    remedies: tuple[ToldRemedy, ...] = ()
    untried: str = ""
    suspended: Suspension | None = None
    basis: Basis = ASSUMED
    reserve: int = NO_RESERVE


def explain(kept: Reread, borrower_id: str, *, most: int = 3) -> Explanation:
    """Say why a borrower's visit stands where it does, and at most `most` other ways."""
    problem, day = kept.problem, kept.day
    visit = problem.visit_by_id.get(borrower_id)
    cases = tuple(case for case in day.cases if case.borrower_id == borrower_id)
    hers = [e for e in kept.plan.left_out if {case.id for case in cases} & set(e.case_ids)]
    meeting = next((m for m in meetings(problem, day, kept.plan) if m.visit is visit), None)
    return Explanation(
        visit_id=borrower_id,
        cases=cases,
        is_must_visit=visit is not None and visit.is_required,
        value=_value(kept, cases, visit, meeting) if visit else None,
        planned=_planned(kept, meeting) if meeting else None,
        left_out=next((entry for entry in hers if entry.visit_id == borrower_id), None),
        dropped=tuple(entry for entry in hers if entry.visit_id != borrower_id),
        faults=tuple(fault for fault in kept.violations() if fault.id == borrower_id),
        elsewhere=tuple(_elsewhere(kept, visit, most)) if visit else (),
        suspended=kept.record.suspended.get(borrower_id),
        basis=kept.day.odds.basis,
        reserve=kept.record.content.reserve,
    )


def explain_with_remedies(
    kept: Reread, borrower_id: str, *, most: int = 3, on_trial: OnTrial | None = None
) -> Explanation:
    """Explain, and say what would make room for a visit that the search left out."""
    told_plainly = explain(kept, borrower_id, most=most)
    entry = told_plainly.left_out
    if entry is None:
        return replace(told_plainly, untried=PLANNED)
    if not _may_be_helped(kept, borrower_id):
        return replace(told_plainly, untried=UNTRIED.get(entry.reason, NOBODY_MAY))
    found = remedies_of(kept, borrower_id, on_trial)
    text = found[0].text if found else NOTHING_WORKS
    return replace(told_plainly, left_out=replace(entry, remedy=text), remedies=found)


def remedies_of(
    kept: Reread, borrower_id: str, on_trial: OnTrial | None = None
) -> tuple[ToldRemedy, ...]:
    """Return what would make room for a borrower, by the facts of now, the cheapest first.

    What the plan has locked stays so. What one crew more on the road would give comes last.
    None for one who is planned, or whom a rule or another fact keeps out: see `Explanation`.
    """
    if borrower_id in kept.plan.served or not _may_be_helped(kept, borrower_id):
        return ()
    problem, plan = _without(kept, borrower_id)
    locks, _ = fitting(problem, kept.record.content.locks)
    found = remedies(problem, plan, borrower_id, locks, on_trial=on_trial)
    is_in = any(one.change.kind is Kind.INSERT for one in found)
    more = None if is_in else one_more(problem, plan, borrower_id, locks, on_trial=on_trial)
    ways = [told(problem, remedy) for remedy in found]
    return (*ways, *([told_one_more(more)] if more else []))


def _may_be_helped(kept: Reread, borrower_id: str) -> bool:
    """Whether there is anything to try: an hour of hers, if only one that would have to move."""
    visit = kept.problem.visit_by_id.get(borrower_id)
    if visit is None:
        return False
    has_hours = any(option.starts for option in visit.options)
    return has_hours or any(own_windows(kept.problem, visit))


def _value(kept: Reread, cases: Sequence[Case], visit: Visit, meeting: Meeting | None) -> Value:
    """Return what the visit is worth as planned, or else where she is met most likely."""
    options = [visit.options[meeting.stop.option]] if meeting else visit.options
    p_met = max((option.p_met for option in options), default=0.0)
    hers = [case for case in cases if case.id in visit.case_ids]
    past = [each for each in kept.day.past if each.borrower_id == visit.id]
    value = value_on(kept.day, hers, p_met, past)
    costs = _costs(kept, meeting) if meeting else ()
    return Value((*value.terms, *costs))


def _costs(kept: Reread, meeting: Meeting) -> Iterator[Term]:
    """Yield what the visit costs each crew as planned: told, for the search weighs it itself."""
    problem, stop = kept.problem, meeting.stop
    trips = {trip.crew_id: trip for trip in kept.plan.itineraries}
    for crew in meeting.crews:
        trip, shift = trips[crew.id], problem.crew_by_id[crew.id]
        others = [each for each in trip.visits if each.id != stop.id]
        without = drive(problem, shift, _calls(problem, shift, others))
        if without is not None:
            before = without if without.visits else replace(trip, stops=())
            way_s = travelled_s(shift, trip) - (travelled_s(shift, without) if others else 0)
            price = trip_cost(problem, trip).total - trip_cost(problem, before).total
            yield Term(
                "cost",
                Decimal(-price) / MILLS,
                f"crew {crew.id}: {way_s / 60:.0f} min more on the road, "
                f"{(stop.end_s - stop.start_s) / 60:.0f} min at the door",
                is_told=True,
            )


def _planned(kept: Reread, meeting: Meeting) -> Planned:
    problem, stop = kept.problem, meeting.stop
    trip = next(trip for trip in kept.plan.itineraries if stop in trip.stops)
    return Planned(
        crew_id=trip.crew_id,
        members=tuple(member for crew in meeting.crews for member in crew.members),
        number=trip.visits.index(stop) + 1,
        place_id=stop.place_id,
        arrives=problem.at(stop.arrival_s),
        starts=problem.at(stop.start_s),
        ends=problem.at(stop.end_s),
        p_met=meeting.visit.options[stop.option].p_met,
        rules=tuple(_rules(kept, meeting)),
    )


def _rules(kept: Reread, meeting: Meeting) -> Iterator[PassedRule]:
    attempt = attempt_of(kept.day, kept.rules, meeting)
    for name, fact in passed(kept.rules, attempt) if attempt else ():
        yield PassedRule(name, fact.version, fact.source, fact.seen, fact.layer)


def _elsewhere(kept: Reread, visit: Visit, most: int) -> Iterator[Elsewhere]:
    """Yield how each of the best other crews would make the visit, were it not planned."""
    problem, plan = _without(kept, visit.id)
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


def _without(kept: Reread, visit_id: str) -> tuple[Problem, Plan]:
    """Return the plan without a visit, and the problem of the crews that can drive theirs.

    What cannot be made by now is no longer in a crew's way.
    """
    problem = kept.problem
    stops = {trip.crew_id: trip.visits for trip in kept.plan.itineraries}
    able, trips = [], []
    for crew in problem.crews:
        others = [stop for stop in stops.get(crew.id, ()) if stop.id != visit_id]
        trip = drive(problem, crew, _calls(problem, crew, others))
        if trip is not None:
            able.append(crew)
            trips += [trip] if trip.visits else []
    return replace(problem, crews=tuple(able)), Plan(tuple(trips), ())


def _calls(problem: Problem, crew: CrewShift, stops: Sequence[Stop]) -> list[Call]:
    """Return what a crew still can make of `stops`, after what it has begun."""
    begun = {stop.id for stop in crew.begun}
    known = [stop for stop in stops if stop.option != NO_OPTION and stop.id not in begun]
    calls = [Call(problem.visit_by_id[stop.id], stop.option) for stop in known]
    return [call for call in calls if fits(call.visit, crew)]
