"""May this call be made now? Each rule of calls at its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.dossier import Dossier
from scheduler.model import Borrower, DailyWindow
from scheduler.restraints import Override, Wish
from scheduler.rules import Fact, Layer, RuleSet
from scheduler.rules.dialling import CALL_RULES, CallAttempt, call_refusals
from tests.scheduler.little_book import rules_of
from tests.scheduler.test_rules import MONDAY, SHANGHAI, case, rule_set

CN = rules_of("CN")


def at(clock: str) -> datetime:
    return datetime.combine(MONDAY, time.fromisoformat(clock), SHANGHAI)


def call(clock: str = "11:00", **changes: Any) -> CallAttempt:
    plain = CallAttempt(Borrower("b1", "somebody"), (case("k1"),), at(clock), contacted="p1")
    return replace(plain, **changes)


def dialled(clock: str, result: ContactResult = ContactResult.NO_ANSWER, **more: Any) -> Contact:
    party = Party.BORROWER
    plain = Contact(
        "k", "b1", Channel.CALL, Direction.OUT, party, result, at(clock), contacted="p1"
    )
    return replace(plain, **more)


def with_log(proposed: CallAttempt, *contacts: Contact) -> CallAttempt:
    return replace(proposed, dossier=replace(proposed.dossier, contacts=contacts))


def no_of(proposed: CallAttempt, rules: RuleSet = CN) -> list[str]:
    return [no.rule for no in call_refusals(rules, proposed)]


@pytest.mark.parametrize(
    ("clock", "is_allowed"), [("07:59", False), ("08:00", True), ("21:59", True), ("22:00", False)]
)
def test_calls_and_messages_have_lawful_hours(clock: str, is_allowed: bool) -> None:
    for channel in (Channel.CALL, Channel.SMS):
        assert no_of(call(clock, channel=channel)) == ([] if is_allowed else ["call_hours"])


def test_six_dial_attempts_a_day_to_a_contact_that_does_not_answer() -> None:
    tries = [dialled(f"09:0{minute}") for minute in range(6)]
    assert no_of(with_log(call(), *tries[:5])) == []
    assert no_of(with_log(call(), *tries)) == ["dials_a_day"]
    assert no_of(with_log(call(contacted="p2"), *tries)) == []
    assert no_of(with_log(call(channel=Channel.SMS), *tries)) == []
    yesterday = [replace(one, at=one.at - timedelta(days=1)) for one in tries]
    assert no_of(with_log(call(), *yesterday)) == []


def test_a_try_that_reached_nobody_counts_for_the_number() -> None:
    """As the desk and phones tell it: nobody answered, so nobody was reached."""
    tries = [dialled(f"09:0{minute}", party=Party.NOBODY) for minute in range(6)]
    assert no_of(with_log(call(), *tries[:5])) == []
    assert no_of(with_log(call(), *tries)) == ["dials_a_day"]
    assert no_of(with_log(call(contacted="p2"), *tries)) == []


def test_the_day_of_a_dial_attempt_is_the_borrowers() -> None:
    """16:00 UTC on Sunday is midnight in Shanghai: the first minute of Monday."""
    midnight = datetime(2026, 11, 22, 16, tzinfo=UTC)
    tries = [dialled("09:00", at=midnight) for _ in range(6)]
    assert no_of(with_log(call(), *tries)) == ["dials_a_day"]
    before = [replace(one, at=midnight - timedelta(minutes=1)) for one in tries]
    assert no_of(with_log(call(), *before)) == []


def test_three_calls_a_day_in_which_she_was_talked_to() -> None:
    talks = [dialled(f"09:0{n}", ContactResult.ANSWERED, contacted=f"p{n}") for n in range(3)]
    assert no_of(with_log(call(), *talks[:2])) == []
    assert no_of(with_log(call(), *talks)) == ["effective_calls_a_day"]
    hers = [replace(one, direction=Direction.IN) for one in talks]
    assert no_of(with_log(call(), *hers)) == []
    elsewhere = [replace(one, party=Party.HOUSEHOLD) for one in talks]
    assert no_of(with_log(call(), *elsewhere)) == []


def test_third_persons_only_where_she_is_lost() -> None:
    assert no_of(call(party=Party.THIRD)) == ["third_person_calls"]
    assert no_of(call(party=Party.THIRD, is_lost=True)) == []


def test_channels_and_hours_that_she_does_not_want() -> None:
    never = Wish(1, "b1", "letter", channel=Channel.CALL)
    noon = replace(never, blocked=(DailyWindow(time(11), time(12)),))
    for wish, clock, expected in (
        (never, "11:00", ["unwanted_channels"]),
        (noon, "11:00", ["unwanted_channels"]),
        (noon, "10:59", []),
        (replace(never, channel=Channel.SMS), "11:00", []),
    ):
        assert no_of(call(clock, dossier=Dossier(wishes=(wish,)))) == expected


def test_what_the_law_says_of_every_contact_holds_for_calls() -> None:
    """Vietnam counts five reminders a day by all channels; a visit of the day is one."""
    vn = rules_of("VN")
    five = [dialled("09:00", channel=Channel.SMS) for _ in range(5)]
    assert no_of(with_log(call(), *five[:4]), vn) == []
    assert no_of(with_log(call(), *five), vn) == ["contacts_a_day"]


def test_a_house_rule_is_set_aside_and_a_law_never() -> None:
    value = CALL_RULES["dials_a_day"].parse(0)
    house = Fact(value, "house default", None, "D")
    law = replace(house, seen="S", layer=Layer.COUNTRY)
    over = Override(1, "b1", "dials_a_day", MONDAY, "why", "dora", "olga", at("09:00"))
    proposed = call(dossier=Dossier(overrides=(over,)))
    for fact, expected in ((house, []), (law, ["dials_a_day"])):
        rules = replace(rule_set(), calls={"dials_a_day": (fact,)})
        assert no_of(proposed, rules) == expected
        assert no_of(call(), rules) == ["dials_a_day"]
