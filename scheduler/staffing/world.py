"""What a simulated day asks of its truth, for many replications at once.

`reps` are numbers of replications: int64 of shape [n]. Whatever is answered has that shape, and
depends on the numbers themselves, not on how many are asked for together or in which order: that
is what makes alternatives comparable (scheduler/staffing/chance.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np

from routing.slots import arrivals_s
from scheduler.problem import CrewShift, Problem, Visit
from scheduler.staffing.arrays import Bools, Ints
from scheduler.staffing.fates import Fate


class Follows(IntEnum):
    """What comes of a visit."""

    NOTHING = 0
    PROMISED = 1
    PAID = 2
    HOSTILE = 3


@dataclass(frozen=True, slots=True)
class AtDoor:
    """What a crew finds at a door, and for how long it is there, by replication.

    Who meets the borrower was answered; `answered` is somebody else's opening, too. `is_valid`
    tells whether the borrower is to be found behind this door at all. `lasts_s` is without the way
    from the vehicle (`VisitOption.setup_s`).
    """

    met: Bools
    answered: Bools
    is_valid: Bools
    lasts_s: Ints
    follows: Ints

    @property
    def fate(self) -> Ints:
        """Return what became of the visit: a wrong address is known where somebody tells of it."""
        not_met = np.where(self.answered & ~self.is_valid, Fate.WRONG_ADDRESS, Fate.NOT_MET)
        fate: Ints = np.where(self.met, Fate.MET, not_met)
        return fate


class World(Protocol):
    """The truth of one day of one problem."""

    def is_absent(self, person: str, reps: Ints) -> Bools:
        """Whether a collector does not come to work."""
        ...

    def late_s(self, person: str, reps: Ints) -> Ints:
        """Return how much after the beginning of the shift she is ready to leave."""
        ...

    def leg_s(self, crew: CrewShift, here: Ints, there: int, leave_s: Ints, reps: Ints) -> Ints:
        """Return how long the ways from `here` to a location of the problem's matrix truly take.

        `here` and `leave_s` have a value for each replication. `UNREACHABLE` or more where no
        way leads.
        """
        ...

    def at_door(
        self, crew: CrewShift, visit: Visit, option: int, start_s: Ints, reps: Ints
    ) -> AtDoor:
        """Return what comes of a visit that begins at `start_s`."""
        ...


@dataclass(frozen=True)
class Certain:
    """A day on which everything is as it was planned, and everybody is met."""

    problem: Problem

    def is_absent(self, person: str, reps: Ints) -> Bools:  # noqa: ARG002
        return np.zeros(len(reps), bool)

    def late_s(self, person: str, reps: Ints) -> Ints:  # noqa: ARG002
        return np.zeros(len(reps), np.int64)

    def leg_s(
        self,
        crew: CrewShift,
        here: Ints,
        there: int,
        leave_s: Ints,
        reps: Ints,  # noqa: ARG002
    ) -> Ints:
        return planned_leg_s(self.problem, crew, here, there, leave_s)

    def at_door(
        self,
        crew: CrewShift,  # noqa: ARG002
        visit: Visit,
        option: int,
        start_s: Ints,  # noqa: ARG002
        reps: Ints,
    ) -> AtDoor:
        yes = np.ones(len(reps), bool)
        lasts_s = np.full(len(reps), visit.options[option].service_s, np.int64)
        return AtDoor(yes, yes, yes, lasts_s, np.zeros(len(reps), np.int64))


def planned_leg_s(problem: Problem, crew: CrewShift, here: Ints, there: int, leave_s: Ints) -> Ints:
    """Return how long the problem's matrix says that the ways from `here` take."""
    ways = problem.ways(crew)[:, here, there].astype(np.int64)
    return arrivals_s(problem.travel.slot_starts_s, ways, leave_s) - leave_s
