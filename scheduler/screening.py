"""Who may be visited today, where and in which hours; and why the others may not.

The first half of a day's planning: facts and rules in, candidates and refusals out. Still in
datetimes; `scheduler.build` turns the candidates into whole seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from routing.geocoding import Precision
from scheduler.availability import failed_hours
from scheduler.day import Day
from scheduler.directives import held_back, must_go
from scheduler.entrusted import NOBODY_SENT, Teams, by_agency, name_of
from scheduler.follow_ups import not_before
from scheduler.grouped import Grouped
from scheduler.model import (
    Borrower,
    Case,
    PastVisit,
    Place,
    PlaceKind,
    StopFlag,
    Window,
)
from scheduler.plan import LeftOut, Reason
from scheduler.policy_screening import too_often, why_no_visit
from scheduler.promises import visit_days
from scheduler.rules import (
    Attempt,
    DayInfo,
    Refusal,
    RuleSet,
    asks_of_cases,
    case_refusals,
    crew_size,
    day_info,
    day_refusals,
    lawful_windows,
    refusals,
    stop_refusal,
)
from scheduler.value.of_day import is_must_on, rank_on
from scheduler.windows import intersect

STOPS_OF_ONE_CASE = frozenset(
    {StopFlag.PAID, StopFlag.DISPUTED, StopFlag.LEGAL_HOLD, StopFlag.OTHER}
)
"""Stops that are about the contract; every other one is about the person."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where the borrower may be visited today, and the windows that hold a visit."""

    place: Place
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A borrower who may be visited today, the cases it is for, and her earlier visits."""

    borrower: Borrower
    cases: tuple[Case, ...]
    openings: tuple[Opening, ...]
    past: tuple[PastVisit, ...] = ()

    @property
    def case_ids(self) -> tuple[str, ...]:
        return tuple(case.id for case in self.cases)

    def failed_hours(self, kind: PlaceKind, zone: tzinfo) -> list[int]:
        """Return the local hours of earlier visits to such a place that met nobody."""
        return failed_hours(self.past, kind, zone)


@dataclass(frozen=True, slots=True)
class Screened:
    """All borrowers of the day: those who may be visited, and why the others may not."""

    info: DayInfo
    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Screening:
    """The facts of the day, arranged for one borrower after the other.

    `sent` names by borrower the agency whose crew goes to her already.
    """

    day: Day
    rules: RuleSet
    info: DayInfo
    lawful: tuple[Window, ...]
    cases: Grouped[Case]
    places: Grouped[Place]
    past: Grouped[PastVisit]
    teams: Teams
    sent: Mapping[str, str]

    def judge(self, borrower: Borrower) -> tuple[Candidate | None, list[LeftOut]]:
        """Return the borrower as a candidate, or None; and what is left out of her cases."""
        cases = self.cases.of(borrower)
        if refusal := self._stop(borrower, personal_stops(borrower, cases)):
            return None, [_refused(borrower.id, cases, refusal)]
        sent, agencies = self.sent.get(borrower.id), {case.agency for case in cases}
        if cases and sent is not None and sent not in agencies:
            return None, [_with_others(borrower.id, cases, sent)]
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
            agency: [*left_out, *([_after_others(found)] if found and found is not chosen else ())]
            for agency, (found, left_out) in judged.items()
        }
        first = [] if chosen else told.pop(sent if sent is not None else min(judged))
        others = (entry for entries in told.values() for entry in entries)
        return chosen, [*first, *(each for entry in others for each in _each(borrower, entry))]

    def _rank(self, candidate: Candidate) -> tuple[bool, Decimal]:
        return rank_on(self.day, candidate.cases, candidate.past)

    def _judge_group(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        """Do what `judge` does with the cases of one agency; nobody goes who has no crew."""
        found, left_out = self._judge_by_dates(borrower, cases)
        if found is None or self.teams.may_go(cases[0].agency):
            return found, left_out
        return None, [*left_out, _without_crew(borrower.id, found.cases)]

    def _judge_by_dates(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        entrusted = [case for case in cases if case.is_entrusted(self.day.on)]
        if not entrusted and cases:
            return None, [_not_entrusted(borrower.id, cases, self.day.on)]
        returned = [
            _not_entrusted(f"{borrower.id}/{case.id}", [case], self.day.on)
            for case in cases
            if not case.is_entrusted(self.day.on)
        ]
        candidate, left_out = self._judge_entrusted(borrower, entrusted)
        return candidate, [*returned, *left_out]

    def _judge_entrusted(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        """Do what `judge` does with the cases that somebody may work today."""
        stops = {case.id: self._stop(borrower, case.stops) for case in cases}
        going = [case for case in cases if stops[case.id] is None]
        if not going:
            return None, list(self._all_stopped(borrower, cases))
        left_out = [
            _refused(f"{borrower.id}/{case.id}", [case], refusal)
            for case in cases
            if (refusal := stops[case.id])
        ]
        bound = self._bound_of(borrower, going)
        if bound and len(bound) < len(going):  # for none of them is told below, with her places
            left_out += [
                _refused(f"{borrower.id}/{case.id}", [case], bound[case.id])
                for case in going
                if case.id in bound
            ]
            going = [case for case in going if case.id not in bound]
        found, unasked = self._asked_for(borrower, going)
        return found, [*left_out, *unasked]

    def _bound_of(self, borrower: Borrower, cases: Sequence[Case]) -> dict[str, Refusal]:
        """Return by id of several cases what refuses each by itself; of one nothing is parted."""
        if len(cases) < 2 or not asks_of_cases(self.rules):  # nearly always
            return {}
        return {case.id: no for case in cases if (no := self._bound(borrower, case))}

    def _bound(self, borrower: Borrower, case: Case) -> Refusal | None:
        """Return what refuses any visit for a case because of its product, at each of her places.

        It is left out by itself, as a case that is stopped; her others go on.
        """
        tries = (self._attempt(borrower, [case], place) for place in self.places.of(borrower))
        said = [case_refusals(self.rules, attempt) for attempt in tries]
        return said[0][0] if said and all(said) else None

    def _asked_for(
        self, borrower: Borrower, cases: Sequence[Case]
    ) -> tuple[Candidate | None, list[LeftOut]]:
        """Return the borrower as a candidate for those cases for which the policy asks for a visit.

        What a rule says comes before what the policy says of how often; what a dispatcher said of
        her comes before the policy.
        """
        if said := held_back(self.day.dossier_of(borrower.id).directives, self.day.on):
            return None, [_left_out(borrower.id, cases, Reason.HELD_BACK, said.told)]
        asked, left_out = self._part(borrower, cases, {c.id: self._why_no_visit(c) for c in cases})
        if not asked:
            return None, left_out
        found = self.candidate(borrower, asked)
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
            return [], [_left_out(borrower.id, cases, Reason.POLICY, why[cases[0].id])]
        return going, [
            _left_out(f"{borrower.id}/{case.id}", [case], Reason.POLICY, why[case.id])
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

    def candidate(self, borrower: Borrower, cases: Sequence[Case]) -> Candidate | LeftOut:
        """Open the borrower's places for her `cases`, or say why none opens."""
        if later := self.reason_to_wait(borrower, cases):
            return _left_out(borrower.id, cases, Reason.NOT_TODAY, later)
        placed = [place for place in self.places.of(borrower) if place.is_placed]
        if not placed:
            detail = why_not_placed(self.places.of(borrower))
            return _left_out(borrower.id, cases, Reason.NOT_PLACED, detail)
        tries = {place.id: self._attempt(borrower, cases, place) for place in placed}
        closed = {id_: self._refusals(attempt) for id_, attempt in tries.items()}
        openings = tuple(
            Opening(place, windows)
            for place in placed
            if not closed[place.id]
            and (windows := self.windows(place, cases, self._lawful_for(tries[place.id])))
        )
        if openings:
            return self._opened(borrower, cases, openings)
        if all(closed.values()):
            first, *_ = (refusal for found in closed.values() for refusal in found)
            return _refused(borrower.id, cases, first)
        return self._no_hours(cases, [a for a in tries.values() if not closed[a.place.id]])

    def _opened(
        self, borrower: Borrower, cases: Sequence[Case], openings: tuple[Opening, ...]
    ) -> Candidate | LeftOut:
        """Return the candidate whom nothing refuses, unless the last result asks to wait."""
        if again := self._tries_again(borrower, cases):
            detail = f"after the last visit nobody goes again before {again}"
            return _left_out(borrower.id, cases, Reason.NOT_TODAY, detail)
        return Candidate(borrower, tuple(cases), openings, tuple(self.past.of(borrower)))

    def windows(
        self, place: Place, cases: Sequence[Case], lawful: Sequence[Window]
    ) -> tuple[Window, ...]:
        """Return the hours that are lawful, suit the borrower, and are long enough.

        An appointment today takes the place of her usual hours: it is what she agreed to.
        """
        hers = self.own_hours(place, cases)
        fitting = tuple(lawful) if hers is None else intersect(lawful, hers)
        return tuple(w for w in fitting if w.duration >= self.day.city.service)

    def own_hours(self, place: Place, cases: Sequence[Case]) -> list[Window] | None:
        """Return the hours that suit the borrower today; None where she told none at all."""
        booked = [case.appointment for case in cases if case.appointment]
        agreed = [window for window in booked if self._day_of(window) == self.day.on]
        usual = [daily.on(self.day.on, self.day.zone) for daily in place.windows]
        return [w for w in agreed or usual if w is not None] if agreed or usual else None

    def reason_to_wait(self, borrower: Borrower, cases: Sequence[Case]) -> str:
        """Name the appointment or the open promise that lies ahead, if one does.

        An assigned case does not wait for its promise: the lender has asked for the visit.
        """
        booked = (self._day_of(case.appointment) for case in cases if case.appointment)
        coming = [on for on in booked if on >= self.day.on]
        if coming and min(coming) > self.day.on:
            return f"an appointment is booked for {min(coming)}"
        if waiting := self._waits_for_her_word(borrower, cases):
            return f"a promise to pay is open until {waiting}"
        if any(case.is_assigned or case.promise_due is None for case in cases):
            return ""
        due = min(case.promise_due for case in cases if case.promise_due)
        return f"a promise to pay is open until {due}" if due > self.day.on else ""

    def _waits_for_her_word(self, borrower: Borrower, cases: Sequence[Case]) -> date | None:
        """Return the day until which all of her cases wait for promises made to us.

        They do so though the lender had assigned them: the visit that he asked for was made.
        """
        promises = self.day.dossier_of(borrower.id).promises
        days = visit_days(cases, promises, self.day.zone) if promises else {}
        first = min(days.values(), default=self.day.on)
        return first if len(days) == len(cases) and first > self.day.on else None

    def _tries_again(self, borrower: Borrower, cases: Sequence[Case]) -> date | None:
        """Return the day before which nobody tries again, unless the visit is asked for."""
        again = not_before(self.day.dossier_of(borrower.id).follow_ups)
        if again is None or again <= self.day.on or any(case.is_assigned for case in cases):
            return None
        past = self.past.of(borrower)
        return None if is_must_on(self.day, cases, past) else again

    def _attempt(self, borrower: Borrower, cases: Sequence[Case], place: Place) -> Attempt:
        """Return a visit at noon, by as many as the rules ask."""
        noon = datetime.combine(self.day.on, time(12), self.day.zone)
        dossier = self.day.dossier_of(borrower.id)
        size = crew_size(self.rules, self.day.on, dossier.set_aside(self.day.on))
        past, places = tuple(self.past.of(borrower)), tuple(self.places.of(borrower))
        return Attempt(
            borrower, tuple(cases), place, noon, noon, size, past, self.info, dossier,
            self.day.counts_silence, places,
        )  # fmt: skip

    def _refusals(self, attempt: Attempt) -> list[Refusal]:
        """Return what closes a place all day; where the day has no hours, that these are missing.

        So they are asked about noon then, and never otherwise.
        """
        has_hours = self._lawful_for(attempt)
        return (day_refusals if has_hours else refusals)(self.rules, attempt)

    def refusal_of(self, borrower: Borrower, entry: LeftOut) -> Refusal | None:
        """Return the refusal that left a borrower out, None where no rule did."""
        cases = self.cases.of(borrower)
        stops = {case.id: self._stop(borrower, case.stops) for case in cases}
        asked = [case for case in cases if case.id in entry.case_ids]
        going = [case for case in asked if stops[case.id] is None] or cases
        flags = (personal_stops(borrower, cases), *(case.stops for case in cases))
        standing = (*flags, frozenset[StopFlag]().union(*flags))
        said = [no for each in standing if (no := self._stop(borrower, each))]
        said += [
            no
            for place in self.places.of(borrower)
            for no in self._refusals(self._attempt(borrower, going, place))
        ]
        told = (entry.rule, entry.detail)
        return next((no for no in said if (no.rule, no.text) == told), None)

    def _lawful_for(self, attempt: Attempt) -> tuple[Window, ...]:
        """Return the hours of law and house, and what her dossier takes from them or adds."""
        hers = attempt.dossier
        if not (hers.wishes or hers.consents or hers.overrides):  # nearly always
            return self.lawful
        return lawful_windows(self.rules, self.info, self.day.zone, attempt)

    def _stop(self, borrower: Borrower, flags: frozenset[StopFlag]) -> Refusal | None:
        aside = self.day.dossier_of(borrower.id).set_aside(self.day.on)
        return stop_refusal(self.rules, flags, self.day.on, aside)

    def _all_stopped(self, borrower: Borrower, cases: Sequence[Case]) -> Iterator[LeftOut]:
        """Tell every stop of a borrower none of whose cases may be visited for; none of nobody."""
        stops = frozenset[StopFlag]().union(*(case.stops for case in cases))
        if refusal := self._stop(borrower, stops):
            yield _refused(borrower.id, cases, refusal)

    def _day_of(self, window: Window) -> date:
        return window.start.astimezone(self.day.zone).date()

    def _no_hours(self, cases: Sequence[Case], tries: Sequence[Attempt]) -> LeftOut:
        """Name the hours that do not meet at places which no rule closes."""
        hers = [self.own_hours(attempt.place, cases) for attempt in tries]
        lawful = [window for attempt in tries for window in self._lawful_for(attempt)]
        minutes = self.day.city.service.total_seconds() / 60
        detail = _hours_do_not_meet(minutes, hers, lawful)
        return _left_out(tries[0].borrower.id, cases, Reason.NO_LAWFUL_WINDOW, detail)


