"""May this call be made, or this message be sent, now? The rules of contacts that are no visits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from scheduler.calendar import DayInfo, day_info
from scheduler.contacts import NOT_REACHED, Channel, Contact, Party
from scheduler.dossier import NOTHING_KNOWN, Dossier
from scheduler.model import Borrower, Case, PastVisit, Place, PlaceKind
from scheduler.rules.base import Attempt, Refusal, RuleSet, refusal_of
from scheduler.rules.contacts import contacts_a_day, contacts_in_7_days
from scheduler.rules.people import stops
from scheduler.rules.values import Hours, read_count, read_hours, read_yes
from scheduler.rules.wishes import pauses
from scheduler.windows import covers

ALSO_OF_VISITS = (stops, pauses, contacts_a_day, contacts_in_7_days)
"""Rules of visits that hold for every contact; only what the law says of them is asked here."""

NOWHERE = Place("", "", PlaceKind.OTHER, "", "", "")


@dataclass(frozen=True, slots=True)
class CallAttempt:
    """A call or message that somebody proposes: to whom, by which channel and when.

    `at` is aware, in the zone of the borrower. `contacted` is which number or third person, as
    the contact log names them. `is_lost` says that none of her own places or numbers is valid.
    """

    borrower: Borrower
    cases: tuple[Case, ...]
    at: datetime
    channel: Channel = Channel.CALL
    party: Party = Party.BORROWER
    contacted: str = ""
    past: tuple[PastVisit, ...] = ()
    dossier: Dossier = NOTHING_KNOWN
    is_lost: bool = False

    @property
    def calls_today(self) -> Iterator[Contact]:
        """The calls of ours on the same local day, before it."""
        zone, today = self.at.tzinfo, self.at.date()
        for one in self.dossier.contacts:
            is_call = one.channel is Channel.CALL and one.is_attempt
            if is_call and one.at.astimezone(zone).date() == today and one.at <= self.at:
                yield one


@dataclass(frozen=True, slots=True)
class CallRule:
    """One rule of calls; as `Rule`, asked of a call on a kind of day."""

    name: str
    title: str
    parse: Callable[[Any], Any]
    test: Callable[[Any, CallAttempt, DayInfo], str | None]


Value = TypeVar("Value")
Refuse = Callable[[Value, CallAttempt, DayInfo], str | None]


def call_rule(parse: Callable[[Any], Value]) -> Callable[[Refuse[Value]], CallRule]:
    """Make a rule of a function from its value, a call and a day to the words of a refusal."""

    def decorate(refuse: Refuse[Value]) -> CallRule:
        title = (refuse.__doc__ or "").partition("\n")[0]
        return CallRule(refuse.__name__, title, parse, refuse)

    return decorate


@call_rule(read_hours)
def call_hours(lawful: Hours, call: CallAttempt, day: DayInfo) -> str | None:
    """Calls and messages lie inside lawful hours."""
    windows = lawful.windows(day, call.at.tzinfo)
    if any(covers(window, call.at, call.at) and call.at < window.end for window in windows):
        return None
    return f"{call.at:%H:%M} is outside the hours of calls of {day}: {lawful.text(day)}"


@call_rule(read_count)
def dials_a_day(most: int, call: CallAttempt, _: DayInfo) -> str | None:
    """At most so many dial attempts a day to one contact that does not answer."""
    tried = sum(one.result in NOT_REACHED and _is_there(one, call) for one in call.calls_today)
    if call.channel is not Channel.CALL or tried < most:
        return None
    return f"{tried} calls today were not answered there; {most} a day allowed"


def _is_there(one: Contact, call: CallAttempt) -> bool:
    """Whether an earlier call was to where this one goes.

    Who was not reached is often told as nobody: then the number alone tells, to the caller's harm.
    """
    return one.contacted == call.contacted and one.party in (call.party, Party.NOBODY)


@call_rule(read_count)
def effective_calls_a_day(most: int, call: CallAttempt, _: DayInfo) -> str | None:
    """At most so many calls a day in which the debtor was talked to, by whomever."""
    talked = sum(one.reached_her for one in call.calls_today)
    if call.channel is not Channel.CALL or call.party is not Party.BORROWER or talked < most:
        return None
    return f"she was talked to in {talked} calls today; {most} a day allowed"


@call_rule(read_yes)
def third_person_calls(_: bool, call: CallAttempt, __: DayInfo) -> str | None:
    """A third person is contacted only where the debtor is lost."""
    if call.party is not Party.THIRD or call.is_lost:
        return None
    return "a third person is contacted only where the borrower is lost"


@call_rule(read_yes)
def unwanted_channels(_: bool, call: CallAttempt, __: DayInfo) -> str | None:
    """No contact by a channel, or in hours, that the borrower does not want."""
    zone, today = call.at.tzinfo, call.at.date()
    for wish in call.dossier.wishes:
        if zone is None or not wish.holds(today) or wish.channel is not call.channel:
            continue
        spans = [daily.on(today, zone) for daily in wish.blocked]
        if not spans or any(span and covers(span, call.at, call.at) for span in spans):
            return f"she does not want contact by {call.channel}"
    return None


CALL_RULES: Mapping[str, CallRule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            call_hours,
            dials_a_day,
            effective_calls_a_day,
            third_person_calls,
            unwanted_channels,
        )
    }
)


def call_refusals(rules: RuleSet, call: CallAttempt) -> list[Refusal]:
    """Return every no to a call or message now, those of the law first; none, and it may be made.

    House rules that were set aside for the borrower and the day say nothing.
    """
    aside = call.dossier.set_aside(call.at.date())
    said = [*_of_calls(rules, call), *_of_visits(rules, call)]
    heard = (no for no in said if no.is_law or no.rule not in aside)
    return sorted(heard, key=lambda no: not no.is_law)


def _of_calls(rules: RuleSet, call: CallAttempt) -> Iterator[Refusal]:
    day = day_info(rules.country, call.at.date())
    for name, facts in rules.calls.items():
        for fact in facts:
            if fact.holds_on(day.on) and (text := CALL_RULES[name].test(fact.value, call, day)):
                yield refusal_of(name, text, fact)


def _of_visits(rules: RuleSet, call: CallAttempt) -> Iterator[Refusal]:
    """Ask what the law says of every contact, a visit or not."""
    day = day_info(rules.country, call.at.date())
    as_visit = Attempt(
        call.borrower, call.cases, NOWHERE, call.at, call.at, 1, call.past, day, call.dossier
    )
    for one in ALSO_OF_VISITS:
        yield from one(rules.law, as_visit)
