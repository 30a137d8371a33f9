"""What a profile, a rule and a refusal are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from scheduler.calendar import DayInfo
from scheduler.dossier import NOTHING_KNOWN, Dossier
from scheduler.model import Borrower, Case, PastVisit, Place


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a profile, and how it is known.

    `seen` is P the official text, S a secondary source, M memory, D a default of the house,
    which is never shown as law. `value` is what the rule's `parse` made of the file's. `is_draft`
    says that it stands in a draft of a law only.
    """

    value: Any
    source: str
    effective: date | None
    seen: str
    is_draft: bool = False

    @property
    def is_law(self) -> bool:
        return self.seen != "D"

    @property
    def needs_signature(self) -> bool:
        """Whether a compliance officer must have signed it before anybody plans by it."""
        return self.seen == "M" or self.is_draft


@dataclass(frozen=True)
class RuleSet:
    """A profile: the values that hold in a country or region, the house's among them.

    `facts` are by rule name. `country` (ISO 3166) is whose public holidays count; '' for none.
    """

    profile: str
    version: str
    title: str
    facts: Mapping[str, Fact]
    country: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule's no: which rule, in words, and on what authority."""

    rule: str
    text: str
    source: str
    seen: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A visit that somebody proposes: to whom, for which cases, where, when and by how many.

    `start` and `end` bound the whole visit, in the zone of the place. `past` are visits of other
    days, done or promised; those to others than the borrower do not matter. `knows_contacts`
    tells whether the book has contact data at all.
    """

    borrower: Borrower
    cases: tuple[Case, ...]
    place: Place
    start: datetime
    end: datetime
    crew_size: int
    past: tuple[PastVisit, ...]
    day: DayInfo
    dossier: Dossier = NOTHING_KNOWN
    knows_contacts: bool = False

    @property
    def her_visits(self) -> tuple[PastVisit, ...]:
        """The borrower's own visits of other days."""
        return tuple(visit for visit in self.past if visit.borrower_id == self.borrower.id)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `parse` reads its value as TOML gives it, `test` says in words why not.

    `parse` raises ValueError in words. Called with a profile that holds the rule, it answers a
    refusal or None.
    """

    name: str
    title: str
    parse: Callable[[Any], Any]
    test: Callable[[RuleSet, Attempt], str | None]

    def __call__(self, rules: RuleSet, attempt: Attempt) -> Refusal | None:
        text = self.test(rules, attempt)
        fact = rules.facts[self.name]
        return None if text is None else Refusal(self.name, text, fact.source, fact.seen)


Value = TypeVar("Value")


def rule(
    parse: Callable[[Any], Value],
) -> Callable[[Callable[[Value, Attempt], str | None]], Rule]:
    """Make a rule of a function from its value and an attempt to the words of a refusal."""

    def decorate(refuse: Callable[[Value, Attempt], str | None]) -> Rule:
        name, title = refuse.__name__, (refuse.__doc__ or "").partition("\n")[0]
        return Rule(
            name, title, parse, lambda rules, attempt: refuse(rules.facts[name].value, attempt)
        )

    return decorate
