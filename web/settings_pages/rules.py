"""A profile's rules in words: value, since when, where it stands and how it was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.model import StopFlag
from scheduler.rules import Fact, RuleSet
from scheduler.rules.gate import Gate
from scheduler.rules.values import ANY_DAY, FestivalDays, Hours, VisitCap
from web.contact_words import CHANNELS
from web.language import t, tn
from web.settings_pages.words import COUNTS, KINDS_OF_DAY, RULE_TITLES
from web.stops import STOPS


@dataclass(frozen=True)
class Line:
    """One rule as people read it."""

    name: str
    title: str
    value: str
    fact: Fact


def lines_of(rules: RuleSet) -> tuple[list[Line], list[Line]]:
    """Return the rules of a profile: those with an authority, and those of the house."""
    lines = [
        Line(name, str(RULE_TITLES[name]), value_in_words(name, fact.value), fact)
        for name, facts in rules.facts.items()
        for fact in facts
    ]
    return [one for one in lines if one.fact.is_law], [one for one in lines if not one.fact.is_law]


def value_in_words(name: str, value: Any) -> str:
    """Say a rule's value in the visitor's language."""
    match value:
        case bool():
            return t("yes")
        case int():
            return COUNTS[name](value) if name in COUNTS else str(value)
        case Gate():
            return _gate(value)
        case VisitCap():
            return _cap(value)
        case Hours():
            return t("; ").join(_hours(value))
        case FestivalDays():
            return t("day %(first)s to day %(last)s", first=value.first, last=value.last)
        case frozenset():
            return _words(value)
    return str(value)


def _gate(gate: Gate) -> str:
    channels = t(", ").join(str(CHANNELS[channel]) for channel in sorted(gate.channels))
    least = t(
        "at least %(least)s in %(days)s days: %(channels)s",
        least=gate.at_least,
        days=gate.within_days,
        channels=channels,
    )
    if not gate.or_tries:
        return least
    tries = tn("or tries on %(num)d day", "or tries on %(num)d days", gate.or_tries)
    return t("%(one)s; %(next)s", one=least, next=tries)


def _cap(cap: VisitCap) -> str:
    visits = tn("at most %(num)d visit", "at most %(num)d visits", cap.most)
    only_met = t("only those that met somebody count")
    return f"{visits} ({only_met})" if cap.counts_only_met else visits


def _hours(hours: Hours) -> Iterator[str]:
    for kind, spans in hours.by_day.items():
        told = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)
        day = KINDS_OF_DAY.get(kind, kind)
        open_or_not = told or t("closed")
        yield open_or_not if kind == ANY_DAY else f"{day} {open_or_not}"


def _words(words: frozenset[str]) -> str:
    if words == frozenset(StopFlag):
        return t("every stop")
    return t(", ").join(sorted(str(STOPS.get(word, word)) for word in words))
