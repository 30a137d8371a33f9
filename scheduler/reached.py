"""How far a search has come: kept beside its job, so that one that is cut off goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.check.locks import check_locks
from scheduler.check.moves import check_moves
from scheduler.draft import Draft
from scheduler.engines.base import StopRule
from scheduler.locks import apply_locks
from scheduler.plan import Itinerary, Plan
from scheduler.ports import PlanRecord
from scheduler.problem import Lock, Problem


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a search began, and its best plan so far.

    `base` is the draft that it takes the place of, by its id, as often edited and with the locks
    that it had when the search first began: what is done to it since is not to be lost. `share`
    0 … 1 of the search's time is used up, and `days` are those of its best plan.
    """

    base: int | None = None
    revision: int = 0
    locks: tuple[Lock, ...] = ()
    share: float = 0.0
    days: tuple[Itinerary, ...] = ()

    @staticmethod
    def nothing(base: PlanRecord | None) -> Reached:
        """Return where a search of a day begins of which `base` is the draft."""
        if base is None:
            return Reached()
        return Reached(base.id, base.revision, base.content.locks)

    @property
    def plan(self) -> Plan | None:
        """The plan to go on with; None where there is none yet."""
        return Plan(self.days, ()) if self.days else None

    def at_first(self, base: PlanRecord) -> PlanRecord:
        """Return a draft as the search found it; another than that is returned as it is."""
        if base.id != self.base:
            return base
        content = replace(base.content, locks=self.locks)
        return replace(base, revision=self.revision, content=content)

    @property
    def left(self) -> float:
        """The share of the search's time that is not used up."""
        return 1 - self.share

    def further(self, share: float, days: Sequence[Itinerary]) -> Reached:
        """Return what the search has reached when it is `share` through."""
        return replace(self, share=share, days=tuple(days))


def going_on(rule: StopRule, reached: Reached) -> StopRule:
    """Return the stop rule of a whole search, by the `rule` of what is left of it.

    A search that cools down does not get hot again.
    """
    return lambda: reached.share + reached.left * rule()


def better_of(problem: Problem, locks: Sequence[Lock], first: Plan, reached: Plan | None) -> Plan:
    """Return what the search of a running day goes on with: what was reached, or it as it runs.

    The day has gone on since. What does not fit any more is taken out of what was `reached`; where
    too much of what people know would move then, or `first` is as good, it is `first`.
    """
    if reached is None:
        return first
    locked = apply_locks(problem, locks)
    still, runs = Draft.of(locked, reached), Draft.of(locked, first)
    plan = Plan(still.itineraries(), ())
    faults = [*check_moves(problem, plan), *check_locks(plan, locks)]
    return plan if still.key < runs.key and not faults else first
