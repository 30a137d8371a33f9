"""What crews do when a day does not go as planned: a policy that is stated beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.plan import Plan
from scheduler.problem import Problem


class WhenLate(StrEnum):
    """Which visits a crew gives up that is late."""

    IN_ORDER = "in_order"  # goes on in order, and passes over what no longer fits its hours
    MUSTS_FIRST = "musts_first"  # and also what would make it miss a must-visit later on


@dataclass(frozen=True, slots=True)
class Moment:
    """One replication as it stands at a second of the day.

    Parameters
    ----------
    at_s, replication
        When it is, and the number of the replication.
    problem
        What is still to be planned, with the true times of what has begun (`CrewShift.begun`):
        who is absent, or has gone home, is not in it, nor are the visits made by those.
    ahead
        The visits that each crew would go on to, in their order, by its id.
    """

    at_s: int
    replication: int
    problem: Problem
    ahead: Mapping[str, tuple[str, ...]]


Replan = Callable[[Moment], Plan | None]
"""Answers with a plan for `Moment.problem`, or None to go on as before."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How a day is driven.

    Crews leave as planned, or when the last of them is there; they go on as soon as they are done,
    and wait at the door for the hours that were planned. `patience_s` is how long a crew waits for
    another one that it meets. With `replan` the day is planned again at each of `moments_s`.
    """

    late: WhenLate = WhenLate.MUSTS_FIRST
    patience_s: int = 900
    replan: Replan | None = None
    moments_s: tuple[int, ...] = ()
