"""Truths whose days can be argued: nearly certain, with a few things that are otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from scheduler.problem import CrewShift, Problem, Visit
from scheduler.staffing.arrays import Bools, Ints
from scheduler.staffing.world import AtDoor, planned_leg_s


@dataclass
class Otherwise:
    """As planned, but for those who are `absent` or `late_min`, and what visits truly are.

    `percent` is what every leg takes of what was planned. A visit `lasts_min` as said; the
    borrowers `out` are not met, and such a visit ends after `not_met_min`.
    """

    problem: Problem
    absent: frozenset[str] = frozenset()
    late_min: Mapping[str, int] = field(default_factory=dict)
    percent: int = 100
    lasts_min: Mapping[str, int] = field(default_factory=dict)
    out: frozenset[str] = frozenset()
    not_met_min: int = 6

    def is_absent(self, person: str, reps: Ints) -> Bools:
        return np.full(len(reps), person in self.absent)

    def late_s(self, person: str, reps: Ints) -> Ints:
        return np.full(len(reps), self.late_min.get(person, 0) * 60, np.int64)

    def leg_s(
        self,
        crew: CrewShift,
        here: Ints,
        there: int,
        leave_s: Ints,
        reps: Ints,  # noqa: ARG002
    ) -> Ints:
        planned_s = planned_leg_s(self.problem, crew, here, there, leave_s)
        slower_s: Ints = planned_s * self.percent // 100
        return slower_s

    def at_door(
        self,
        crew: CrewShift,  # noqa: ARG002
        visit: Visit,
        option: int,
        start_s: Ints,  # noqa: ARG002
        reps: Ints,
    ) -> AtDoor:
        met = np.full(len(reps), visit.id not in self.out)
        planned_min = visit.options[option].service_s // 60
        lasts_min = self.lasts_min.get(visit.id, planned_min)
        lasts_s = np.where(met, lasts_min, self.not_met_min) * 60
        valid = np.ones(len(reps), bool)
        return AtDoor(met, met, valid, lasts_s, np.zeros(len(reps), np.int64))
