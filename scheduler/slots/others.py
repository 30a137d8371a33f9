"""A day without her: built once, and then anybody's visit is put beside it.

What is dear of a day (its facts, its screening, its plan driven again) is the same whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from routing.travel import Mode, Spot, TravelMatrix, TravelTimes
from scheduler.build import build_problem
from scheduler.day import Day
from scheduler.kept import NOTHING_TOLD, Reread, only, reread
from scheduler.plan import Itinerary, Plan
from scheduler.ports import PlanRecord, Told
from scheduler.problem import CrewShift, Problem, Visit
from scheduler.rules import RuleSet


@dataclass
class Noted:
    """Travel times that note for which spots a problem has asked: its locations, in their order."""

    times: TravelTimes
    spots: tuple[Spot, ...] = ()
    modes: tuple[Mode, ...] = ()

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        self.spots, self.modes = tuple(spots), tuple(modes)
        return self.times.matrix(spots, modes)


@dataclass(frozen=True)
class Others:
    """The others of a day: their problem, whose locations are `spots`, and their plan.

    `record` is the day's plan, of which crews have `told`; without one `plan` is empty, and the
    problem has those who have agreed to a visit. `has_crews` tells whether the crews are formed,
    or only likely.
    """

    problem: Problem
    spots: tuple[Spot, ...]
    modes: tuple[Mode, ...]
    plan: Plan
    record: PlanRecord | None = None
    has_crews: bool = True
    told: Told = NOTHING_TOLD

    def kept(self, problem: Problem, rules: RuleSet) -> Reread:
        """Return the day's plan as one that was read against `problem`."""
        assert self.record is not None
        assert problem.day is not None
        return Reread(self.record, problem.day, rules, problem, self.plan, self.told)


def others_of(
    day: Day,
    rules: RuleSet,
    times: TravelTimes,
    record: PlanRecord | None = None,
    *,
    has_crews: bool = True,
    told: Told = NOTHING_TOLD,
) -> Others:
    """Return a day by its plan, or, where it has none, by what its borrowers have agreed to.

    `told` is what crews have told of the day by now.
    """
    noted = Noted(times)
    if record is not None:
        kept = reread(record, day, rules, noted, told=told)
        return Others(kept.problem, noted.spots, noted.modes, kept.plan, record, told=told)
    problem = build_problem(day, rules, noted)
    agreed = replace(problem, visits=tuple(visit for visit in problem.visits if visit.is_required))
    return Others(agreed, noted.spots, noted.modes, Plan((), ()), None, has_crews)


def without_her(others: Others, borrower_id: str) -> Others:
    """Return a planned day as if its plan did not visit her: the other stops keep their times.

    Nothing is built anew. What the problem has of her goes once she is put in anew.
    """
    record = others.record
    assert record is not None
    targets = {id: target for id, target in record.content.targets.items() if id != borrower_id}
    plan = _plan_without(record.content.plan, borrower_id)
    record = replace(record, content=replace(record.content, plan=plan, targets=targets))
    return replace(others, record=record, plan=_plan_without(others.plan, borrower_id))


def _plan_without(plan: Plan, borrower_id: str) -> Plan:
    trips = (_trip_without(trip, borrower_id) for trip in plan.itineraries)
    return replace(plan, itineraries=tuple(trip for trip in trips if trip.visits))


def _trip_without(trip: Itinerary, borrower_id: str) -> Itinerary:
    left = tuple(stop for stop in trip.stops if stop.id != borrower_id)
    return trip if len(left) == len(trip.stops) else replace(trip, stops=left)


def with_her(others: Others, day: Day, rules: RuleSet, times: TravelTimes) -> Problem:
    """Return the problem of the others and of the one borrower of `day`, by their crews.

    It is the one that would be built of both at once: a crew's languages are those that either
    side asks for. What the others' has of her is replaced.
    """
    others = _but(others, {borrower.id for borrower in day.borrowers})
    noted = Noted(times)
    hers = build_problem(day, rules, noted)
    spots = (*others.spots, *(spot for spot in noted.spots if spot not in set(others.spots)))
    row = {spot: i for i, spot in enumerate(spots)}
    visits = tuple(_moved(visit, [row[spot] for spot in noted.spots]) for visit in hers.visits)
    crews = tuple(map(_able, others.problem.crews, hers.crews))
    return replace(
        others.problem,
        visits=(*others.problem.visits, *visits),
        crews=crews,
        travel=times.matrix(spots, others.modes),
        refused=(*others.problem.refused, *hers.refused),
        day=others.problem.day and joined(others.problem.day, day),
    )


def _but(others: Others, gone: AbstractSet[str]) -> Others:
    """Return the others without some of them; their locations stay."""
    problem, day = others.problem, others.problem.day
    if day is None or not any(borrower.id in gone for borrower in day.borrowers):
        return others
    changed = replace(
        problem,
        visits=tuple(visit for visit in problem.visits if visit.id not in gone),
        refused=tuple(one for one in problem.refused if one.visit_id.split("/")[0] not in gone),
        day=only(day, {borrower.id for borrower in day.borrowers} - gone),
    )
    return replace(others, problem=changed)


def _moved(visit: Visit, rows: Sequence[int]) -> Visit:
    options = (replace(option, location=rows[option.location]) for option in visit.options)
    return replace(visit, options=tuple(options))


def _able(crew: CrewShift, hers: CrewShift) -> CrewShift:
    return replace(crew, skills=crew.skills | hers.skills)


def joined(day: Day, hers: Day) -> Day:
    """Return a day of the borrowers of both."""
    return replace(
        day,
        borrowers=(*day.borrowers, *hers.borrowers),
        cases=(*day.cases, *hers.cases),
        places=(*day.places, *hers.places),
        past=(*day.past, *hers.past),
        dossiers={**day.dossiers, **hers.dossiers},
        told_at={**day.told_at, **hers.told_at},
    )
