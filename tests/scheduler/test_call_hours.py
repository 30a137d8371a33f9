"""A day of one telephone, told at once, says what the rules say when they are asked.

`Phone` decides as the page does: by the second, and by the calls that it has made since.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.profiles import TomlProfiles
from scheduler.call_hours import CALLED, MOST, call_caps, call_spans, lawful_hours, made_call
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.model import Borrower, DailyWindow
from scheduler.restraints import Override, Wish
from scheduler.rules import RULES, Fact, Layer, RuleSet
from scheduler.rules.dialling import CALL_RULES, CallAttempt, call_refusals
from tests.scheduler.little_book import ON, SHANGHAI, case, rules_of
from tests.scheduler.test_rules import rule_set

MIDNIGHT = datetime.combine(ON, time(), SHANGHAI)
CN, US = rules_of("CN"), rules_of("US")


def at(clock: str) -> datetime:
    return datetime.combine(ON, time.fromisoformat(clock), SHANGHAI)


def attempt(*contacts: Contact, **dossier: Any) -> CallAttempt:
    plain = CallAttempt(Borrower("b1", "somebody"), (case("k1"),), MIDNIGHT)
    return replace(plain, dossier=replace(plain.dossier, contacts=contacts, **dossier))


def contact(when: datetime, name: str, channel: Channel = Channel.CALL) -> Contact:
    result, party = CALLED[name]
    key = f"{when:%d%H%M%S}{name}"
    return Contact(key, "b1", channel, Direction.OUT, party, result, when)


@dataclass
class Phone:
    """What the page knows: the day as it was told, and its own calls since."""

    rules: RuleSet
    book: CallAttempt
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.spans = call_spans(self.rules, self.book, ON, SHANGHAI)
        self.caps = call_caps(self.rules, self.book, ON, SHANGHAI)

    def says(self, when: datetime) -> str:
        (span,) = [one for one in self.spans if one.start <= when < one.end]
        if span.refusal:
            return span.refusal.rule
        counts = Counter(self.made)
        full = [one for one in self.caps if sum(counts[r] for r in one.results) >= one.left]
        return full[0].refusal.rule if full else ""


CONTACTS = st.builds(
    contact,
    st.integers(-6 * 86_400, 12 * 3600).map(lambda s: MIDNIGHT + timedelta(seconds=s)),
    st.sampled_from(list(CALLED)),
    st.sampled_from([Channel.CALL, Channel.CALL, Channel.SMS]),
)
WISHES = st.tuples(st.integers(0, 20), st.integers(1, 3)).map(
    lambda told: Wish(
        told[0],
        "b1",
        "a call",
        channel=Channel.CALL,
        blocked=(DailyWindow(time(told[0], 7), time(told[0] + told[1], 13), frozenset(range(7))),),
    )
)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([CN, US, rules_of("CO")]),
    st.lists(CONTACTS, max_size=7),
    st.lists(WISHES, max_size=2),
    st.lists(st.tuples(st.integers(43_201, 86_399), st.sampled_from(list(CALLED))), max_size=8).map(
        sorted
    ),
)
def test_the_phone_says_what_the_rules_say_to_the_second(
    rules: RuleSet, contacts: list[Contact], wishes: list[Wish], calls: list[tuple[int, str]]
) -> None:
    book = attempt(*contacts, wishes=tuple(wishes))
    phone, known = Phone(rules, book), list(contacts)
    for second, name in calls:
        when = MIDNIGHT + timedelta(seconds=second)
        asked = replace(book, at=when, dossier=replace(book.dossier, contacts=tuple(known)))
        refused = {no.rule for no in call_refusals(rules, asked)}
        said = phone.says(when)
        assert said in refused if refused else said == ""
        # Also a call that should not have been made is told, and counts.
        phone.made.append(name)
        known.append(made_call(f"made {second}", asked, *CALLED[name]))


@settings(max_examples=10, deadline=None)
@given(st.lists(CONTACTS, max_size=5), st.lists(WISHES, max_size=2))
def test_each_second_before_the_first_call_is_as_the_rules_say(
    contacts: list[Contact], wishes: list[Wish]
) -> None:
    book = attempt(*contacts, wishes=tuple(wishes))
    spans = call_spans(CN, book, ON, SHANGHAI)
    assert spans[0].start == MIDNIGHT
    assert spans[-1].end == MIDNIGHT + timedelta(days=1)
    assert all(one.end == two.start for one, two in pairwise(spans))
    for one in spans:
        for when in (one.start, one.end - timedelta(seconds=1)):
            said = call_refusals(CN, replace(book, at=when))
            assert (said[0].rule if said else "") == (one.refusal.rule if one.refusal else "")


@pytest.mark.parametrize(
    ("rules", "opens", "closes"), [(CN, "08:00", "22:00"), (US, "08:00", "21:00")]
)
def test_calls_have_lawful_hours_to_the_second(rules: RuleSet, opens: str, closes: str) -> None:
    spans = call_spans(rules, attempt(), ON, SHANGHAI)
    (open_,) = [one for one in spans if one.refusal is None]
    assert (open_.start, open_.end) == (at(opens), at(closes))
    assert all(one.refusal and one.refusal.is_law for one in spans if one is not open_)
    (window,) = lawful_hours(rules, ON, SHANGHAI)
    assert (window.start, window.end) == (at(opens), at(closes))


def test_china_leaves_six_dial_attempts_and_three_talks() -> None:
    left = {
        one.refusal.rule: (one.results, one.left) for one in call_caps(CN, attempt(), ON, SHANGHAI)
    }
    assert left == {
        "dials_a_day": (("no_answer", "wrong_number"), 6),
        "effective_calls_a_day": (("answered",), 3),
    }
    tried = [contact(at(f"09:0{n}"), "no_answer") for n in range(4)]
    caps = call_caps(CN, attempt(*tried), ON, SHANGHAI)
    assert {one.refusal.rule: one.left for one in caps}["dials_a_day"] == 2
    yesterday = [replace(one, at=one.at - timedelta(days=1)) for one in tried]
    caps = call_caps(CN, attempt(*yesterday), ON, SHANGHAI)
    assert {one.refusal.rule: one.left for one in caps}["dials_a_day"] == 6


def test_a_cap_has_the_words_that_the_rule_will_have() -> None:
    caps = {one.refusal.rule: one.refusal.text for one in call_caps(CN, attempt(), ON, SHANGHAI)}
    assert caps["dials_a_day"] == "6 calls today were not answered there; 6 a day allowed"


def test_seven_contacts_in_seven_days_are_counted_whatever_came_of_them() -> None:
    cap = RULES["contacts_in_7_days"].parse(4)
    law = Fact(cap, "an official text", None, "P", layer=Layer.COUNTRY)
    rules = replace(rule_set(), facts={"contacts_in_7_days": (law,)})
    seen = [contact(at("09:00") - timedelta(days=n), "no_answer") for n in (1, 3)]
    (told,) = call_caps(rules, attempt(*seen), ON, SHANGHAI)
    assert (told.results, told.left) == (tuple(CALLED), 2)


def test_a_house_rule_that_was_set_aside_says_nothing() -> None:
    house = Fact(CALL_RULES["dials_a_day"].parse(2), "house", None, "D")
    rules = replace(CN, calls={"dials_a_day": (house,)})
    assert [one.left for one in call_caps(rules, attempt(), ON, SHANGHAI)] == [2]
    told = "she waits for it", "li", "wang", at("08:00")
    aside = (Override(1, "b1", "dials_a_day", ON, *told),)
    assert call_caps(rules, attempt(overrides=aside), ON, SHANGHAI) == ()


def test_every_profile_tells_its_day() -> None:
    tried = [contact(at(f"09:0{n}"), "answered") for n in range(3)]
    for name in TomlProfiles().names():
        rules, book = rules_of(name), attempt(*tried)
        for one in call_spans(rules, book, ON, SHANGHAI):
            said = call_refusals(rules, replace(book, at=one.start))
            assert bool(said) == (one.refusal is not None), name
        assert all(0 < one.left <= MOST for one in call_caps(rules, book, ON, SHANGHAI)), name


def test_a_call_that_reached_nobody_is_told_so() -> None:
    told = made_call("k", attempt(), ContactResult.NO_ANSWER, Party.NOBODY)
    assert (told.channel, told.is_attempt, told.reached_her) == (Channel.CALL, True, False)
