"""A plan that knows borrowers' hours alone, and not when in them they are likely to be in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from routing.units import HOUR_S
from scheduler.availability import (
    SLOT_S,
    SLOTS,
    Asked,
    Basis,
    Curve,
    Odds,
    failed_hours,
    segment_of,
    stated_spans,
)
from scheduler.calendar import DayKind
from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.model import Case, PastVisit, Place
from scheduler.problem import Problem
from scheduler.rules import day_info
from scheduler.staffing.arrays import Floats, Ints

HOURS = slice(8 * HOUR_S // SLOT_S, 21 * HOUR_S // SLOT_S)
"""The half hours of 08:00 to 21:00: outside of them nobody is visited."""

NOON_S = 12 * HOUR_S


@dataclass(frozen=True)
class WindowsAlone:
    """One chance of meeting for all hours: the mean of what `known` odds say of them."""

    known: Odds

    @property
    def basis(self) -> Basis:
        return self.known.basis

    def curve(self, asked: Asked) -> Curve:
        """Return one level for the day: neither hours that failed nor hours named change it."""
        hours = self.known.curve(Asked(asked.kind, asked.day))[HOURS]
        return (sum(hours) / len(hours),) * SLOTS


@dataclass(frozen=True)
class KnownCurves:
    """How likely borrowers are in on a day by odds that its plan does not know."""

    problem: Problem
    day: Day
    odds: Odds

    @classmethod
    def of(cls, problem: Problem) -> KnownCurves | None:
        """Return what a problem's plan does not know; None where it knows all there is."""
        if problem.day is None or not isinstance(problem.day.odds, WindowsAlone):
            return None
        return cls(problem, problem.day, problem.day.odds.known)

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {one.id: one for one in self.day.places}

    @cached_property
    def _cases(self) -> Grouped[Case]:
        return Grouped(self.day.cases)

    @cached_property
    def _past(self) -> Grouped[PastVisit]:
        return Grouped(self.day.past)

    @cached_property
    def _kind(self) -> DayKind:
        assert self.problem.rules is not None, "a problem of a day has its rules"
        return day_info(self.problem.rules, self.day.on).kind

    @cached_property
    def _ahead_s(self) -> int:
        """How far the clock is ahead of the seconds since midnight, from the morning on."""
        noon = self.problem.at(NOON_S).replace(tzinfo=None)
        return round((noon - self.problem.origin.replace(tzinfo=None)).total_seconds()) - NOON_S

    def p_met(self, borrower_id: str, place_id: str, start_s: Ints) -> Floats:
        """Return the chance to meet her at a place by the second at which visits begin."""
        curve = np.array(self.curve(borrower_id, place_id))
        chances: Floats = curve[(start_s + self._ahead_s) // SLOT_S % SLOTS]
        return chances

    def curve(self, borrower_id: str, place_id: str) -> Curve:
        """Return the chance in each half hour of the local day to meet her at a place."""
        place = self._places[place_id]
        visit = self.problem.visit_by_id[borrower_id]
        cases = [one for one in self._cases.of_id(borrower_id) if one.id in visit.case_ids]
        past = self._past.of_id(borrower_id)
        return self.odds.curve(
            Asked(
                place.kind,
                self._kind,
                borrower_id,
                segment_of(cases),
                failed_hours=tuple(failed_hours(past, place.kind, self.day.zone)),
                stated=stated_spans(cases, place, self.day.on, self.day.zone),
            )
        )
