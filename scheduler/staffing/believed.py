"""A day as the planner believes that it may come: by its own chances, times and their spread.

No hidden truth is in it. What the morning tells of the day (told.py) is a plan driven through this,
and so is what a staffing question assumes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from routing.travel import UNREACHABLE
from scheduler.forecast.spreads import HOUSE_SPREADS, Lognormal, Spreads
from scheduler.problem import CrewShift, Problem, Visit, VisitOption
from scheduler.staffing.arrays import Bools, Floats, Ints
from scheduler.staffing.chance import Chance
from scheduler.staffing.places import names_of, numbers_of
from scheduler.staffing.world import AtDoor, Follows, planned_leg_s


@dataclass(frozen=True, slots=True)
class Attendance:
    """How often collectors are absent, or late, and then by how many seconds on average."""

    absent: float = 0.0
    late: float = 0.0
    late_mean_s: float = 900.0


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What comes of visits that meet the borrower: shares, house assumptions."""

    promised: float = 0.35
    paid: float = 0.08
    hostile: float = 0.02

    def of(self, met: Bools, drawn: Floats) -> Ints:
        """Return what follows, `Follows`, of numbers of [0, 1) that were drawn for it."""
        edges = np.cumsum([self.promised, self.paid, self.hostile])
        kinds = [Follows.PROMISED, Follows.PAID, Follows.HOSTILE, Follows.NOTHING]
        told = np.array(kinds, np.int64)[np.searchsorted(edges, drawn, side="right")]
        follows: Ints = np.where(met, told, int(Follows.NOTHING))
        return follows


@dataclass(frozen=True)
class Believed:
    """The planner's own model of a day.

    Whether a visit meets her is drawn with the chance that the plan has for the hour in which it
    truly begins; legs and visits are lognormal around what is forecast (`Spreads`).

    Parameters
    ----------
    problem
        Whose chances and times are believed.
    day
        The ordinal of the date: other days have other luck.
    p_met
        How likely a borrower is met at a place by the second at which visits begin, where that is
        more than the plan knows; None believes the plan.
    """

    problem: Problem
    chance: Chance
    day: int
    spreads: Spreads = HOUSE_SPREADS
    attendance: Attendance = field(default_factory=Attendance)
    outcomes: Outcomes = field(default_factory=Outcomes)
    p_met: Callable[[str, str, Ints], Floats] | None = None

    def is_absent(self, person: str, reps: Ints) -> Bools:
        return is_absent(self.chance, self.attendance, person, self.day, reps)

    def late_s(self, person: str, reps: Ints) -> Ints:
        return late_s(self.chance, self.attendance, person, self.day, reps)

    def leg_s(self, crew: CrewShift, here: Ints, there: int, leave_s: Ints, reps: Ints) -> Ints:
        planned_s = planned_leg_s(self.problem, crew, here, there, leave_s)
        of_leg = self.chance.normal("leg", self._names[there], self.day, reps, self._numbers[here])
        of_day = self.chance.normal("roads", crew.id, self.day, reps)
        factor = _around_one(self.spreads.leg, of_leg) * _around_one(self.spreads.day, of_day)
        return times(planned_s, factor)

    def at_door(
        self, crew: CrewShift, visit: Visit, option: int, start_s: Ints, reps: Ints
    ) -> AtDoor:
        if self.p_met is None:
            p_met = _p_met(crew, visit, option, start_s)
        else:
            p_met = self.p_met(visit.id, visit.options[option].place_id, start_s)
        met = self.chance.uniform("met", visit.id, self.day, reps) < p_met
        drawn = self.chance.normal("lasts", visit.id, self.day, reps)
        lasts_s = np.where(
            met, seconds_of(self.spreads.met, drawn), seconds_of(self.spreads.not_met, drawn)
        )
        follows = self.outcomes.of(met, self.chance.uniform("follows", visit.id, self.day, reps))
        return AtDoor(met, met, np.ones(len(reps), bool), lasts_s, follows)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return names_of(self.problem)

    @cached_property
    def _numbers(self) -> Ints:
        return numbers_of(self._names)


def is_absent(chance: Chance, attendance: Attendance, person: str, day: int, reps: Ints) -> Bools:
    """Return whether a collector does not come, by replication."""
    absent: Bools = chance.uniform("absent", person, day, reps) < attendance.absent
    return absent


def late_s(chance: Chance, attendance: Attendance, person: str, day: int, reps: Ints) -> Ints:
    """Return how late a collector is: not at all, or exponential around its mean."""
    is_late = chance.uniform("is late", person, day, reps) < attendance.late
    length_s = -np.log1p(-chance.uniform("late", person, day, reps)) * attendance.late_mean_s
    late: Ints = np.where(is_late, length_s, 0).astype(np.int64)
    return late


def times(planned_s: Ints, factor: Floats) -> Ints:
    """Return whole seconds of legs that take `factor` of what was planned, where a way leads."""
    true_s = np.rint(np.minimum(planned_s, UNREACHABLE) * factor).astype(np.int64)
    return np.where(planned_s < UNREACHABLE, true_s, planned_s)


def seconds_of(length: Lognormal, drawn: Floats) -> Ints:
    """Return lengths in whole seconds for normal numbers that were drawn."""
    told: Ints = np.rint(length.median_s * np.exp(length.sigma * drawn)).astype(np.int64)
    return told


def _around_one(sigma: float, drawn: Floats) -> Floats:
    """Return lognormal factors whose mean is 1."""
    factor: Floats = np.exp(sigma * drawn - sigma**2 / 2)
    return factor


def _p_met(crew: CrewShift, visit: Visit, option: int, start_s: Ints) -> Floats:
    """Return the chance that the plan has at the door for the second at which a visit begins."""
    planned = visit.options[option]
    p_met = np.full(len(start_s), planned.p_met)
    for way in visit.options:
        if _is_there(way, planned) and (way.crews is None or crew.id in way.crews):
            for first_s, last_s in way.starts:
                p_met[(first_s <= start_s) & (start_s <= last_s)] = way.p_met
    return p_met


def _is_there(way: VisitOption, planned: VisitOption) -> bool:
    return (way.place_id, way.location) == (planned.place_id, planned.location)
