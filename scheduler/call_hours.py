"""A whole day of one telephone: when she may be called, and how many calls more may be made.

A phone without a network asks no rule: it looks up the second, and counts the calls that it has
made since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from types import MappingProxyType

from scheduler.calendar import day_info
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.model import Window
from scheduler.rules import Refusal, RuleSet
from scheduler.rules.dialling import CallAttempt, call_hours, call_refusals
from scheduler.turning_points import SECOND, bounds, spans_of_day
from scheduler.windows import instant, later

STEP = timedelta(hours=2)
"""All that rules of calls turn at is among the edges; between them it is asked for safety alone."""

MOST = 64
"""More calls to one borrower nobody makes in a day."""

CALLED: Mapping[str, tuple[ContactResult, Party]] = MappingProxyType(
    {
        "answered": (ContactResult.ANSWERED, Party.BORROWER),
        "answered_else": (ContactResult.ANSWERED, Party.HOUSEHOLD),
        "no_answer": (ContactResult.NO_ANSWER, Party.NOBODY),
        "wrong_number": (ContactResult.WRONG_NUMBER, Party.NOBODY),
    }
)
"""What may come of a call, as rules tell calls apart: by result, and whether it was she."""


@dataclass(frozen=True, slots=True)
class CallSpan:
    """From `start` on, before `end`, she may be called, or may not for one reason."""

    start: datetime
    end: datetime
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class CallCap:
    """After `left` more calls today of which came one of `results`, a rule refuses the next."""

    results: tuple[str, ...]
    left: int
    refusal: Refusal


def call_spans(rules: RuleSet, call: CallAttempt, on: date, zone: tzinfo) -> tuple[CallSpan, ...]:
    """Return what holds from midnight to midnight, to the second, without a gap."""

    def ask(at: datetime) -> Refusal | None:
        return next(iter(call_refusals(rules, replace(call, at=at))), None)

    cut = spans_of_day(on, zone, ask, _is_same, _edges(rules, call, on, zone), STEP)
    return tuple(CallSpan(start, end, ask(start)) for start, end in cut)


def call_caps(rules: RuleSet, call: CallAttempt, on: date, zone: tzinfo) -> tuple[CallCap, ...]:
    """Return which rules count the calls that are made from now on, and what they leave.

    A rule that refuses already is told by `call_spans`.
    """
    last = later(bounds(on, zone)[1], -SECOND)
    late = replace(call, at=last)
    before = _by_rule(call_refusals(rules, late))
    found: dict[tuple[str, str], list[tuple[str, int, Refusal]]] = {}
    for name in CALLED:
        for key, no in _by_rule(call_refusals(rules, _after(late, name, MOST))).items():
            if key not in before:
                found.setdefault(key, []).append((name, _left(rules, late, name, key), no))
    return tuple(_cap(rules, late, told) for told in found.values())


def lawful_hours(rules: RuleSet, on: date, zone: tzinfo) -> tuple[Window, ...]:
    """Return the hours of calls that each layer's word for it gives, the country's first."""
    day = day_info(rules.country, on)
    return tuple(
        window
        for fact in rules.calls.get(call_hours.name, ())
        if fact.holds_on(on)
        for window in fact.value.windows(day, zone)
    )


def made_call(key: str, call: CallAttempt, result: ContactResult, party: Party) -> Contact:
    """Return a call of ours to a borrower as the log of contacts has it."""
    who = call.borrower.id
    return Contact(key, who, Channel.CALL, Direction.OUT, party, result, call.at)


def _cap(rules: RuleSet, late: CallAttempt, told: list[tuple[str, int, Refusal]]) -> CallCap:
    """Return a rule's cap, in the words that it will have when it refuses."""
    name, left, no = told[0]
    refused = _by_rule(call_refusals(rules, _after(late, name, left)))
    return CallCap(tuple(one for one, *_ in told), left, refused.get((no.rule, no.source), no))


def _left(rules: RuleSet, late: CallAttempt, name: str, key: tuple[str, str]) -> int:
    """Return after how many calls, 1 or more, a rule refuses the next."""
    low, high = 0, MOST
    while high - low > 1:
        middle = (low + high) // 2
        is_refused = key in _by_rule(call_refusals(rules, _after(late, name, middle)))
        low, high = (low, middle) if is_refused else (middle, high)
    return high


def _after(late: CallAttempt, name: str, calls: int) -> CallAttempt:
    """Return a call after so many more of which the same came."""
    result, party = CALLED[name]
    made = tuple(made_call(f"{n}", late, result, party) for n in range(calls))
    dossier = replace(late.dossier, contacts=(*late.dossier.contacts, *made))
    return replace(late, dossier=dossier)


def _by_rule(refusals: Iterable[Refusal]) -> dict[tuple[str, str], Refusal]:
    return {(one.rule, one.source): one for one in refusals}


def _edges(rules: RuleSet, call: CallAttempt, on: date, zone: tzinfo) -> Iterator[datetime]:
    """Yield where lawful hours, her blocked ones and the counts of calls may turn."""
    windows = list(lawful_hours(rules, on, zone))
    for wish in call.dossier.wishes:
        windows += [span for daily in wish.blocked if (span := daily.on(on, zone))]
    ends = {instant(at) for window in windows for at in (window.start, window.end)}
    for end in ends | {instant(one.at).replace(microsecond=0) for one in call.dossier.contacts}:
        yield from (end - SECOND, end, end + SECOND)


def _is_same(one: Refusal | None, other: Refusal | None) -> bool:
    """Whether two answers are one to who would call: their words may tell the minute."""
    if one is None or other is None:
        return one is other
    return (one.rule, one.source, one.is_law) == (other.rule, other.source, other.is_law)
