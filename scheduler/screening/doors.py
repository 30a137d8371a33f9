"""Where and in which hours a borrower may be visited today, whichever of her cases it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.model import Borrower, Case, PastVisit, Place, StopFlag, Window
from scheduler.plan import LeftOut, Reason
from scheduler.rules import (
    Attempt,
    DayInfo,
    Refusal,
    RuleSet,
    crew_size,
    day_info,
    day_refusals,
    lawful_windows,
    refusals,
    stop_refusal,
)
from scheduler.screening.candidate import Candidate, Opening
from scheduler.screening.telling import hours_do_not_meet, leave_out, refused, why_not_placed
from scheduler.screening.waiting import day_of, reason_to_wait, tries_again
from scheduler.windows import intersect


@dataclass(frozen=True)
class Doors:
    """The rules of a day, and the places of all borrowers to which they are put.

    `lawful` are the hours of anybody for whom nothing else was agreed.
    """

    day: Day
    rules: RuleSet
    info: DayInfo
    lawful: tuple[Window, ...]
    places: Grouped[Place]
    past: Grouped[PastVisit]

    @classmethod
    def of(cls, day: Day, rules: RuleSet) -> Doors:
        """Arrange the facts of a day by borrower."""
        info = day_info(rules, day.on)
        lawful = tuple(lawful_windows(rules, info, day.zone))
        return cls(day, rules, info, lawful, Grouped(day.places), Grouped(day.past))

    def candidate(self, borrower: Borrower, cases: Sequence[Case]) -> Candidate | LeftOut:
        """Open the borrower's places for her `cases`, or say why none opens."""
        if later := reason_to_wait(self.day, borrower, cases):
            return leave_out(borrower.id, cases, Reason.NOT_TODAY, later)
        placed = [place for place in self.places.of(borrower) if place.is_placed]
        if not placed:
            detail = why_not_placed(self.places.of(borrower))
            return leave_out(borrower.id, cases, Reason.NOT_PLACED, detail)
        tries = {place.id: self.attempt(borrower, cases, place) for place in placed}
        closed = {id_: self.refusals(attempt) for id_, attempt in tries.items()}
        openings = tuple(
            Opening(place, windows)
            for place in placed
            if not closed[place.id]
            and (windows := self.windows(place, cases, self.lawful_for(tries[place.id])))
        )
        if openings:
            return self._opened(borrower, cases, openings)
        if all(closed.values()):
            first, *_ = (refusal for found in closed.values() for refusal in found)
            return refused(borrower.id, cases, first)
        return self._no_hours(cases, [a for a in tries.values() if not closed[a.place.id]])

    def _opened(
        self, borrower: Borrower, cases: Sequence[Case], openings: tuple[Opening, ...]
    ) -> Candidate | LeftOut:
        """Return the candidate whom nothing refuses, unless the last result asks to wait."""
        past = tuple(self.past.of(borrower))
        if again := tries_again(self.day, borrower, cases, past):
            detail = f"after the last visit nobody goes again before {again}"
            return leave_out(borrower.id, cases, Reason.NOT_TODAY, detail)
        return Candidate(borrower, tuple(cases), openings, past)

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
        agreed = [window for window in booked if day_of(self.day, window) == self.day.on]
        usual = [daily.on(self.day.on, self.day.zone) for daily in place.windows]
        return [w for w in agreed or usual if w is not None] if agreed or usual else None

    def attempt(self, borrower: Borrower, cases: Sequence[Case], place: Place) -> Attempt:
        """Return a visit at noon, by as many as the rules ask."""
        noon = datetime.combine(self.day.on, time(12), self.day.zone)
        dossier = self.day.dossier_of(borrower.id)
        size = crew_size(self.rules, self.day.on, dossier.set_aside(self.day.on))
        past, places = tuple(self.past.of(borrower)), tuple(self.places.of(borrower))
        return Attempt(
            borrower, tuple(cases), place, noon, noon, size, past, self.info, dossier,
            self.day.counts_silence, places,
        )  # fmt: skip

    def refusals(self, attempt: Attempt) -> list[Refusal]:
        """Return what closes a place all day; where the day has no hours, that these are missing.

        So they are asked about noon then, and never otherwise.
        """
        has_hours = self.lawful_for(attempt)
        return (day_refusals if has_hours else refusals)(self.rules, attempt)

    def lawful_for(self, attempt: Attempt) -> tuple[Window, ...]:
        """Return the hours of law and house, and what her dossier takes from them or adds."""
        hers = attempt.dossier
        if not (hers.wishes or hers.consents or hers.overrides):  # nearly always
            return self.lawful
        return lawful_windows(self.rules, self.info, self.day.zone, attempt)

    def stop(self, borrower: Borrower, flags: frozenset[StopFlag]) -> Refusal | None:
        aside = self.day.dossier_of(borrower.id).set_aside(self.day.on)
        return stop_refusal(self.rules, flags, self.day.on, aside)

    def _no_hours(self, cases: Sequence[Case], tries: Sequence[Attempt]) -> LeftOut:
        """Name the hours that do not meet at places which no rule closes."""
        hers = [self.own_hours(attempt.place, cases) for attempt in tries]
        lawful = [window for attempt in tries for window in self.lawful_for(attempt)]
        minutes = self.day.city.service.total_seconds() / 60
        detail = hours_do_not_meet(minutes, hers, lawful)
        return leave_out(tries[0].borrower.id, cases, Reason.NO_LAWFUL_WINDOW, detail)