def screening(day: Day, rules: RuleSet, sent: Mapping[str, str] = NOBODY_SENT) -> Screening:
    """Arrange the facts of a day for the screening of its borrowers, one by one."""
    info = day_info(rules, day.on)
    lawful = tuple(lawful_windows(rules, info, day.zone))
    return Screening(
        day, rules, info, lawful, Grouped(day.cases), Grouped(day.places), Grouped(day.past),
        Teams.of(day), sent,
    )  # fmt: skip


def screen(day: Day, rules: RuleSet, sent: Mapping[str, str] = NOBODY_SENT) -> Screened:
    """Apply to every borrower of `day` what holds whatever the crew and the route.

    `sent` names by borrower the agency whose crew goes to her already.
    """
    asked = screening(day, rules, sent)
    judged = [asked.judge(borrower) for borrower in day.borrowers]
    return Screened(
        asked.info,
        tuple(candidate for candidate, _ in judged if candidate),
        tuple(entry for _, left_out in judged for entry in left_out),
    )


def personal_stops(borrower: Borrower, cases: Iterable[Case]) -> frozenset[StopFlag]:
    """Return the stops that keep the person from being visited, wherever they were noted."""
    return borrower.stops.union(*(case.stops - STOPS_OF_ONE_CASE for case in cases))


