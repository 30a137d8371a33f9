"""Contact first: what opens the gate to a borrower's door, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.day import Day
from scheduler.dossier import Dossier
from scheduler.feeds import Feeds, feed_notes, feeds_of
from scheduler.model import City, Window
from scheduler.rules import RULES, Attempt
from scheduler.rules.gate import Gate, read_gate
from tests.scheduler.test_rules import MONDAY, SHANGHAI, attempt, case, no_of, rule_set, visited
from tests.scheduler.valid_day import valid_day

GATE = {"channels": ["call", "sms"], "within_days": 30, "at_least": 1, "or_tries": 3}
RULES_ASKING = rule_set(contact_first=GATE)
NINE = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)


def call(days_ago: float = 1, **told: Any) -> Contact:
    usual: dict[str, Any] = {
        "channel": Channel.CALL,
        "direction": Direction.OUT,
        "party": Party.BORROWER,
        "result": ContactResult.ANSWERED,
    }
    at = NINE - timedelta(days=days_ago)
    return Contact(f"k{days_ago}", "b1", at=at, **usual | told)


def after(*contacts: Contact, knows: bool = True, **changes: Any) -> Attempt:
    return attempt(dossier=Dossier(contacts), knows_contacts=knows, **changes)


def unanswered(days_ago: float) -> Contact:
    return call(days_ago, result=ContactResult.NO_ANSWER, party=Party.NOBODY)


@pytest.mark.parametrize(
    ("contact", "is_enough"),
    [
        (call(30), True),  # the last day that counts
        (call(31), False),
        (call(0), True),
        (call(-1), False),  # a call after the visit is none before it
        (call(channel=Channel.SMS, result=ContactResult.DELIVERED), True),
        (call(channel=Channel.LETTER, result=ContactResult.DELIVERED), False),
        (call(direction=Direction.IN), True),  # she called
        (call(party=Party.HOUSEHOLD), False),  # her household is not she
        (call(result=ContactResult.HUNG_UP), True),  # she heard who called
        (call(result=ContactResult.NOT_DELIVERED), False),
        (unanswered(1), False),
    ],
)
def test_what_counts_as_a_contact(contact: Contact, is_enough: bool) -> None:
    assert no_of(RULES_ASKING, after(contact)) == ([] if is_enough else ["contact_first"])


def test_tries_on_three_days_open_the_gate_to_who_never_answers() -> None:
    twice_a_day = [unanswered(days) for days in (1, 1.1, 2, 2.1)]
    assert no_of(RULES_ASKING, after(*twice_a_day)) == ["contact_first"]
    assert no_of(RULES_ASKING, after(*twice_a_day, unanswered(3))) == []
    never = rule_set(contact_first={"channels": ["call"], "within_days": 30})
    assert no_of(never, after(*twice_a_day, unanswered(3))) == ["contact_first"]


def test_a_gate_may_ask_for_two() -> None:
    two = rule_set(contact_first={**GATE, "at_least": 2})
    assert no_of(two, after(call(1))) == ["contact_first"]
    assert no_of(two, after(call(1), call(2))) == []


def test_an_appointment_was_agreed_with_her() -> None:
    at_ten = Window(NINE + timedelta(hours=1), NINE + timedelta(hours=2))
    assert no_of(RULES_ASKING, after(cases=(case("k1", appointment=at_ten),))) == []
    in_autumn = Window(at_ten.start - timedelta(days=60), at_ten.end - timedelta(days=60))
    proposed = after(cases=(case("k1", appointment=in_autumn),))
    assert no_of(RULES_ASKING, proposed) == ["contact_first"]


def test_a_visit_that_met_her_counts_where_the_gate_takes_visits() -> None:
    met = (visited(MONDAY - timedelta(days=5), was_met=True),)
    assert no_of(RULES_ASKING, after(past=met)) == ["contact_first"]
    taking = rule_set(contact_first={**GATE, "channels": ["call", "visit"]})
    assert no_of(taking, after(past=met)) == []
    missed = (visited(MONDAY - timedelta(days=5), was_met=False),)
    assert no_of(taking, after(past=missed)) == ["contact_first"]


def test_the_assigned_are_contacted_first_too() -> None:
    assigned = after(cases=(case("k1", is_assigned=True),))
    assert no_of(RULES_ASKING, assigned) == ["contact_first"]


def test_without_contact_data_only_the_known_untouched_are_refused() -> None:
    assert no_of(RULES_ASKING, after(knows=False)) == []
    nobody = call(9, result=ContactResult.NOT_TRIED, party=Party.NOBODY)
    assert no_of(RULES_ASKING, after(nobody, knows=False)) == ["contact_first"]


def test_the_refusal_says_what_was_done_and_what_it_takes() -> None:
    (refusal,) = RULES["contact_first"](RULES_ASKING, after(unanswered(1)))
    assert refusal.text == (
        "not contacted often enough: in 30 days 0 times of 1 by call, sms, and tried on 1 days of 3"
    )
    assert not refusal.is_law


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (True, "expected channels, within_days"),
        ({"channels": ["call"]}, "expected channels, within_days"),
        ({**GATE, "tea": 1}, "expected channels, within_days"),
        ({**GATE, "channels": []}, "expected channels among call"),
        ({**GATE, "channels": ["pigeon"]}, "expected channels among call"),
        ({**GATE, "within_days": 63}, "within_days is 1 to 62"),
        ({**GATE, "within_days": 0}, "within_days is 1 to 62"),
        ({**GATE, "at_least": -1}, "whole number"),
    ],
)
def test_a_wrong_gate_is_told(raw: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_gate(raw)


def test_a_gate_without_tries() -> None:
    assert read_gate({"channels": ["call"], "within_days": 7}) == Gate(
        frozenset({Channel.CALL}), 7, 1, 0
    )


def day(**changes: Any) -> Day:
    found = valid_day().problem.day or valid_day().day
    return replace(found, **changes)


NOW = datetime(2026, 11, 23, tzinfo=UTC)
CITY = City("Town", "Asia/Shanghai", "CN", "CNY")


def test_silence_counts_where_there_is_data_or_the_city_is_strict() -> None:
    assert not day(city=CITY).counts_silence
    assert day(city=CITY, knows_contacts=True).counts_silence
    assert day(city=replace(CITY, is_gate_strict=True)).counts_silence


def test_what_is_not_known_is_told_once() -> None:
    strict = replace(CITY, is_gate_strict=True)
    (note,) = feed_notes(Feeds(knows_contacts=False), CITY, asks_for_contacts=True)
    assert note.endswith("is not known and not checked")
    (note,) = feed_notes(Feeds(knows_contacts=False), strict, asks_for_contacts=True)
    assert note.endswith("import contacts")
    assert feed_notes(Feeds(knows_contacts=False), CITY, asks_for_contacts=False) == ()
    assert feed_notes(Feeds(knows_contacts=True), CITY, asks_for_contacts=True) == ()


def test_balances_that_are_older_than_the_citys_days_are_told() -> None:
    owing = day(city=CITY)
    first, second, third = (one.id for one in owing.cases[:3])
    told = {
        first: NOW - timedelta(days=2),  # just young enough
        second: NOW - timedelta(days=2, seconds=1),
        third: NOW - timedelta(days=9),
        "closed": NOW - timedelta(days=99),
    }
    known = feeds_of(replace(owing, told_at=told), NOW)
    assert (known.stale, known.oldest) == (2, NOW - timedelta(days=9))
    (note,) = feed_notes(known, CITY, asks_for_contacts=False)
    assert note.startswith("what is overdue was told more than 2 days ago on 2 cases")
    assert "2026-11-14" in note
    patient = replace(owing, told_at=told, city=replace(CITY, balance_days=10))
    assert feeds_of(patient, NOW).stale == 0
