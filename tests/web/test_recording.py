"""Recording of visits where the rules ask for it, and the card that is shown at a door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from data.access import Grant, Role
from scheduler.field.recording import LONGEST, NoRecording, Recording
from scheduler.rules import DutyKind
from tests.data.world import ALICE, NOON, TODAY, collector
from tests.web.carried import Phone, let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.phone_days import put_city
from web.phone.brought.taking_in import take_in_waiting
from web.phone.detail_words import RECORDING_FAULTS
from web.phone.room import rounds

ENGLISH = {"Accept-Language": "en"}
MADE = {"recorder": "R-7", "recording_file": "2026-03-02/0007"}


@pytest.fixture
def recorded_city(world: World) -> World:
    """A city whose profile asks for a recording and a badge."""
    put_city(world, profile="TW")
    return world


def day_of(world: World) -> dict[str, Any]:
    path = f"/my/{TODAY}/day.json"
    told: dict[str, Any] = world.visitor("alice", **{"Accept-Language": "en"}).get(path).get_json()
    return told


def told(world: World, phone: Phone, **body: Any) -> Any:
    phone.record("arrive", "B1")
    key = phone.record("result", "B1", code="REFUSED", **body)
    phone.bring()
    take_in_waiting(world.app)
    return phone.ask(key)[key]


def kept(world: World) -> Recording | None:
    with world.app.app_context():
        found = rounds().round("Town", TODAY, "alice")
        assert found is not None
        outcome = rounds().progress("Town", found, "alice").outcomes["B1"]
    return outcome.details.recording if outcome.details else None


@pytest.mark.parametrize("profile", ["CN", "TW"])
def test_profiles_that_ask_for_a_recording_say_so(world: World, profile: str) -> None:
    rules = world.wired.ports.profiles.rules(profile)
    kinds = [one.kind for one in rules.duties_on(date(2026, 3, 2)) if one.kind]
    assert sorted(kinds) == [DutyKind.IDENTITY, DutyKind.RECORDING]


def test_the_day_says_that_a_recording_is_asked_and_on_whose_word(recorded_city: World) -> None:
    asked = day_of(recorded_city)["recording"]
    assert asked["asked"]
    assert asked["source"]


def test_where_the_rules_do_not_ask_the_day_says_so(world: World) -> None:
    day = day_of(world)
    assert day["recording"] == {"asked": False}
    assert not day["identity"]["asked"]


def test_a_recording_is_kept_with_the_result(recorded_city: World) -> None:
    phone = let_in(recorded_city, "alice")
    assert told(recorded_city, phone, **MADE)["told"] is None
    assert kept(recorded_city) == Recording("R-7", "2026-03-02/0007")
    events = recorded_city.wired.store.events(limit=20)
    event = next(one for one in events if one.kind == "outcome.recorded")
    assert event.after is not None
    assert event.after["details"] == {"recording": "recorded"}
    assert "R-7" not in str(event)


def test_a_recording_that_is_told_at_leaving_is_kept_with_the_result(recorded_city: World) -> None:
    phone = let_in(recorded_city, "alice")
    phone.record("arrive", "B1")
    phone.record("leave", "B1", NOON, "", **MADE)
    key = phone.record("result", "B1", code="REFUSED")
    phone.bring()
    take_in_waiting(recorded_city.app)
    assert phone.ask(key)[key]["told"] is None
    assert kept(recorded_city) == Recording("R-7", "2026-03-02/0007")


def test_a_reason_why_there_is_none_is_kept(recorded_city: World) -> None:
    phone = let_in(recorded_city, "alice")
    assert told(recorded_city, phone, no_recording="objected")["told"] is None
    assert kept(recorded_city) == Recording(none_because=NoRecording.OBJECTED)


def test_what_is_missing_is_kept_and_said(recorded_city: World) -> None:
    made = told(recorded_city, let_in(recorded_city, "alice"))
    assert (made["state"], made["told"]) == ("applied", {"missing": ["recording"]})


def test_the_desk_reads_whose_visit_has_no_recording_until_the_result_tells_it(
    recorded_city: World,
) -> None:
    phone, desk = let_in(recorded_city, "alice"), recorded_city.visitor("dora")
    told(recorded_city, phone)
    listed = "Visits without a recording"
    page = desk.page(f"/Town/{TODAY}/records/", headers={"Accept-Language": "en"})
    assert page.split(listed)[1].count("王*") == 1
    again = {"corrects": phone.queue[-1]["key"], **MADE}
    phone.record("result", "B1", NOON, "", code="REFUSED", **again)
    phone.bring()
    take_in_waiting(recorded_city.app)
    assert listed not in desk.page(f"/Town/{TODAY}/records/", headers={"Accept-Language": "en"})


def test_compliance_finds_the_same_in_its_days_until_the_result_tells_it(
    recorded_city: World,
) -> None:
    recorded_city.wired.users.add("olga", [Grant(Role.COMPLIANCE, "Town")], ALICE)
    phone, officer = let_in(recorded_city, "alice"), recorded_city.visitor("olga", **ENGLISH)
    told(recorded_city, phone)
    listed = "Visits without a recording"
    of_today = f"/Town/compliance?since={TODAY}&until={TODAY}"
    assert ">B1</a>" in officer.page(of_today).split(listed)[1]
    before = TODAY - timedelta(days=1)
    assert listed not in officer.page(f"/Town/compliance?since={before}&until={before}")
    again = {"corrects": phone.queue[-1]["key"], **MADE}
    phone.record("result", "B1", NOON, "", code="REFUSED", **again)
    phone.bring()
    take_in_waiting(recorded_city.app)
    assert listed not in officer.page(of_today)


def test_nothing_is_missing_where_the_rules_do_not_ask(world: World) -> None:
    assert told(world, let_in(world, "alice"))["told"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"recorder": "R-7"}, "recording_file"),
        ({"recording_file": "7"}, "recorder"),
        (MADE | {"no_recording": "broken"}, "no_recording"),
        (MADE | {"recorder": "R" * (LONGEST + 1)}, "recording_file"),
    ],
)
def test_what_cannot_be_is_said_by_field(world: World, body: dict[str, str], field: str) -> None:
    made = told(world, let_in(world, "alice"), **body)
    assert (made["state"], list(made["told"]["wrong"])) == ("refused", [field])


def test_her_card_names_her_and_for_whom_she_comes(recorded_city: World) -> None:
    with recorded_city.wired.store.writing(ALICE) as writer:
        one = collector("alice", agency="North", certificate_expires=date(2026, 12, 31))
        writer.put_collectors("Town", [one])
        town = recorded_city.wired.store.city("Town")
        writer.put_city(replace(town, desk_phone="0574-8765 4321"))
    identity = day_of(recorded_city)["identity"]
    assert identity["asked"]
    assert identity["lines"] == [
        ["Visitor", "Alice"],
        ["Number", "alice"],
        ["For", "North"],
        ["Certificate until", "Thursday, 31 December 2026"],
        ["Questions and complaints", "0574-8765 4321"],
    ]


def test_the_words_name_the_length_that_is_read() -> None:
    assert any(f"{LONGEST} characters" in str(words) for words in RECORDING_FAULTS.values())
