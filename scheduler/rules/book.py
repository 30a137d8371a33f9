"""All rules by name, and what a profile says by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from scheduler import calendar
from scheduler.calendar import DayInfo
from scheduler.rules import people
from scheduler.rules.base import Attempt, Fact, Refusal, Rule, RuleSet
from scheduler.rules.gate import contact_first
from scheduler.rules.hours import (
    closing_margin_min,
    hours,
    house_hours,
    spring_festival,
)
from scheduler.rules.people import house_stops, stops
from scheduler.rules.places import valid_place, workplace
from scheduler.rules.visits import days_between_visits, visits_in_7_days, visits_in_30_days

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
            valid_place,
            workplace,
            contact_first,
        )
    }
)

OF_HOUR_OR_CREW = frozenset(
    rule.name for rule in (hours, house_hours, closing_margin_min, people.crew_size)
)


def refusals(rules: RuleSet, attempt: Attempt) -> list[Refusal]:
    """Return every no of the profile, those of the law first."""
    return _asked(rules, rules.facts, attempt)


def _asked(rules: RuleSet, names: Iterable[str], attempt: Attempt) -> list[Refusal]:
    said = (no for name in names for no in RULES[name](rules, attempt))
    return sorted(said, key=lambda no: not no.is_law)


def passed(rules: RuleSet, attempt: Attempt) -> list[tuple[str, Fact]]:
    """Return (name, fact) of all that is in force and says nothing against it, of every layer."""
    return [
        (name, fact)
        for name in rules.facts
        for fact in rules.of(name, attempt.day.on)
        if RULES[name].says(rules, fact, attempt) is None
    ]


def crew_size(rules: RuleSet, on: date) -> int:
    """Return how many collectors go together at least, by the strictest of all."""
    return max((fact.value for fact in rules.of(people.crew_size.name, on)), default=1)


def day_info(rules: RuleSet, on: date) -> DayInfo:
    """Return what kind of day `on` is where the profile holds."""
    return calendar.day_info(rules.country, on)


def day_refusals(rules: RuleSet, attempt: Attempt) -> list[Refusal]:
    """Return the rules that say no at any hour and to any crew: no visit there on that day.

    The hours of a day that has some, and crew size, never do: they are asked of a plan's visits.
    """
    return _asked(rules, (name for name in rules.facts if name not in OF_HOUR_OR_CREW), attempt)
