"""All rules by name, and what a profile says by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from scheduler import calendar
from scheduler.calendar import DayInfo
from scheduler.rules import people
from scheduler.rules.base import Attempt, Fact, Refusal, Rule, RuleSet
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
        )
    }
)

OF_HOUR_OR_CREW = frozenset(
    rule.name for rule in (hours, house_hours, closing_margin_min, people.crew_size)
)


def refusals(rules: RuleSet, attempt: Attempt) -> list[Refusal]:
    """Return every rule of the profile that says no."""
    answers = (RULES[name](rules, attempt) for name in rules.facts)
    return [refusal for refusal in answers if refusal is not None]


def passed(rules: RuleSet, attempt: Attempt) -> list[tuple[str, Fact, str]]:
    """Return (name, fact, version of the profile) of every rule that says nothing against it."""
    refused = {refusal.rule for refusal in refusals(rules, attempt)}
    return [
        (name, fact, rules.version) for name, fact in rules.facts.items() if name not in refused
    ]


def crew_size(rules: RuleSet) -> int:
    """Return how many collectors go together at least."""
    fact = rules.facts.get(people.crew_size.name)
    return fact.value if fact else 1


def day_info(rules: RuleSet, on: date) -> DayInfo:
    """Return what kind of day `on` is where the profile holds."""
    return calendar.day_info(rules.country, on)


def day_refusals(rules: RuleSet, attempt: Attempt) -> list[Refusal]:
    """Return the rules that say no at any hour and to any crew: no visit there on that day.

    The hours of a day that has some, and crew size, never do: they are asked of a plan's visits.
    """
    lasting = (name for name in rules.facts if name not in OF_HOUR_OR_CREW)
    answers = (RULES[name](rules, attempt) for name in lasting)
    return [refusal for refusal in answers if refusal is not None]
