"""Whether a planned visit may still be made, by the facts of now; and if not, why not.

A plan is kept as it was made and the book goes on. What is asked here of one visit is what
`build_problem` and `check_plan` ask of a plan that is read anew: the screening of its borrower
for its place alone, then `check_facts`. How the crews drive does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from routing.point import Point, distance_m
from scheduler.check import Fault, rule_kind
from scheduler.check.facts import check_facts
from scheduler.check.meetings import Meeting
from scheduler.day import Day
from scheduler.entrusted import NOBODY_SENT, sent_by
from scheduler.model import Borrower, Crew, Place
from scheduler.plan import LeftOut, Stop, StopKind, Violation
from scheduler.problem import Visit, VisitOption
from scheduler.rules import Refusal, RuleSet, crew_size
from scheduler.screening import Candidate, Screening, screening
from scheduler.visit_needs import people_needed, skills_needed

NO_OPEN_CASE = "no_open_case"
PLACE_MOVED = "place_moved"
"""Causes besides the kinds of violations and the reasons of the screening."""

MOST_MOVED_M = 50.0
"""A door that turns out to be no farther away than this is found by who stands at the old one."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit as its plan keeps it: to whom, where, when, and by which crews.

    `start` and `end` bound the whole visit. `point` is where the place was when it was planned,
    None where that is not known.
    """

    visit_id: str
    borrower_id: str
    place_id: str
    start: datetime
    end: datetime
    crews: tuple[Crew, ...]
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a visit may not be made: `why` is the kind of a violation, or a screening's reason.

    `source` and `is_law` are those of the rule, where one refuses it.
    """

    why: str
    text: str
    source: str = ""
    is_law: bool = False


@dataclass(frozen=True, slots=True)
class Suspension:
    """A planned visit that may not be made, since when, and by which event it came so.

    `by_subject` is what that event is about. A visit that `was_begun` by then keeps its record
    and is flagged; it is not suspended.
    """

    plan_id: int
    visit_id: str
    borrower_id: str
    since: datetime
    by_actor: str
    by_kind: str
    by_subject: str
    why: str
    text: str
    source: str
    is_law: bool
    was_begun: bool
    lifted_at: datetime | None = None

    @property
    def cause(self) -> Cause:
        return Cause(self.why, self.text, self.source, self.is_law)


@dataclass(frozen=True)
class Judge:
    """The facts of a day, for one planned visit after the other. No rules let nobody go."""

    day: Day
    rules: RuleSet | None

    def cause(self, planned: Planned) -> Cause | None:
        """Return what keeps a visit from being made, the law's no first; None where nothing does.

        Raises
        ------
        LookupError
            Where the profile's country has no known holidays.
        """
        return min(self._causes(planned), key=lambda cause: not cause.is_law, default=None)

    def meeting(self, planned: Planned) -> Meeting | None:
        """Return who would meet whom; None where nobody, or nothing, is there to be met."""
        found = self._candidate(planned)
        return self._meeting(planned, found) if isinstance(found, Candidate) else None

    def place(self, id: str) -> Place | None:
        """Return a place that is still in the book."""
        return self._places.get(id)

    def _causes(self, planned: Planned) -> Iterator[Cause]:
        if self.rules is None:
            yield _cause(_no_rules(self.day))
            return
        found = self._candidate(planned)
        if isinstance(found, Cause):
            yield found
            return
        place = self._places[planned.place_id]
        yield from _moved(planned, place)
        faults = check_facts(self.day, self.rules, [self._meeting(planned, found)])
        yield from map(_cause, faults)

    def _candidate(self, planned: Planned) -> Candidate | Cause:
        """Screen a borrower for the planned place alone."""
        borrower = self._borrowers.get(planned.borrower_id)
        place = self._places.get(planned.place_id)
        if borrower is None or not self._screening.cases.of(borrower):
            return Cause(NO_OPEN_CASE, "no case of hers is open any more")
        if place is None:
            return Cause(Fault.UNKNOWN_PLACE, "its place is not in the book any more")
        agency = sent_by(self.day, planned.crews)
        sent = NOBODY_SENT if agency is None else {borrower.id: agency}
        here = self._screening.at(place, sent)
        candidate, left_out = here.judge(borrower)
        if candidate:
            return candidate
        entry = next(each for each in left_out if each.visit_id == borrower.id)
        return _refused(entry, here.refusal_of(borrower, entry))

    def _meeting(self, planned: Planned, found: Candidate) -> Meeting:
        borrower, place = found.borrower, self._places[planned.place_id]
        visit = Visit(
            planned.visit_id,
            (VisitOption(place.id, 0, (), 0, 0),),
            found.case_ids,
            crew_size=people_needed(self.day, found.cases, self._law_size_for(borrower)),
            skills=skills_needed(borrower, found.cases),
        )
        return Meeting(
            visit,
            Stop(StopKind.VISIT, planned.visit_id, 0, 0, 0, place_id=place.id),
            planned.start.astimezone(self.day.zone),
            planned.end.astimezone(self.day.zone),
            planned.crews,
            place,
            borrower,
            found.cases,
            tuple(self._screening.cases.of(borrower)),
            found.past,
            tuple(self._screening.doors.places.of(borrower)),
        )

    @cached_property
    def _screening(self) -> Screening:
        assert self.rules is not None, "without rules nothing is screened"
        return screening(replace(self.day, crews=()), self.rules)  # each visit names its own

    def _law_size_for(self, borrower: Borrower) -> int:
        """Return how many must come, but for what was set aside for her."""
        aside = self.day.dossier_of(borrower.id).set_aside(self.day.on)
        return crew_size(self.rules, self.day.on, aside) if self.rules else 1

    @cached_property
    def _borrowers(self) -> dict[str, Borrower]:
        return {borrower.id: borrower for borrower in self.day.borrowers}

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {place.id: place for place in self.day.places}


def _moved(planned: Planned, place: Place) -> Iterator[Cause]:
    """Say that a place was found elsewhere since the visit was planned."""
    if planned.point is None or place.point is None:
        return
    metres = distance_m(planned.point, place.point)
    if metres > MOST_MOVED_M:
        yield Cause(PLACE_MOVED, f"the place was moved by {metres:.0f} m since it was planned")


def _no_rules(day: Day) -> Violation:
    return next(check_facts(day, None, ()))


def _refused(entry: LeftOut, refusal: Refusal | None) -> Cause:
    kind = rule_kind(entry.rule) if entry.rule else str(entry.reason)
    if refusal is None:
        return Cause(kind, entry.detail)
    return Cause(kind, entry.detail, refusal.source, refusal.is_law)


def _cause(fault: Violation) -> Cause:
    if not fault.seen:
        return Cause(str(fault.kind), fault.text)
    text = fault.text.removesuffix(f" [{fault.seen}: {fault.source}]")
    return Cause(fault.kind, text, fault.source, is_law=fault.seen != "D")