def why_not_placed(places: Sequence[Place]) -> str:
    """Say what is missing to send somebody to one of a borrower's places."""
    if not places:
        return "no address is known"
    valid = [place for place in places if place.is_valid]
    if not valid:
        return "every address is marked as not valid"
    best = min(valid, key=lambda place: list(Precision).index(place.precision))
    if best.point is None:
        return f"the {best.kind} address was not found: correct it, or give its position"
    if best.precision.is_plannable:
        return f"the {best.kind} address may not be where it was found: check it"
    return f"the {best.kind} address was found to its {best.precision} only: check it"


def _hours_do_not_meet(
    minutes: float, hers: Sequence[list[Window] | None], lawful: Sequence[Window]
) -> str:
    """Say both sides; `hers` are her hours at each place, None where any hour suits her."""
    if None in hers:
        return f"no visit of {minutes:g} min fits the lawful hours: {_clock(lawful) or 'none'}"
    told = _clock(window for windows in hers if windows for window in windows) or "none today"
    return (
        f"no visit of {minutes:g} min fits both her hours ({told}) and the lawful ones: "
        f"{_clock(lawful) or 'none'}"
    )


def _clock(windows: Iterable[Window]) -> str:
    """Return windows as a clock has them, each once and in order."""
    return ", ".join(sorted({f"{w.start:%H:%M}-{w.end:%H:%M}" for w in windows}))


