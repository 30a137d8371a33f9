"""A profile's rules in words: value, since when, where it stands and how it was seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.model import PlaceKind, StopFlag
from scheduler.restraints import PauseKind
from scheduler.rules import Fact, Facts, RuleSet
from scheduler.rules.gate import Gate
from scheduler.rules.values import (
    ANY_DAY,
    AllowedPlaces,
    ContactCap,
    FestivalDays,
    Hours,
    PlaceOrder,
    VisitCap,
    WishLimit,
)
from web.contact_words import CHANNELS
from web.language import t, tn
from web.map.words import PLACE_KINDS
from web.phrases import said
from web.settings_pages.words import (
    CALL_TITLES,
    COUNTS,
    KEEPING_TITLES,
    KINDS_OF_DAY,
    PLACES,
    RULE_TITLES,
)
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
    lines = _lines(rules.facts, RULE_TITLES)
    return [one for one in lines if one.fact.is_law], [one for one in lines if not one.fact.is_law]


def calls_of(rules: RuleSet) -> list[Line]:
    """Return the rules of calls and messages."""
    return _lines(rules.calls, CALL_TITLES)


def keeping_of(rules: RuleSet) -> list[Line]:
    """Return how long attachments are kept."""
    return _lines(rules.keeping, KEEPING_TITLES)


def _lines(facts: Facts, titles: Mapping[str, object]) -> list[Line]:
    return [
        Line(name, str(titles[name]), told(name, fact), fact)
        for name, found in facts.items()
        for fact in found
    ]


def told(name: str, fact: Fact) -> str:
    """Say a value, and the wider one that her consent opens."""
    value = value_in_words(name, fact.value)
    if fact.with_consent is None:
        return value
    wider = t("with her consent: %(value)s", value=value_in_words(name, fact.with_consent))
    return f"{value} ({wider})"


def value_in_words(name: str, value: Any) -> str:
    """Say a rule's value in the visitor's language."""
    match value:
        case bool():
            return t("yes")
        case int():
            return COUNTS[name](value) if name in COUNTS else str(value)
        case Gate():
            return _gate(value)
        case VisitCap() | ContactCap():
            return _cap(value)
        case WishLimit():
            return _limit(value)
        case PlaceOrder():
            return t(", ").join(str(PLACES[one]) for one in value.order)
        case AllowedPlaces():
            return _allowed(value)
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


def _cap(cap: VisitCap | ContactCap) -> str:
    if isinstance(cap, ContactCap):
        most = tn("at most %(num)d contact", "at most %(num)d contacts", cap.most)
        notes = [t("of each debt")] if cap.per_debt else []
    else:
        most = tn("at most %(num)d visit", "at most %(num)d visits", cap.most)
        notes = [
            text
            for is_so, text in (
                (cap.counts_only_met, t("only those that met somebody count")),
                (cap.per_debt, t("of each debt")),
                (cap.only_at_home, t("only at home")),
            )
            if is_so
        ]
    return f"{most} ({t(', ').join(notes)})" if notes else most


def _limit(limit: WishLimit) -> str:
    if limit.hours_a_week is None:
        return t("yes")
    return t("the oldest wishes, up to %(hours)s hours a week", hours=limit.hours_a_week)


def _allowed(allowed: AllowedPlaces) -> str:
    kinds = t(", ").join(str(PLACE_KINDS[one]) for one in PlaceKind if one in allowed.kinds)
    sources = t("from %(sources)s", sources=t(", ").join(sorted(allowed.sources)))
    return f"{kinds}; {sources}" if allowed.sources else kinds


def _hours(hours: Hours) -> Iterator[str]:
    for kind, spans in hours.by_day.items():
        told = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)
        day = KINDS_OF_DAY.get(kind, kind)
        open_or_not = told or t("closed")
        yield open_or_not if kind == ANY_DAY else f"{day} {open_or_not}"


def _words(words: frozenset[str]) -> str:
    if words == frozenset(StopFlag):
        return t("every stop")
    if words == frozenset(PauseKind):
        return t("every kind of pause")
    return t(", ").join(sorted(_word(word) for word in words))


def _word(word: str) -> str:
    """Say a stop or a pause in the visitor's language; a word of a lender's file stays as it is."""
    if isinstance(word, PauseKind):
        return said(str(word).replace("_", "-"))
    return str(STOPS.get(word, word))
