"""Each borrower of the day put to stops, dates, rules and policy, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scheduler.day import Day
from scheduler.directives import held_back, must_go
from scheduler.entrusted import NOBODY_SENT, Teams, by_agency
from scheduler.grouped import Grouped
from scheduler.model import Borrower, Case, PastVisit, Place, StopFlag
from scheduler.plan import LeftOut, Reason
from scheduler.policy_screening import too_often, why_no_visit
from scheduler.rules import Refusal, RuleSet, asks_of_cases, case_refusals
from scheduler.screening.candidate import Candidate, Screened, personal_stops
from scheduler.screening.doors import Doors
from scheduler.screening.telling import (
    after_others,
    leave_out,
    not_entrusted,
    of_each,
    refused,
    with_others,
    without_crew,
)
from scheduler.value.of_day import rank_on


@dataclass(frozen=True)
class Screening:
    """The facts of the day, arranged for one borrower after the other.

    `sent` names by borrower the agency whose crew goes to her already.
    """

    doors: Doors
    cases: Grouped[Case]
    teams: Teams
    sent: Mapping[str, str]

    @property
    def day(self) -> Day:
        return self.doors.day

    def at(self, place: Place, sent: Mapping[str, str]) -> Screening:
        """Return the same day as if a borrower could be visited at one place alone."""
        doors = replace(self.doors, places=Grouped([place]))
        return replace(self, doors=doors, sent=sent)

    def judge(self, borrower: Borrower) -> tuple[Candidate | None, list[LeftOut]]:
        """Return the borrower as a candidate, or None; and what is left out of her cases."""
        cases = self.cases.of(borrower)
        if refusal := self.doors.stop(borrower, personal_stops(borrower, cases)):
            return None, [refused(borrower.id, cases, refusal)]
        sent, agencies = self.sent.get(borrower.id), {case.agency for case in cases}
        if cases and sent is not None and sent not in agencies:
            return None, [with_others(borrower.id, cases, sent)]
        if len(agencies) > 1:
            return self._judge_several(borrower, cases)
        return self._judge_group(borrower, cases)

    def _judge_several(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        """Judge the cases of each agency as a visit of its own, and choose one of these visits.

        It is that of the crew that goes already; else the must-visit, then the one worth most.
        """
        judged = {
            agency: self._judge_group(borrower, its) for agency, its in by_agency(cases).items()
        }
        sent = self.sent.get(borrower.id)
        going = [found for agency, (found, _) in judged.items() if found and sent in (None, agency)]
        chosen = max(going, key=self._rank, default=None)
        told = {
            agency: [*left_out, *([after_others(found)] if found and found is not chosen else ())]
            for agency, (found, left_out) in judged.items()
        }
        first = [] if chosen else told.pop(sent if sent is not None else min(judged))
        others = (entry for entries in told.values() for entry in entries)
        return chosen, [*first, *(each for entry in others for each in of_each(borrower, entry))]

    def _rank(self, candidate: Candidate) -> tuple[bool, Decimal]:
        return rank_on(self.day, candidate.cases, candidate.past)

    def _judge_group(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        """Do what `judge` does with the cases of one agency; nobody goes who has no crew."""
        found, left_out = self._judge_by_dates(borrower, cases)
        if found is None or self.teams.may_go(cases[0].agency):
            return found, left_out
        return None, [*left_out, without_crew(borrower.id, found.cases)]

    def _judge_by_dates(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        entrusted = [case for case in cases if case.is_entrusted(self.day.on)]
        if not entrusted and cases:
            return None, [not_entrusted(borrower.id, cases, self.day.on)]
        returned = [
            not_entrusted(f"{borrower.id}/{case.id}", [case], self.day.on)
            for case in cases
            if not case.is_entrusted(self.day.on)
        ]
        candidate, left_out = self._judge_entrusted(borrower, entrusted)
        return candidate, [*returned, *left_out]

    def _judge_entrusted(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        """Do what `judge` does with the cases that somebody may work today."""
        stops = {case.id: self.doors.stop(borrower, case.stops) for case in cases}
        going = [case for case in cases if stops[case.id] is None]
        if not going:
            return None, list(self._all_stopped(borrower, cases))
        left_out = [
            refused(f"{borrower.id}/{case.id}", [case], refusal)
            for case in cases
            if (refusal := stops[case.id])
        ]
        bound = self._bound_of(borrower, going)
        if bound and len(bound) < len(going):  # for none of them is told below, with her places
            left_out += [
                refused(f"{borrower.id}/{case.id}", [case], bound[case.id])
                for case in going
                if case.id in bound
            ]
            going = [case for case in going if case.id not in bound]
        found, unasked = self._asked_for(borrower, going)
        return found, [*left_out, *unasked]

    def _bound_of(self, borrower: Borrower, cases: Sequence[Case]) -> dict[str, Refusal]:
        """Return by id of several cases what refuses each by itself; of one nothing is parted."""
        if len(cases) < 2 or not asks_of_cases(self.doors.rules):  # nearly always
            return {}
        return {case.id: no for case in cases if (no := self._bound(borrower, case))}

    def _bound(self, borrower: Borrower, case: Case) -> Refusal | None:
        """Return what refuses any visit for a case because of its product, at each of her places.

        It is left out by itself, as a case that is stopped; her others go on.
        """
        doors = self.doors
        tries = (doors.attempt(borrower, [case], place) for place in doors.places.of(borrower))
        said = [case_refusals(doors.rules, attempt) for attempt in tries]
        return said[0][0] if said and all(said) else None

    def _asked_for(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        """Return the borrower as a candidate for those cases for which the policy asks for a visit.

        What a rule says comes before what the policy says of how often; what a dispatcher said of
        her comes before the policy.
        """
        if said := held_back(self.day.dossier_of(borrower.id).directives, self.day.on):
            return None, [leave_out(borrower.id, cases, Reason.HELD_BACK, said.told)]
        asked, left_out = self._part(borrower, cases, {c.id: self._why_no_visit(c) for c in cases})
        if not asked:
            return None, left_out
        found = self.doors.candidate(borrower, asked)
        if isinstance(found, LeftOut):
            return None, [*left_out, found]
        why = {case.id: self._too_often(case, found.past) for case in asked}
        due, too_early = self._part(borrower, asked, why)
        return replace(found, cases=tuple(due)) if due else None, [*left_out, *too_early]

    def _part(
        self, borrower: Borrower, cases: Sequence[Case], why: Mapping[str, str]
    ) -> tuple[list[Case], list[LeftOut]]:
        """Part the cases into those without a reason, and why the others are left out."""
        going = [case for case in cases if not why[case.id]]
        if not going:
            return [], [leave_out(borrower.id, cases, Reason.POLICY, why[cases[0].id])]
        return going, [
            leave_out(f"{borrower.id}/{case.id}", [case], Reason.POLICY, why[case.id])
            for case in cases
            if why[case.id]
        ]

    def _why_no_visit(self, case: Case) -> str:
        policy, day = self.day.policy, self.day
        if policy is None or self._must_go(case):
            return ""
        contacts = day.dossier_of(case.borrower_id).contacts
        return why_no_visit(policy, case, contacts, day.on, day.zone)

    def _too_often(self, case: Case, past: Sequence[PastVisit]) -> str:
        policy, day = self.day.policy, self.day
        if policy is None or self._must_go(case):
            return ""
        return too_often(policy, case, past, day.on, day.zone)

    def _must_go(self, case: Case) -> bool:
        return must_go(self.day.dossier_of(case.borrower_id).directives, self.day.on)

    def refusal_of(self, borrower: Borrower, entry: LeftOut) -> Refusal | None:
        """Return the refusal that left a borrower out, None where no rule did."""
        cases = self.cases.of(borrower)
        stops = {case.id: self.doors.stop(borrower, case.stops) for case in cases}
        asked = [case for case in cases if case.id in entry.case_ids]
        going = [case for case in asked if stops[case.id] is None] or cases
        flags = (personal_stops(borrower, cases), *(case.stops for case in cases))
        standing = (*flags, frozenset[StopFlag]().union(*flags))
        said = [no for each in standing if (no := self.doors.stop(borrower, each))]
        said += [
            no
            for place in self.doors.places.of(borrower)
            for no in self.doors.refusals(self.doors.attempt(borrower, going, place))
        ]
        told = (entry.rule, entry.detail)
        return next((no for no in said if (no.rule, no.text) == told), None)

    def _all_stopped(self, borrower: Borrower, cases: Sequence[Case]) -> Iterator[LeftOut]:
        """Tell every stop of a borrower none of whose cases may be visited for; none of nobody."""
        stops = frozenset[StopFlag]().union(*(case.stops for case in cases))
        if refusal := self.doors.stop(borrower, stops):
            yield refused(borrower.id, cases, refusal)


def screening(day: Day, rules: RuleSet, sent: Mapping[str, str] = NOBODY_SENT) -> Screening:
    """Arrange the facts of a day for the screening of its borrowers, one by one."""
    return Screening(Doors.of(day, rules), Grouped(day.cases), Teams.of(day), sent)


def screen(day: Day, rules: RuleSet, sent: Mapping[str, str] = NOBODY_SENT) -> Screened:
    """Apply to every borrower of `day` what holds whatever the crew and the route.

    `sent` names by borrower the agency whose crew goes to her already.
    """
    asked = screening(day, rules, sent)
    judged = [asked.judge(borrower) for borrower in day.borrowers]
    return Screened(
        asked.doors.info,
        tuple(candidate for candidate, _ in judged if candidate),
        tuple(entry for _, left_out in judged for entry in left_out),
    )