def _not_entrusted(id_: str, cases: Sequence[Case], on: date) -> LeftOut:
    """Say when its agency may work a case, or could: of several, the first."""
    case = cases[0]
    if case.returns_on is not None and case.returns_on < on:
        detail = f"its entrustment to {case.agency or 'us'} ended on {case.returns_on}"
    else:
        detail = f"it is entrusted to {case.agency or 'us'} from {case.entrusted_on} on only"
    return _left_out(id_, cases, Reason.NOT_ENTRUSTED, detail)


def _without_crew(id_: str, cases: Sequence[Case]) -> LeftOut:
    whose = cases[0].agency
    detail = (
        f"no crew of {whose} is on the road today: put its collectors on shift and form crews "
        "again, or entrust the case to another agency"
        if whose
        else "no crew of our own staff is on the road today: put collectors on shift and form "
        "crews again, or entrust the case to an agency"
    )
    return _left_out(id_, cases, Reason.NO_CREW_OF_AGENCY, detail)


def _after_others(candidate: Candidate) -> LeftOut:
    detail = (
        "one agency visits a borrower on a day, and today another one's cases of hers come first"
    )
    return _left_out(candidate.borrower.id, candidate.cases, Reason.OTHER_AGENCY, detail)


def _with_others(id_: str, cases: Sequence[Case], sent: str) -> LeftOut:
    detail = f"no open case of hers is with {name_of(sent)}, whose crew was to go"
    return _left_out(id_, cases, Reason.OTHER_AGENCY, detail)


def _each(borrower: Borrower, entry: LeftOut) -> Iterator[LeftOut]:
    """Tell what leaves a borrower out as what leaves out each of the cases that it is about."""
    if entry.visit_id != borrower.id:
        yield entry
        return
    for id_ in entry.case_ids:
        yield replace(entry, visit_id=f"{borrower.id}/{id_}", case_ids=(id_,))


def _refused(id_: str, cases: Sequence[Case], refusal: Refusal) -> LeftOut:
    return _left_out(id_, cases, Reason.RULE, refusal.text, refusal.rule)


def _left_out(
    id_: str, cases: Sequence[Case], reason: Reason, detail: str, rule: str = ""
) -> LeftOut:
    return LeftOut(id_, reason, detail, rule, case_ids=tuple(case.id for case in cases))
