"""A kept plan, read against the facts of now.

A plan is kept as it was made; the book goes on. To judge it again, or to explain it, its problem
is built anew for the borrowers it visits, and each stop finds its option again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from routing.travel import TravelTimes
from scheduler.build import Pinned, build_problem
from scheduler.check import Fault, check_plan, rule_kind
from scheduler.day import Day
from scheduler.driven_past import driven_past, left_out_by
from scheduler.entrusted import sent_by
from scheduler.model import Crew, Window
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop, StopKind, Violation
from scheduler.ports import PlanRecord, Told
from scheduler.problem import Problem, Visit
from scheduler.rules import RuleSet
from scheduler.running.told import made_visits, unmade_visits
from scheduler.screening import screen

NO_OPTION = -1
NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Reread:
    """A kept plan against the problem as it is today."""

    record: PlanRecord
    day: Day
    rules: RuleSet
    problem: Problem
    plan: Plan
    told: Told = NOTHING_TOLD

    def violations(self) -> list[Violation]:
        """Judge the plan by today's facts; what is refused by now names the rule or the place."""
        return [
            named for fault in check_plan(self.problem, self.plan) for named in self._named(fault)
        ]

    def _named(self, fault: Violation) -> Iterable[Violation]:
        """Say of a visit or an option that the problem of today has not, why it has not."""
        if fault.kind == Fault.UNKNOWN_VISIT:
            refused: Iterable[LeftOut] = self.problem.refused
            fault = replace(fault, text="planned, and has no open case by now")
        elif fault.kind == Fault.UNKNOWN_OPTION:
            refused = self._refused_at_its_place(fault.id)
        else:
            return [fault]
        named = [_refused_by_now(entry) for entry in refused if entry.visit_id == fault.id]
        return named or [fault]

    def _refused_at_its_place(self, borrower_id: str) -> Iterable[LeftOut]:
        """Screen a borrower, who may be visited elsewhere, for the planned place alone."""
        stops = (stop for trip in self.plan.itineraries for stop in trip.visits)
        place_ids = {stop.place_id for stop in stops if stop.id == borrower_id}
        places = [place for place in self.day.places if place.id in place_ids]
        if not places:
            return [LeftOut(borrower_id, Reason.NOT_PLACED, "its place is not in the book")]
        here = replace(only(self.day, {borrower_id}), places=places)
        return screen(here, self.rules, sent_to(self.record, self.day)).left_out


def reread(
    record: PlanRecord,
    day: Day,
    rules: RuleSet,
    travel: TravelTimes,
    also: Iterable[str] = (),
    told: Told = NOTHING_TOLD,
) -> Reread:
    """Build the problem of a kept plan's borrowers, and of those in `also`, from today's facts.

    Visits that are suspended are driven past, and left out with their cause; so are those of which
    their crew `told` that it did not make them. What was made stays, whatever the facts say now.
    """
    ids = {target.borrower_id for target in record.content.targets.values()} | set(also)
    day = replace(only(day, ids), crews=record.content.crews)
    day = replace(day, crews=_as_able_as_now(day))
    made = made_visits(record.content, told)
    pinned = [Pinned(one.visit_id, one.case_ids, one.place) for one in made]
    problem = build_problem(day, rules, travel, sent=sent_to(record, day), made=pinned)
    return read_against(record, day, rules, problem, told)


def read_against(
    record: PlanRecord, day: Day, rules: RuleSet, problem: Problem, told: Told = NOTHING_TOLD
) -> Reread:
    """Read a kept plan against a problem that was built for its crews, as `reread` does."""
    made = {one.visit_id for one in made_visits(record.content, told)}
    gone = {id_: left_out_by(each) for id_, each in record.suspended.items() if id_ not in made}
    gone |= unmade_visits(record.content, told)
    trips = tuple(
        _with_options(driven_past(trip, problem, gone.keys()), problem)
        for trip in record.content.plan.itineraries
    )
    served = {stop.id for trip in trips for stop in trip.visits}
    entries = {entry.visit_id: entry for entry in record.content.plan.left_out} | gone
    left_out = tuple(_left_out(problem, served, entries))
    return Reread(record, day, rules, problem, Plan(trips, left_out), told)


