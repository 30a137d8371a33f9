"""All rules by name, and what a profile says by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from scheduler import calendar
from scheduler.calendar import DayInfo
from scheduler.errors import ConflictError
from scheduler.rules import people
from scheduler.rules.base import Attempt, Fact, Refusal, Rule, RuleSet
from scheduler.rules.contacts import contacts_a_day, contacts_in_7_days
from scheduler.rules.gate import contact_first
from scheduler.rules.hours import (
    closing_margin_min,
    hours,
    house_hours,
    spring_festival,
)
from scheduler.rules.people import house_stops, stops
from scheduler.rules.places import (
    place_kinds,
    place_order,
    third_persons,
    valid_place,
    workplace,
    workplace_on_request,
)
from scheduler.rules.products import product_bound
from scheduler.rules.visits import days_between_visits, visits_in_7_days, visits_in_30_days
from scheduler.rules.wishes import blocked_hours, blocked_places, employer_forbids, pauses

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            hours,
            house_hours,
            closing_margin_min,
            spring_festival,
            people.crew_size,
            stops,
            house_stops,
            days_between_visits,
            visits_in_7_days,
            visits_in_30_days,
            contacts_a_day,
            contacts_in_7_days,
            valid_place,
            workplace,
            contact_first,
            workplace_on_request,
            place_kinds,
            place_order,
            third_persons,
            product_bound,
            blocked_hours,
            blocked_places,
            employer_forbids,
            pauses,
        )
    }
)

ASK_FOR_CONSENT = frozenset(rule.name for rule in (product_bound, workplace_on_request))
"""Rules that are met by a consent alone, without a wider value."""

OF_HOUR_OR_CREW = frozenset(
    rule.name for rule in (hours, house_hours, closing_margin_min, blocked_hours, people.crew_size)
)


def refusals(rules: RuleSet, attempt: Attempt) -> list[Refusal]:
    """Return every no of the profile, those of the law first.

    One of the house is not among them while an override for her and that day sets it aside.
    """
    return _asked(rules, rules.facts, attempt)


def _asked(rules: RuleSet, names: Iterable[str], attempt: Attempt) -> list[Refusal]:
    said = (no for name in names for no in RULES[name](rules, attempt))
    aside = attempt.dossier.set_aside(attempt.day.on)
    heard = (no for no in said if no.is_law or no.rule not in aside)
    return sorted(heard, key=lambda no: not no.is_law)


def passed(rules: RuleSet, attempt: Attempt) -> list[tuple[str, Fact]]:
    """Return (name, fact) of all that is in force and says nothing against it, of every layer."""
    return [
        (name, fact)
        for name in rules.facts
        for fact in rules.of(name, attempt.day.on)
        if RULES[name].says(rules, fact, attempt) is None
    ]


def crew_size(rules: RuleSet, on: date, set_aside: frozenset[str] = frozenset()) -> int:
    """Return how many collectors go together at least, by the strictest of all.

    The house's size does not count where it is `set_aside`.
    """
    name = people.crew_size.name
    heeded = (fact for fact in rules.of(name, on) if fact.is_law or name not in set_aside)
    return max((fact.value for fact in heeded), default=1)


def day_info(rules: RuleSet, on: date) -> DayInfo:
    """Return what kind of day `on` is where the profile holds."""
    return calendar.day_info(rules.country, on)


def day_refusals(rules: RuleSet, attempt: Attempt) -> list[Refusal]:
    """Return the rules that say no at any hour and to any crew: no visit there on that day.

    The hours of a day that has some, and crew size, never do: they are asked of a plan's visits.
    """
    return _asked(rules, (name for name in rules.facts if name not in OF_HOUR_OR_CREW), attempt)


def case_refusals(rules: RuleSet, attempt: Attempt) -> list[Refusal]:
    """Return the rules that refuse a visit for the one case of an attempt, whatever her others."""
    return _asked(rules, (product_bound.name,) if asks_of_cases(rules) else (), attempt)


def asks_of_cases(rules: RuleSet) -> bool:
    """Whether a profile has rules that refuse one case and not another of the same borrower."""
    return product_bound.name in rules.facts


def consentable(rules: RuleSet) -> list[str]:
    """Return the names of a profile's rules that a borrower's own consent can widen or meet."""
    return [
        name
        for name, facts in rules.facts.items()
        if name in ASK_FOR_CONSENT or any(fact.with_consent is not None for fact in facts)
    ]


def refuse_unconsentable(rules: RuleSet, rule: str) -> None:
    """Raise ConflictError where no consent of a borrower can widen or meet a rule of a profile."""
    names = consentable(rules)
    if rule not in names:
        told = f"it widens {', '.join(names)}" if names else "it widens none"
        raise ConflictError(f"no consent widens {rule!r} by the rules {rules.profile}: {told}")
