"""What a profile, a rule and a refusal are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from scheduler.calendar import DayInfo
from scheduler.dossier import NOTHING_KNOWN, Dossier
from scheduler.model import Borrower, Case, PastVisit, Place, Window
from scheduler.restraints import Consent
from scheduler.windows import covers


class Layer(StrEnum):
    """Whose word a fact is; the strictest of all holds, so each of them must pass."""

    COUNTRY = "country"
    REGION = "region"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a profile, and how it is known.

    `seen` is P the official text, S a secondary source, M memory, D a default of the house,
    which is never shown as law. `value` is what the rule's `parse` made of the file's.
    `effective` is since when it holds; None where that was not seen, and it then holds always.
    `with_consent` is the wider value that the same text lets a borrower's own consent open.
    `profile` and `version` are those of the file where it stands; `is_draft` says that it stands
    in a draft of a law only.
    """

    value: Any
    source: str
    effective: date | None
    seen: str
    is_draft: bool = False
    layer: Layer = Layer.HOUSE
    profile: str = ""
    version: str = ""
    with_consent: Any = None

    @property
    def is_law(self) -> bool:
        return self.seen != "D"

    @property
    def needs_signature(self) -> bool:
        """Whether a compliance officer must have signed it before anybody plans by it."""
        return self.seen == "M" or self.is_draft

    def holds_on(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.effective is None or self.effective <= on


Facts = Mapping[str, tuple[Fact, ...]]


class DutyKind(StrEnum):
    """Duties for which phones have a form or a card of their own."""

    RECORDING = "recording"  # the visit is recorded, or it is said why not
    IDENTITY = "identity"  # whoever visits shows who she is


@dataclass(frozen=True, slots=True)
class Duty:
    """What collectors have to do that no plan can check, in words, and on what authority."""

    text: str
    source: str
    effective: date | None
    seen: str
    is_draft: bool = False
    layer: Layer = Layer.HOUSE
    profile: str = ""
    version: str = ""
    kind: DutyKind | None = None

    @property
    def is_law(self) -> bool:
        return self.seen != "D"


@dataclass(frozen=True)
class RuleSet:
    """A profile: the values that hold in a country or region, the house's among them.

    `facts` are by rule name, the country's first and the house's last; every one of them must
    pass. `calls` are those of calls and messages; `duties` are told to collectors, for no plan
    can check them; `keeping` is how long attachments are kept. `country` (ISO 3166) is whose
    public holidays count; '' for none. `version` tells the versions of all files that it was made
    of.
    """

    profile: str
    version: str
    title: str
    facts: Facts
    country: str = ""
    calls: Facts = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    keeping: Facts = field(default_factory=dict)

    def of(self, name: str, on: date) -> tuple[Fact, ...]:
        """Return what a rule says by each layer on a day; nothing where it does not hold."""
        key = name, on
        if key not in self._in_force:
            holding = (fact for fact in self.facts.get(name, ()) if fact.holds_on(on))
            self._in_force[key] = tuple(holding)
        return self._in_force[key]

    @cached_property
    def _in_force(self) -> dict[tuple[str, date], tuple[Fact, ...]]:
        return {}

    @cached_property
    def usual_windows(self) -> dict[object, tuple[Window, ...]]:
        """The hours of those who have no word of their own, once they were worked out."""
        return {}

    @cached_property
    def law(self) -> RuleSet:
        """The same without what is the house's own word."""
        kept = {name: tuple(one for one in of if one.is_law) for name, of in self.facts.items()}
        return replace(self, facts=kept)

    def duties_on(self, on: date) -> tuple[Duty, ...]:
        """Return the duties in force on a day."""
        return tuple(one for one in self.duties if one.effective is None or one.effective <= on)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule's no: which rule, in words, and on what authority."""

    rule: str
    text: str
    source: str
    seen: str
    layer: Layer = Layer.HOUSE
    version: str = field(default="", compare=False)

    @property
    def is_law(self) -> bool:
        return self.seen != "D"


def refusal_of(rule_name: str, text: str, fact: Fact) -> Refusal:
    """Return a rule's no on the authority of one of its facts."""
    return Refusal(rule_name, text, fact.source, fact.seen, fact.layer, fact.version)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A visit that somebody proposes: to whom, for which cases, where, when and by how many.

    `start` and `end` bound the whole visit, in the zone of the place. `past` are visits of other
    days, done or promised; those to others than the borrower do not matter. `knows_contacts`
    tells whether the book has contact data, or the city takes its silence for a no. `places` are
    all of hers.
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
    places: tuple[Place, ...] = ()

    @property
    def her_visits(self) -> tuple[PastVisit, ...]:
        """The borrower's own visits of other days."""
        return tuple(visit for visit in self.past if visit.borrower_id == self.borrower.id)


def consents_to(rule_name: str, attempt: Attempt) -> tuple[Consent, ...]:
    """Return her consents to a rule in force on the day, as far as they are about the place."""
    return tuple(
        one
        for one in attempt.dossier.consents
        if one.rule == rule_name
        and one.holds(attempt.day.on)
        and one.place_id in ("", attempt.place.id)
    )


def consented(rule_name: str, attempt: Attempt) -> bool:
    """Say whether she has consented for each case of the visit, at that hour."""
    given = [one for one in consents_to(rule_name, attempt) if _is_in_hours(one, attempt)]
    return bool(attempt.cases) and all(
        any(one.case_id in ("", case.id) for one in given) for case in attempt.cases
    )


def _is_in_hours(consent: Consent, attempt: Attempt) -> bool:
    zone = attempt.start.tzinfo
    if not consent.hours or zone is None:
        return not consent.hours
    spans = (daily.on(attempt.day.on, zone) for daily in consent.hours)
    return any(span and covers(span, attempt.start, attempt.end) for span in spans)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `parse` reads its value as TOML gives it, `test` says in words why not.

    `parse` raises ValueError in words. Called with a profile, it yields a refusal for each fact
    of that rule that says no.
    """

    name: str
    title: str
    parse: Callable[[Any], Any]
    test: Callable[[RuleSet, Fact, Attempt], str | None]

    def __call__(self, rules: RuleSet, attempt: Attempt) -> Iterator[Refusal]:
        for fact in rules.of(self.name, attempt.day.on):
            if text := self.says(rules, fact, attempt):
                yield refusal_of(self.name, text, fact)

    def says(self, rules: RuleSet, fact: Fact, attempt: Attempt) -> str | None:
        """Return what one of its facts has against a visit, in words.

        A consent of hers widens it as far as that fact lets a consent, and no further.
        """
        text = self.test(rules, fact, attempt)
        if text is None or fact.with_consent is None or not consented(self.name, attempt):
            return text
        return self.test(rules, replace(fact, value=fact.with_consent), attempt)


Value = TypeVar("Value")


def rule(
    parse: Callable[[Any], Value],
) -> Callable[[Callable[[Value, Attempt], str | None]], Rule]:
    """Make a rule of a function from its value and an attempt to the words of a refusal."""

    def decorate(refuse: Callable[[Value, Attempt], str | None]) -> Rule:
        name, title = refuse.__name__, (refuse.__doc__ or "").partition("\n")[0]
        return Rule(name, title, parse, lambda _, fact, attempt: refuse(fact.value, attempt))

    return decorate
