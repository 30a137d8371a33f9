"""A house rule set aside for one borrower on one day: one person asks, another one allows.

A rule of law is never asked, so nobody can allow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.errors import ConflictError, NotFoundError
from scheduler.restraints import Override
from scheduler.rules import RuleSet


class AskState(StrEnum):
    """What became of an asked override."""

    ASKED = "asked"
    ALLOWED = "allowed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AskedOverride:
    """An override as it was asked, and what became of it; `note` is of whoever decided."""

    id: int
    city: str
    borrower_id: str
    rule: str
    on: date
    reason: str
    state: AskState
    asked_by: str
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str = ""

    def is_over(self, today: date) -> bool:
        """Whether its day has passed: it can be decided no more, and holds no more."""
        return self.on < today

    def in_force(self) -> Override | None:
        """Return it as the rules heed it; None unless it is allowed."""
        if self.state is not AskState.ALLOWED or not self.decided_by or not self.decided_at:
            return None
        who, at = self.decided_by, self.decided_at
        return Override(
            self.id, self.borrower_id, self.rule, self.on, self.reason, self.asked_by, who, at
        )


def refuse_unaskable(rules: RuleSet, rule: str, reason: str) -> None:
    """Raise where nobody may ask to set a rule aside, or no reason is given.

    Raises
    ------
    NotFoundError
        Where the profile has no such rule.
    ConflictError
        Where it is a rule of law, or the reason is empty.
    """
    facts = rules.facts.get(rule, ())
    if not facts:
        raise NotFoundError(f"the rules {rules.profile} have no rule {rule!r} to set aside")
    if all(fact.is_law for fact in facts):
        source = facts[0].source
        raise ConflictError(f"{rule} is a rule of law ({source}): nobody can set it aside")
    if not reason.strip():
        raise ConflictError(f"say why {rule} is to be set aside: another person decides by it")


def refuse_undecidable(asked: AskedOverride, actor: str, today: date) -> None:
    """Raise ConflictError where the actor cannot decide about an override any more, or at all."""
    if asked.state is not AskState.ASKED:
        raise ConflictError(f"override {asked.id} is {asked.state} already: look at the list again")
    if asked.asked_by == actor:
        raise ConflictError(f"you asked for override {asked.id}: another person decides about it")
    if asked.is_over(today):
        raise ConflictError(f"override {asked.id} was for {asked.on}: that day has passed")
