"""What a dispatcher says of a borrower for the plan: she must be visited today, or not yet.

It is the desk's word about a whole day, not about one plan: screening and judges heed it, and a
search that runs again does not forget it. A rule comes before it, whatever it asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.errors import ConflictError


class DirectiveKind(StrEnum):
    """What is said of a borrower."""

    MUST = "must"  # a visit on the day comes before any sum of money
    NOT_TODAY = "not_today"
    NOT_BEFORE = "not_before"  # on no day before the one that is told


@dataclass(frozen=True, slots=True)
class Directive:
    """A dispatcher's word about a borrower; `id` is the book's to give.

    `on` is the day that it is about; of `NOT_BEFORE` the first on which she may be visited again.
    `reason` is what was typed, '' where nothing was; it may hold names, and no plan repeats it.
    """

    id: int
    borrower_id: str
    kind: DirectiveKind
    on: date
    said_by: str
    said_at: datetime
    reason: str = ""

    def asks_for(self, on: date) -> bool:
        """Whether she must be visited on a day."""
        return self.kind is DirectiveKind.MUST and self.on == on

    def holds_back(self, on: date) -> bool:
        """Whether she may not be visited on a day."""
        if self.kind is DirectiveKind.NOT_BEFORE:
            return on < self.on
        return self.kind is DirectiveKind.NOT_TODAY and self.on == on

    @property
    def told(self) -> str:
        """What keeps her out of a plan, and who said so."""
        when = "before" if self.kind is DirectiveKind.NOT_BEFORE else "on"
        return f"{self.said_by} decided that she is not visited {when} {self.on}"


def must_go(directives: Iterable[Directive], on: date) -> bool:
    """Whether somebody said that a borrower must be visited on a day."""
    return any(one.asks_for(on) for one in directives)


def held_back(directives: Iterable[Directive], on: date) -> Directive | None:
    """Return who says that a borrower is not visited on a day: of several the word that lasts."""
    against = [one for one in directives if one.holds_back(on)]
    return max(against, key=lambda one: (one.on, one.id), default=None)


def replaced(new: Directive, standing: Sequence[Directive]) -> list[Directive]:
    """Return what of the `standing` words about the same borrower a new one takes the place of.

    Two words of one day that ask for opposite things never stand together, nor two days before
    which nobody goes, nor the same word twice: the later word holds.
    """
    return [one for one in standing if one.borrower_id == new.borrower_id and _clash(one, new)]


def refuse_past(kind: DirectiveKind, on: date, today: date) -> None:
    """Raise ConflictError where a word is about a day that has passed, or delays nothing."""
    if kind is DirectiveKind.NOT_BEFORE and on <= today:
        raise ConflictError(f"{on} is no day ahead: name a day after {today}")
    if on < today:
        raise ConflictError(f"{on} has passed: name {today} or a later day")


def _clash(one: Directive, other: Directive) -> bool:
    if one.kind is other.kind:
        return one.kind is DirectiveKind.NOT_BEFORE or one.on == other.on
    must, against = (one, other) if one.kind is DirectiveKind.MUST else (other, one)
    return must.kind is DirectiveKind.MUST and against.holds_back(must.on)
