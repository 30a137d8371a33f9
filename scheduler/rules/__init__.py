"""The contact rules: data with a source, and one function per rule.

A profile (a TOML file in data/rules) says which rules hold and with which values; the functions
here say what each value means. To add a rule: write its function beside its like, name it in
`book.RULES`, give it a line in the profiles where it holds, and two tests.
"""

from scheduler.calendar import DayInfo, DayKind
from scheduler.rules.base import Attempt, Duty, DutyKind, Fact, Facts, Layer, Refusal, Rule, RuleSet
from scheduler.rules.book import (
    RULES,
    asks_of_cases,
    case_refusals,
    crew_size,
    day_info,
    day_refusals,
    passed,
    refusals,
)
from scheduler.rules.gate import contact_first
from scheduler.rules.hours import lawful_windows, turning_windows
from scheduler.rules.people import stop_refusal

__all__ = [
    "RULES",
    "Attempt",
    "DayInfo",
    "DayKind",
    "Duty",
    "DutyKind",
    "Fact",
    "Facts",
    "Layer",
    "Refusal",
    "Rule",
    "RuleSet",
    "asks_of_cases",
    "case_refusals",
    "contact_first",
    "crew_size",
    "day_info",
    "day_refusals",
    "lawful_windows",
    "passed",
    "refusals",
    "stop_refusal",
    "turning_windows",
]