def sent_to(record: PlanRecord, day: Day) -> dict[str, str]:
    """Return by borrower the agency whose crews a plan sends to her, by whom they work for now."""
    content, going = record.content, defaultdict[str, list[Crew]](list)
    crews = {crew.id: crew for crew in content.crews}
    for trip in content.plan.itineraries:
        for stop in trip.visits:
            if trip.crew_id in crews and stop.id in content.targets:
                going[content.targets[stop.id].borrower_id].append(crews[trip.crew_id])
    agencies = {borrower_id: sent_by(day, hers) for borrower_id, hers in going.items()}
    return {borrower_id: name for borrower_id, name in agencies.items() if name is not None}


def _as_able_as_now(day: Day) -> tuple[Crew, ...]:
    """Return the day's crews with what their members have learned since they were formed."""
    skills = {collector.id: collector.skills for collector in day.collectors}
    return tuple(
        replace(crew, skills=crew.skills.union(*(skills.get(one, ()) for one in crew.members)))
        for crew in day.crews
    )


def with_closed_visit(kept: Reread, borrower_id: str, travel: TravelTimes) -> Reread:
    """Return `kept` with a borrower whose own hours are not lawful as a visit without an hour.

    So a remedy can move her hours, and nothing else makes the visit. As it was where she is
    planned, or is kept out for another reason.
    """
    refused = {entry.visit_id: entry.reason for entry in kept.problem.refused}
    is_out = refused.get(borrower_id) is Reason.NO_LAWFUL_WINDOW
    if not is_out or borrower_id in kept.plan.served:
        return kept
    day = _at_any_hour(kept.day, borrower_id)
    freed = reread(kept.record, day, kept.rules, travel, [borrower_id], kept.told)
    visits = tuple(_closed(v) if v.id == borrower_id else v for v in freed.problem.visits)
    return replace(freed, day=kept.day, problem=replace(freed.problem, visits=visits, day=kept.day))


def _closed(visit: Visit) -> Visit:
    return replace(visit, options=tuple(replace(option, starts=()) for option in visit.options))


def _at_any_hour(day: Day, borrower_id: str) -> Day:
    """Return the day as if she had named no hours; what is booked for today stays booked."""
    midnights = (datetime.combine(day.on + timedelta(days=n), time(), day.zone) for n in (0, 1))
    today = Window(*midnights)
    return replace(
        day,
        places=[replace(p, windows=()) if p.borrower_id == borrower_id else p for p in day.places],
        cases=[
            replace(c, appointment=c.appointment and today) if c.borrower_id == borrower_id else c
            for c in day.cases
        ],
    )


def only(day: Day, borrower_ids: set[str]) -> Day:
    """Return the day as if these were all of its borrowers."""
    return replace(
        day,
        borrowers=[b for b in day.borrowers if b.id in borrower_ids],
        cases=[case for case in day.cases if case.borrower_id in borrower_ids],
        places=[place for place in day.places if place.borrower_id in borrower_ids],
    )


def _with_options(trip: Itinerary, problem: Problem) -> Itinerary:
    stops = (
        replace(stop, option=_option_of(stop, problem.visit_by_id.get(stop.id)))
        if stop.kind is StopKind.VISIT
        else stop
        for stop in trip.stops
    )
    return replace(trip, stops=tuple(stops))


def _option_of(stop: Stop, visit: Visit | None) -> int:
    """Return the option at the stop's place that holds its start, else any at that place."""
    options = enumerate(visit.options if visit else ())
    here = [(i, option) for i, option in options if option.place_id == stop.place_id]
    for i, option in here:
        if any(first <= stop.start_s <= last for first, last in option.starts):
            return i
    return here[0][0] if here else NO_OPTION


def _left_out(problem: Problem, served: set[str], told: dict[str, LeftOut]) -> Iterator[LeftOut]:
    yield from (entry for entry in problem.refused if entry.visit_id not in served)
    for visit in problem.visits:
        if visit.id not in served:
            yield told.get(visit.id) or LeftOut(visit.id, Reason.NEW, "plan the day again")


def _refused_by_now(entry: LeftOut) -> Violation:
    """Return it as a violation of its rule, or else of the kind that its reason names."""
    kind = rule_kind(entry.rule) if entry.rule else entry.reason
    return Violation(kind, entry.visit_id, f"planned, and refused by now: {entry.detail}")
