"""What is counted for a group of visits, and the rates that follow."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from scheduler.figures.costs import Expense
from scheduler.figures.facts import MadeVisit, ToldPromise
from scheduler.figures.share import Mean, Share
from scheduler.lifecycle import Code
from scheduler.promises import PromiseStatus

PROMISING = frozenset({Code.PTP.value, Code.AGREEMENT.value})
TURNED_AWAY = frozenset(
    {Code.CONSENT_WITHDRAWN.value, Code.HOSTILE.value, Code.POLICE_CALLED.value}
)
"""Results of visits at which the collectors were refused at the door."""


@dataclass(slots=True)
class Tally:
    """Counts and sums. `visits` are those that were made, `not_made` planned ones that were not.

    `costed` are made visits on a day whose cost is known, `costed_met` those of them that met
    somebody; `due` promises whose day is over.
    """

    visits: int = 0
    not_made: int = 0
    met: int = 0
    promises: int = 0
    due: int = 0
    kept: int = 0
    complaints: int = 0
    turned_away: int = 0
    late: int = 0
    complete: int = 0
    costed: int = 0
    costed_met: int = 0
    cost: Decimal = Decimal(0)
    recovered: Decimal = Decimal(0)

    def add_visit(self, visit: MadeVisit, recovered: Decimal) -> None:
        """Count a visit, and what was paid after it."""
        self.complaints += visit.code == Code.COMPLAINT
        if not visit.was_made:
            self.not_made += 1
            return
        self.visits += 1
        self.met += visit.was_met
        self.promises += visit.was_met and visit.code in PROMISING
        self.turned_away += visit.code in TURNED_AWAY
        self.late += visit.is_late
        self.complete += visit.is_complete
        self.recovered += recovered

    def add_promise(self, promise: ToldPromise, today: date) -> None:
        """Count a promise once its day and its grace are over, or it was kept before."""
        if is_due(promise, today):
            self.due += 1
            self.kept += promise.status is PromiseStatus.KEPT

    def add_expense(self, expense: Expense) -> None:
        """Add a part of a day's cost."""
        self.cost += expense.amount
        self.costed += bool(expense.key)
        self.costed_met += bool(expense.key) and expense.was_met

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def met_rate(self) -> Share:
        return Share(self.met, self.visits)

    @property
    def promise_rate(self) -> Share:
        """Of those who were met."""
        return Share(self.promises, self.met)

    @property
    def kept_rate(self) -> Share:
        return Share(self.kept, self.due)

    @property
    def cost_per_visit(self) -> Mean:
        return Mean(self.cost, self.costed)

    @property
    def cost_per_met(self) -> Mean:
        return Mean(self.cost, self.costed_met)

    @property
    def recovered_per_visit(self) -> Mean:
        return Mean(self.recovered, self.visits)

    @property
    def complaint_rate(self) -> Share:
        """Of all visits that were told of: a complaint may come of one that was not made."""
        return Share(self.complaints, self.visits + self.not_made)


def is_due(promise: ToldPromise, today: date) -> bool:
    """Say whether it is decided if a promise was kept; a withdrawn one never is."""
    if promise.status is PromiseStatus.WITHDRAWN:
        return False
    return promise.status is not PromiseStatus.OPEN or promise.last < today
