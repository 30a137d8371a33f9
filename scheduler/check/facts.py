"""What the facts of a day have against planned visits, wherever and however the crews drive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.check.borrowers import check_borrowers
from scheduler.check.faults import Fault
from scheduler.check.meetings import Meeting
from scheduler.check.roster import check_presence
from scheduler.check.rulebook import check_rules
from scheduler.day import Day
from scheduler.plan import Violation
from scheduler.rules import RuleSet


def check_facts(day: Day, rules: RuleSet | None, met: Sequence[Meeting]) -> Iterator[Violation]:
    """Name what stands against visits by their borrowers, their crews and the rules.

    Without rules a lender's day cannot be judged, and none of its visits is made.
    """
    yield from check_people(day, met)
    yield from check_rulebook(day, rules, met)


def check_people(day: Day, met: Sequence[Meeting]) -> Iterator[Violation]:
    """Name what stands against visits by their borrowers and their crews."""
    yield from check_borrowers(day, met)
    yield from check_presence(day, met)


def check_rulebook(day: Day, rules: RuleSet | None, met: Sequence[Meeting]) -> Iterator[Violation]:
    """Name what the rules have against visits; of a crew they heed only how many are present."""
    if rules is None:
        name = day.city.name
        yield Violation(Fault.RULES_MISSING, name, "a lender's day has no rules to judge by")
    else:
        yield from check_rules(day, rules, met)
