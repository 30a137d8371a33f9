"""What every engine takes and gives, so that they can be exchanged and judged alike.

    result = engine.solve(problem, stop, seed=1, on_progress=print)

The stop rule comes from outside: it answers how far the search has come, 0 … 1, and the search
ends at 1. Cancelling is a stop rule that answers 1; the best plan so far is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from scheduler.plan import Cost, Itinerary, Plan
from scheduler.problem import Lock, Problem


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"  # proven that no plan is better
    IMPROVED = "improved"  # better than the plan it began with
    STARTED_WITH = "started_with"  # nothing better found than the plan it began with


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands: `share` 0 … 1 of its budget, and its best plan.

    `cost` is the total beside the must-visits that are missed, in thousandths. `days` makes the
    best plan's itineraries while the search waits; none where an engine knows them at its end only.
    """

    share: float
    missed_must_visits: int
    cost: int
    visits: int
    days: Callable[[], tuple[Itinerary, ...]] = field(default=tuple, compare=False)


@dataclass(frozen=True, slots=True)
class Result:
    """The best plan found. Its left-out list says why, as established on that plan.

    `iterations` are the steps of the search, 0 where the engine does not count them. `dropped` are
    the visits of the plan to begin with that can no longer be made as they stood there.
    """

    plan: Plan
    cost: Cost
    status: Status
    engine: str
    iterations: int = 0
    dropped: tuple[str, ...] = ()


StopRule = Callable[[], float]
"""Progress 0 … 1 of the search; it ends where 1 is answered."""

OnProgress = Callable[[Progress], None]


class Engine(Protocol):
    """A way to make plans."""

    @property
    def name(self) -> str: ...

    @property
    def begins_whole(self) -> bool:
        """Whether it makes a whole first plan of its own before it asks its stop rule again."""
        ...

    def supports(self, problem: Problem, locks: Sequence[Lock] = ()) -> list[str]:
        """Name what `problem` asks for and this engine cannot honour; empty where it can."""
        ...

    def solve(
        self,
        problem: Problem,
        stop: StopRule,
        *,
        seed: int = 0,
        warm_start: Plan | None = None,
        locks: Sequence[Lock] = (),
        on_progress: OnProgress | None = None,
    ) -> Result:
        """Return the best lawful plan found before `stop` answers 1.

        Raises
        ------
        UnsupportedError
            Where `supports` names something.
        """
        ...
