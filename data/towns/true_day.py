"""A day of a town as it truly comes: the `World` that the simulator drives plans through.

Who is in stays in for a while: a day falls into stretches of two hours that begin at a random
minute, and within one of them the same draw is held against her curve. So each moment has the
chance of the curve, and who is in at 18:00 is very likely in at 18:10.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

import numpy as np

from data.towns.delays import Delays
from data.towns.habits import HALF_HOUR_S, HALF_HOURS
from data.towns.truth import Truth
from scheduler.availability import stated_spans
from scheduler.availability.odds import stated_slots
from scheduler.calendar import day_info
from scheduler.forecast.spreads import P90, Lognormal
from scheduler.grouped import Grouped
from scheduler.model import Case, PlaceKind
from scheduler.problem import CrewShift, Problem, Visit
from scheduler.staffing.arrays import Bools, Ints
from scheduler.staffing.believed import is_absent, late_s, seconds_of, times
from scheduler.staffing.world import AtDoor, World, planned_leg_s

STRETCH_S = 7200
"""How long a draw holds: after t seconds it is still the same with a chance of 1 - t / 7200."""

MET = Lognormal((12 * 25) ** 0.5 * 60, log(25 / 12) / (2 * P90))
NOT_MET = Lognormal(360, 0.3)
PERSONAL = 0.6
"""Share of the variance of a visit's length that is hers, and the same at each visit."""

HOUSEHOLD_ANSWERS = 0.5
"""How often somebody else comes to a door; whoever lives at a wrong one says so."""


@dataclass(frozen=True)
class TrueDay:
    """The truth of one day, for a problem that was built of it."""

    truth: Truth
    problem: Problem
    on: date
    country: str = "CN"

    @cached_property
    def is_working(self) -> bool:
        return day_info(self.country, self.on).is_working

    @cached_property
    def day(self) -> int:
        return self.on.toordinal()

    @cached_property
    def delays(self) -> Delays:
        return Delays.of(self.truth, self.problem, self.day)

    @cached_property
    def kinds(self) -> dict[str, PlaceKind]:
        """The kind of each place; of a problem that is no lender's day all are homes."""
        return {one.id: one.kind for one in self.problem.day.places} if self.problem.day else {}

    def is_absent(self, person: str, reps: Ints) -> Bools:
        return is_absent(self.truth.luck, self.truth.attendance, person, self.day, reps)

    def late_s(self, person: str, reps: Ints) -> Ints:
        return late_s(self.truth.luck, self.truth.attendance, person, self.day, reps)

    def leg_s(self, crew: CrewShift, here: Ints, there: int, leave_s: Ints, reps: Ints) -> Ints:
        planned_s = planned_leg_s(self.problem, crew, here, there, leave_s)
        return times(planned_s, self.delays.factor(here, there, leave_s, reps))

    def at_door(
        self,
        crew: CrewShift,  # noqa: ARG002
        visit: Visit,
        option: int,
        start_s: Ints,
        reps: Ints,
    ) -> AtDoor:
        place, luck = visit.options[option].place_id, self.truth.luck
        kind = self.kinds.get(place, PlaceKind.HOME)
        valid = self.truth.is_valid(place, kind, self.day, reps)
        answering = luck.uniform("answers", place, self.day, reps, also=start_s // STRETCH_S)
        named, word = self.is_named(visit.id, place, start_s), self.truth.word
        usual = self.truth.answers(visit.id, kind)
        opens = answering < np.where(named, max(usual, word.opens), usual)
        met = valid & opens & self.is_in(visit.id, kind, start_s, reps, named=named)
        household = luck.uniform("household", place, self.day, reps) < HOUSEHOLD_ANSWERS
        follows = self.truth.outcomes.of(met, luck.uniform("follows", visit.id, self.day, reps))
        return AtDoor(met, met | household, valid, self._lasts_s(visit.id, met, reps), follows)

    @cached_property
    def named(self) -> dict[tuple[str, str], frozenset[int]]:
        """The half hours that a borrower has named at a place: her word, which lists know, too."""
        day = self.problem.day
        if day is None:
            return {}
        cases: Grouped[Case] = Grouped(day.cases)
        spans = (
            (one, stated_spans(cases.of_id(one.borrower_id), one, self.on, day.zone))
            for one in day.places
        )
        return {(one.borrower_id, one.id): stated_slots(some) for one, some in spans if some}

    def is_named(self, borrower: str, place: str, at_s: Ints) -> Bools:
        """Return where a second of the day lies in hours that she has named there."""
        named = np.zeros(HALF_HOURS, bool)
        named[list(self.named.get((borrower, place), ()))] = True
        found: Bools = named[(at_s // HALF_HOUR_S) % HALF_HOURS]
        return found

    def is_in(
        self, borrower: str, kind: PlaceKind, at_s: Ints, reps: Ints, named: Bools | bool = False
    ) -> Bools:
        """Return whether she is there at a second of the day, by replication."""
        luck, who = self.truth.luck, f"{borrower} {kind}"
        begins_s = luck.uniform("stretches", who, self.day, reps) * STRETCH_S
        stretch = ((at_s + begins_s) // STRETCH_S).astype(np.int64)
        drawn = luck.uniform("is in", who, self.day, reps, also=stretch)
        curve = self.truth.presence(borrower, kind, self.on, is_working=self.is_working)
        usual = curve[(at_s // HALF_HOUR_S) % HALF_HOURS]
        is_in: Bools = drawn < np.where(named, np.maximum(usual, self.truth.word.there), usual)
        return is_in

    def _lasts_s(self, borrower: str, met: Bools, reps: Ints) -> Ints:
        luck = self.truth.luck
        drawn = luck.normal("lasts", borrower, self.day, reps)
        if self.truth.differs:
            hers = float(self.truth.facts_on(self.on).normal("lasts", borrower, 0, np.arange(1))[0])
            drawn = PERSONAL**0.5 * hers + (1 - PERSONAL) ** 0.5 * drawn
        return np.where(met, seconds_of(MET, drawn), seconds_of(NOT_MET, drawn))


def worlds_of(truth: Truth, country: str = "CN") -> Callable[[Problem], World]:
    """Return what gives each problem of a lender's day the truth of that day.

    Raises
    ------
    ValueError
        Where a problem has no day: give `TrueDay` a date.
    """

    def world_of(problem: Problem) -> World:
        if problem.day is None:
            raise ValueError("the problem is no lender's day: it has no date to be true on")
        return TrueDay(truth, problem, problem.day.on, country)

    return world_of
