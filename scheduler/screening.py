"""Who may be visited today, where and in which hours; and why the others may not.

The first half of a day's planning: facts and rules in, candidates and refusals out. Still in
datetimes; `scheduler.build` turns the candidates into whole seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Generic, Protocol, TypeVar

from routing.geocoding import Precision
from scheduler.model import Borrower, Case, Day, PastVisit, Place, StopFlag, Window
from scheduler.plan import LeftOut, Reason
from scheduler.rules import DayInfo, Refusal, RuleSet, day_info, day_refusals, lawful_windows
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

    def failed_hours(self, zone: tzinfo) -> list[int]:
        """Return the local hours of earlier visits that met nobody."""
        return [visit.at.astimezone(zone).hour for visit in self.past if visit.was_met is False]


@dataclass(frozen=True, slots=True)
class Screened:
    """All borrowers of the day: those who may be visited, and why the others may not."""

    info: DayInfo
    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


class OfBorrower(Protocol):
    @property
    def borrower_id(self) -> str: ...


Item = TypeVar("Item", bound=OfBorrower)


class Grouped(Generic[Item]):
    """Cases, places or visits by borrower; none for a borrower who has none."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._groups: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            self._groups[item.borrower_id].append(item)

    def of(self, borrower: Borrower) -> Sequence[Item]:
        return self._groups.get(borrower.id, ())


@dataclass(frozen=True)
class Screening:
    """The facts of the day, arranged for one borrower after the other."""

    day: Day
    rules: RuleSet
    info: DayInfo
    lawful: tuple[Window, ...]
    cases: Grouped[Case]
    places: Grouped[Place]
    past: Grouped[PastVisit]

    def judge(self, borrower: Borrower) -> tuple[Candidate | None, list[LeftOut]]:
        """Return the borrower as a candidate, or None; and what is left out of her cases."""
        cases = self.cases.of(borrower)
        if flags := personal_stops(borrower, cases):
            return None, [_stopped(borrower.id, flags, cases)]
        going = [case for case in cases if not case.stops]
        if not going:
            flags = frozenset().union(*(case.stops for case in cases))
            return None, [_stopped(borrower.id, flags, cases)]
        left_out = [_stopped(case.id, case.stops, [case]) for case in cases if case.stops]
        found = self.candidate(borrower, going)
        if isinstance(found, LeftOut):
            return None, [*left_out, found]
        return found, left_out

    def candidate(self, borrower: Borrower, cases: Sequence[Case]) -> Candidate | LeftOut:
        """Open the borrower's places for her `cases`, or say why none opens."""
        if later := self.reason_to_wait(cases):
            return _left_out(borrower, cases, Reason.NOT_TODAY, later)
        placed = [p for p in self.places.of(borrower) if p.is_valid and is_placed(p)]
        if not placed:
            return _left_out(borrower, cases, Reason.NOT_PLACED, self._why_not_placed(borrower))
        refusals = {place.id: self._refusals(borrower, cases, place) for place in placed}
        openings = tuple(
            Opening(place, windows)
            for place in placed
            if not refusals[place.id] and (windows := self.windows(place, cases))
        )
        if openings:
            return Candidate(borrower, tuple(cases), openings, tuple(self.past.of(borrower)))
        return self._why_closed(borrower, cases, refusals)

    def windows(self, place: Place, cases: Sequence[Case]) -> tuple[Window, ...]:
        """Return the hours that are lawful, suit the borrower, and are long enough.

        An appointment today takes the place of her usual hours: it is what she agreed to.
        """
        agreed = [case.appointment for case in cases if self._is_today(case.appointment)]
        usual = [daily.on(self.day.on, self.day.zone) for daily in place.windows]
        hers = [w for w in agreed or usual if w is not None]
        fitting = intersect(self.lawful, hers) if agreed or usual else self.lawful
        return tuple(w for w in fitting if w.duration >= self.day.city.service)

    def reason_to_wait(self, cases: Sequence[Case]) -> str:
        """Name the appointment or the open promise that lies ahead, if one does.

        An assigned case does not wait for its promise: the lender has asked for the visit.
        """
        booked = [case.appointment for case in cases if case.appointment]
        ahead = [w.start.astimezone(self.day.zone).date() for w in booked]
        if ahead and min(ahead) > self.day.on:
            return f"an appointment is booked for {min(ahead)}"
        if any(case.is_assigned or case.promise_due is None for case in cases):
            return ""
        due = min(case.promise_due for case in cases if case.promise_due)
        return f"a promise to pay is open until {due}" if due > self.day.on else ""

    def _refusals(self, borrower: Borrower, cases: Sequence[Case], place: Place) -> list[Refusal]:
        past = tuple(self.past.of(borrower))
        return day_refusals(
            self.rules, borrower, tuple(cases), place, past, self.info, self.day.zone
        )

    def _is_today(self, window: Window | None) -> bool:
        return window is not None and window.start.astimezone(self.day.zone).date() == self.day.on

    def _why_not_placed(self, borrower: Borrower) -> str:
        places = self.places.of(borrower)
        if not places:
            return "no address is known"
        best = min(places, key=lambda place: list(Precision).index(place.precision))
        return f"{best.kind} address found to its {best.precision} only: check it"

    def _why_closed(
        self, borrower: Borrower, cases: Sequence[Case], refusals: Mapping[str, list[Refusal]]
    ) -> LeftOut:
        for refusal in (refusal for found in refusals.values() for refusal in found):
            return _left_out(borrower, cases, Reason.RULE, refusal.text, refusal.rule)
        if not self.lawful:
            return _left_out(
                borrower, cases, Reason.NO_LAWFUL_WINDOW, f"no visiting hours on {self.day.on}"
            )
        hours = ", ".join(f"{w.start:%H:%M}-{w.end:%H:%M}" for w in self.lawful)
        detail = f"her hours leave no visit of {self.day.city.service} within {hours}"
        return _left_out(borrower, cases, Reason.NO_LAWFUL_WINDOW, detail)


def screen(day: Day, rules: RuleSet) -> Screened:
    """Apply to every borrower of `day` what holds whatever the crew and the route."""
    info = day_info(rules, day.on)
    lawful = tuple(lawful_windows(rules, info, day.zone))
    screening = Screening(
        day, rules, info, lawful, Grouped(day.cases), Grouped(day.places), Grouped(day.past)
    )
    judged = [screening.judge(borrower) for borrower in day.borrowers]
    return Screened(
        info,
        tuple(candidate for candidate, _ in judged if candidate),
        tuple(entry for _, left_out in judged for entry in left_out),
    )


def is_placed(place: Place) -> bool:
    """Whether the place is known closely enough to send somebody."""
    return place.point is not None and place.precision.is_plannable


def personal_stops(borrower: Borrower, cases: Iterable[Case]) -> frozenset[StopFlag]:
    """Return the stops that keep the person from being visited, wherever they were noted."""
    return borrower.stops.union(*(case.stops - STOPS_OF_ONE_CASE for case in cases))


def _stopped(id_: str, flags: frozenset[StopFlag], cases: Sequence[Case]) -> LeftOut:
    detail = f"stopped: {', '.join(sorted(flags))}"
    return LeftOut(id_, Reason.RULE, detail, "stops", case_ids=tuple(case.id for case in cases))


def _left_out(
    borrower: Borrower, cases: Sequence[Case], reason: Reason, detail: str, rule: str = ""
) -> LeftOut:
    return LeftOut(borrower.id, reason, detail, rule, case_ids=tuple(case.id for case in cases))
