"""The settings: who may open and change what, one-time codes, cities, rules and events."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from data.access import Grant, Role, User
from data.profiles import TomlProfiles
from data.store.office import Office, Sight
from data.store.users import Users
from scheduler.errors import ConflictError
from scheduler.model import City, OwnerPolicy
from scheduler.rules import RULES
from scheduler.rules.keeping import KEEPING
from scheduler.rules.values import VisitCap, read_hours
from tests.data.world import ALICE, NOON, TOWN, collector
from tests.web.pages import PASSWORD, Visitor, World
from web.event_words import EVENT_KINDS
from web.language import catalog
from web.settings_pages.city_form import ASSUMPTIONS, PLACE, written
from web.settings_pages.log_ins import proposed_name
from web.settings_pages.rules import value_in_words
from web.settings_pages.words import EVENT_GROUPS, HOUSE_SOURCES, KEEPING_TITLES, RULE_TITLES

CODE = re.compile(r"\b(?:[2-9A-HJ-NP-Z]{5}-){3}[2-9A-HJ-NP-Z]{5}\b")
WEST = replace(TOWN, name="West")
PAGES = (
    "/settings/people",
    "/settings/new-person",
    "/settings/people/alice",
    "/settings/cities/Town/log-ins",
    "/settings/cities/Town",
    "/settings/cities/Town/map-services",
    "/settings/cities/Town/navigators",
    "/settings/cities/Town/products",
    "/settings/cities/Town/robot",
    "/settings/tokens",
    "/settings/cities",
    "/settings/cities/Town/rules",
    "/settings/events",
)
READ_ONLY = PAGES[-3:]
ACTS = ("grant", "take-back", "disable", "enable", "reset")


@pytest.fixture
def ada(world: World) -> Visitor:
    """The administrator's browser, in English; the West is there beside Town."""
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(WEST)
    return world.visitor("ada", **{"Accept-Language": "en"})


def add_user(world: World, name: str, *grants: Grant) -> None:
    """Add somebody who has signed in."""
    code = world.wired.users.add(name, grants, ALICE)
    world.wired.logins.first_sign_in(name, code, PASSWORD, "127.0.0.1", NOON)


def user(world: World, name: str) -> User:
    found = world.wired.users.find(name)
    assert found is not None
    return found


def form_of(city: City, **changes: str) -> dict[str, str]:
    """Return the form of a city's settings, some fields typed anew."""
    return written(city) | changes


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(\w+)"', page)
    assert found is not None
    return found[1]


def place(*city_and_agency: str) -> str:
    return json.dumps(city_and_agency)


# Who may open what.


@pytest.mark.parametrize("name", ["alice", "bob", "charlie", "dora", "nora", "nemo"])
def test_only_administrators_open_the_settings(world: World, name: str) -> None:
    visitor = world.visitor(name)
    assert {visitor.get(path).status_code for path in PAGES} == {403}
    assert {visitor.post(f"/settings/people/bob/{act}").status_code for act in ACTS} == {403}
    for path in ("/settings/new-person", "/settings/cities/Town", "/settings/cities/Town/log-ins"):
        assert visitor.post(path).status_code == 403
    assert "settings.people" not in visitor.get("/no-such").text


def test_a_stranger_is_led_to_the_log_in(world: World) -> None:
    for path in PAGES:
        assert "/log-in" in world.visitor().get(path).headers["Location"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_administrator_opens_all_in_both_languages(
    world: World, path: str, language: str
) -> None:
    page = world.visitor("ada", **{"Accept-Language": language}).page(path)
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page
    assert "%(" not in page, "every value is filled in"


def test_compliance_reads_rules_and_events_and_nothing_else(world: World) -> None:
    add_user(world, "coco", Grant(Role.COMPLIANCE, "Town"))
    coco = world.visitor("coco")
    assert {coco.get(path).status_code for path in READ_ONLY} == {200}
    assert {coco.get(path).status_code for path in PAGES if path not in READ_ONLY} == {403}
    assert {coco.post(f"/settings/people/bob/{act}").status_code for act in ACTS} == {403}
    assert coco.post("/settings/cities/Town", form_of(TOWN)).status_code == 403
    assert 'href="/settings/events"' in coco.page("/settings/cities")
    assert 'href="/settings/cities/Town"' not in coco.page("/settings/cities")


def test_a_form_without_its_token_changes_nothing(ada: Visitor, world: World) -> None:
    for act in ACTS:
        assert ada.client.post(f"/settings/people/bob/{act}").status_code == 400
    assert ada.client.post("/settings/cities/Town", data=form_of(TOWN)).status_code == 400
    assert not user(world, "bob").is_disabled


# The list of people.


def names_in(page: str) -> list[str]:
    return re.findall(r'href="/settings/people/([^"]+)"', page)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["ada", "alice", "bob", "charlie", "dora", "nemo", "newby", "nora"]),
        ("words=ALI", ["alice"]),
        ("role=dispatcher", ["dora", "nora"]),
        ("role=dispatcher&words=n", ["nora"]),
        ("state=new", ["newby"]),
        ("state=disabled", ["nora"]),
        ("city=West", []),
    ],
)
def test_the_list_is_filtered(ada: Visitor, world: World, asked: str, expected: list[str]) -> None:
    world.wired.users.add("newby", [], ALICE)
    world.wired.users.disable("nora", ALICE)
    assert names_in(ada.page(f"/settings/people?{asked}")) == expected


def test_the_list_says_name_roles_and_state(ada: Visitor) -> None:
    page = ada.page("/settings/people?words=alice")
    assert "<td>Alice</td>" in page, "the collector's own name, by her grant"
    assert "collector · Town · North" in page
    assert "active" in page


# A new person, and the code.


def test_somebody_added_signs_in_with_the_code_that_is_shown(ada: Visitor, world: World) -> None:
    told = {"name": "Pia", "role": "planner", "place": place("Town", "")}
    page = ada.post("/settings/new-person", told).text
    code = CODE.search(page)
    assert code is not None
    assert user(world, "pia").grants == (Grant(Role.PLANNER, "Town"),)
    assert f"#name=pia&code={code[0]}" in unescape(page).lower().replace(code[0].lower(), code[0])
    world.wired.logins.first_sign_in("pia", code[0], PASSWORD, "127.0.0.1", NOON)
    assert code[0] not in ada.page("/settings/people/pia"), "shown once"
    assert world.events("user.added")[-1] == "pia"


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ({"name": "two words"}, 400, "Take letters"),
        ({"name": ""}, 400, "Take letters"),
        ({"name": "ALICE"}, 400, "has this name already"),
        ({"name": "pia", "role": "king", "place": place("Town", "")}, 400, ""),
        ({"name": "pia", "role": "collector", "place": place("Town", "")}, 400, ""),
        ({"name": "pia", "role": "planner", "place": place("Nowhere", "")}, 400, ""),
        ({"name": "pia", "role": "planner", "place": place("", "")}, 409, "choose a city"),
    ],
)
def test_what_cannot_be_added_is_refused_in_words(
    ada: Visitor, world: World, told: dict[str, str], status: int, words: str
) -> None:
    before = len(world.wired.users.all())
    answer = ada.post("/settings/new-person", told)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert len(world.wired.users.all()) == before


# Log-ins from a city's collectors.


def add_collectors(world: World, city: str, *ids: str, **changes: Any) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_collectors(city, [collector(id, **changes) for id in ids])


def test_ticked_collectors_get_log_ins_with_cards(ada: Visitor, world: World) -> None:
    add_collectors(world, "Town", "C-7", "C-8", "C-9")
    page = ada.page("/settings/cities/Town/log-ins")
    # Alice, Bob and Charlie can log in already.
    assert re.findall(r'name="name-([^"]+)" value="([^"]+)"', page) == [
        ("C-7", "c-7"),
        ("C-8", "c-8"),
        ("C-9", "c-9"),
    ]
    told = {"collector": [place("Town", "C-7"), place("Town", "C-8")], "name-C-8": "Chen"}
    sheet = ada.post("/settings/cities/Town/log-ins", told).text
    codes = sorted(set(CODE.findall(sheet)))
    assert len(codes) == 2
    assert user(world, "c-7").grants == (Grant(Role.COLLECTOR, "Town", "North", "C-7"),)
    assert user(world, "chen").collector_in("Town") == "C-8"
    assert world.wired.users.find("c-9") is None
    assert "C-7" not in ada.page("/settings/cities/Town/log-ins")


def test_one_who_cannot_be_made_holds_up_nobody(ada: Visitor, world: World) -> None:
    add_collectors(world, "Town", "C-7", "C-8")
    told = {"collector": [place("Town", "C-7"), place("Town", "C-8")], "name-C-7": "alice"}
    page = ada.post("/settings/cities/Town/log-ins", told).text
    assert "1 log-in was not made" in page
    assert "has this name already" in page
    assert user(world, "c-8").collector_in("Town") == "C-8"


def test_nobody_ticked_is_told(ada: Visitor, world: World) -> None:
    add_collectors(world, "Town", "C-7")
    for told in ({}, {"collector": place("West", "C-7")}, {"collector": place("Town", "alice")}):
        answer = ada.post("/settings/cities/Town/log-ins", told)
        assert answer.status_code == 400
        assert "Tick at least one collector" in answer.text


@pytest.mark.parametrize(
    ("id", "taken", "expected"),
    [
        ("C 7", (), "c-7"),
        ("王01", (), "王01"),
        ("7", ("7",), "7.town"),
        ("7", ("7", "7.town"), "7.town.2"),
        ("//", (), "collector"),
    ],
)
def test_a_name_is_proposed_by_the_id(id: str, taken: tuple[str, ...], expected: str) -> None:
    assert proposed_name(id, "Town", taken) == expected


# Roles and states.


def test_a_role_is_given_and_taken_back_with_events(ada: Visitor, world: World) -> None:
    told = {"role": "planner", "place": place("Town", "South")}
    ada.post("/settings/people/nemo/grant", told)
    assert user(world, "nemo").grants == (Grant(Role.PLANNER, "Town", "South"),)
    held = {"role": "planner", "city": "Town", "agency": "South"}
    ada.post("/settings/people/nemo/take-back", held)
    assert user(world, "nemo").grants == ()
    last, first = world.wired.store.events(subject="nemo")[:2]
    assert (first.actor, first.before, last.after) == ("ada", {"grants": []}, {"grants": []})
    assert last.before == first.after
    page = ada.page("/settings/events?subject=nemo")
    assert "planner · Town · South" in page


def test_a_collectors_role_comes_with_who_she_is(ada: Visitor, world: World) -> None:
    add_collectors(world, "Town", "C-7", agency="South")
    ada.post("/settings/people/nemo/grant", {"collector": place("Town", "C-7")})
    assert user(world, "nemo").grants == (Grant(Role.COLLECTOR, "Town", "South", "C-7"),)
    # One collector, one log-in: she is not offered again.
    again = ada.post("/settings/people/dora/grant", {"collector": place("Town", "C-7")})
    assert again.status_code == 400


def test_what_was_taken_back_already_is_told(ada: Visitor) -> None:
    told = {"role": "planner", "city": "Town", "agency": ""}
    answer = ada.post("/settings/people/nemo/take-back", told)
    assert answer.status_code == 409
    assert "taken back already" in answer.text


def test_a_role_that_is_none_is_not_taken_back(ada: Visitor) -> None:
    told = {"role": "king", "city": "Town", "agency": ""}
    assert ada.post("/settings/people/nemo/take-back", told).status_code == 400


def test_disabling_puts_somebody_out_and_enabling_lets_in(ada: Visitor, world: World) -> None:
    dora = world.visitor("dora")
    ada.post("/settings/people/dora/disable")
    assert "/log-in" in dora.get("/password").headers["Location"]
    assert "disabled" in ada.page("/settings/people/dora")
    ada.post("/settings/people/dora/enable")
    assert world.visitor("dora").get("/password").status_code == 200
    assert world.events("user.disabled") == world.events("user.enabled") == ["dora"]


def test_a_reset_shows_a_new_code_and_ends_the_old_password(ada: Visitor, world: World) -> None:
    code = CODE.search(ada.post("/settings/people/bob/reset").text)
    assert code is not None
    assert not user(world, "bob").has_password
    world.wired.logins.first_sign_in("bob", code[0], PASSWORD, "127.0.0.1", NOON)


def test_nobody_locks_herself_out(ada: Visitor, world: World) -> None:
    add_user(world, "eve", Grant(Role.ADMINISTRATOR))
    for act in ("disable", "reset"):
        assert ada.post(f"/settings/people/ada/{act}").status_code == 409
    mine = {"role": "administrator", "city": "", "agency": ""}
    assert ada.post("/settings/people/ada/take-back", mine).status_code == 409
    assert user(world, "ada").can(Role.ADMINISTRATOR)
    page = ada.page("/settings/people/ada")
    assert "/settings/people/ada/disable" not in page
    assert "/settings/people/ada/take-back" not in page
    assert ada.post("/settings/people/eve/disable").status_code == 302, "eve is another"


def test_the_last_administrator_stays(world: World) -> None:
    # As from the command line, or when two disable each other at once.
    users: Users = world.wired.users
    with pytest.raises(ConflictError, match="no administrator left"):
        users.disable("ada", ALICE)
    with pytest.raises(ConflictError, match="no administrator left"):
        users.set_grants("ada", [Grant(Role.ADMINISTRATOR, "Town")], ALICE)
    assert not user(world, "ada").is_disabled
    add_user(world, "eve", Grant(Role.ADMINISTRATOR))
    users.disable("ada", ALICE)
    with pytest.raises(ConflictError, match="no administrator left"):
        users.disable("eve", ALICE)
    add_user(world, "tom", Grant(Role.ADMINISTRATOR, "Town"))
    users.disable("tom", ALICE)  # eve still administers Town with all others


# The administrator of one city, or of one agency.


@pytest.fixture
def tom(ada: Visitor, world: World) -> Visitor:
    """The administrator of Town alone; wes works in the West, ann in both."""
    add_user(world, "tom", Grant(Role.ADMINISTRATOR, "Town"))
    add_user(world, "wes", Grant(Role.DISPATCHER, "West"))
    add_user(world, "ann", Grant(Role.PLANNER, "Town"), Grant(Role.PLANNER, "West"))
    return world.visitor("tom", **ada.headers)


def test_a_citys_administrator_sees_her_own_people(tom: Visitor) -> None:
    names = names_in(tom.page("/settings/people"))
    assert "wes" not in names
    assert "ada" not in names
    assert {"alice", "ann", "dora", "nemo", "tom"} <= set(names)
    assert {tom.get(f"/settings/people/{name}").status_code for name in ("wes", "ada")} == {404}
    page = tom.page("/settings/people/ann")
    assert "planner</strong> · Town" in page
    assert "West" not in page


def test_a_citys_administrator_rises_no_higher(tom: Visitor, world: World) -> None:
    for where in (place("", ""), place("West", "")):
        told = {"role": "administrator", "place": where}
        for name in ("tom", "nemo"):
            assert tom.post(f"/settings/people/{name}/grant", told).status_code == 400
        assert tom.post("/settings/new-person", {"name": "pia", **told}).status_code == 400
    for name, status in (("ada", 404), ("wes", 404), ("ann", 403)):
        for act in ("disable", "enable", "reset"):
            assert tom.post(f"/settings/people/{name}/{act}").status_code == status
    west = {"role": "planner", "city": "West", "agency": ""}
    assert tom.post("/settings/people/ann/take-back", west).status_code == 403
    assert tom.post("/settings/people/ann/take-back", west | {"city": "Town"}).status_code == 302
    assert user(world, "ann").grants == (Grant(Role.PLANNER, "West"),)
    for path in ("/settings/cities/West", "/settings/cities/West/rules"):
        assert tom.get(path).status_code == 403


def test_an_agencys_administrator_changes_no_city(ada: Visitor, world: World) -> None:
    add_user(world, "tia", Grant(Role.ADMINISTRATOR, "Town", "North"))
    tia = world.visitor("tia", **ada.headers)
    assert set(names_in(tia.page("/settings/people"))) == {"alice", "bob", "nora", "nemo", "tia"}
    assert tia.post("/settings/cities/Town", form_of(TOWN)).status_code == 403
    for where in (place("Town", ""), place("Town", "South")):
        told = {"role": "dispatcher", "place": where}
        assert tia.post("/settings/people/nemo/grant", told).status_code == 400
    told = {"role": "dispatcher", "place": place("Town", "North")}
    assert tia.post("/settings/people/nemo/grant", told).status_code == 302
    add_collectors(world, "Town", "C-7", agency="South")
    assert "C-7" not in tia.page("/settings/cities/Town/log-ins")


# Cities.


def test_a_citys_settings_are_kept_with_an_event(ada: Visitor, world: World) -> None:
    version = version_in(ada.page("/settings/cities/Town"))
    told = form_of(
        TOWN,
        version=version,
        profile="US",
        zone="America/New_York",
        currency="usd",
        owner_policy="fixed",
        service="２５",  # as a Chinese keyboard types it
        travel_price_per_hour="37.50",
    )
    assert ada.post("/settings/cities/Town", told).status_code == 302
    town = world.wired.store.city("Town")
    assert (town.profile, town.zone, town.currency) == ("US", "America/New_York", "USD")
    assert town.owner_policy is OwnerPolicy.FIXED
    assert (town.service, town.travel_price_per_hour) == (timedelta(minutes=25), Decimal("37.5"))
    event = world.wired.store.events(subject="Town")[0]
    assert (event.actor, event.kind) == ("ada", "city.changed")
    assert (event.before or {})["profile"] == "CN"
    # What nobody typed is not changed.
    assert "max_days_as_pair" not in (event.after or {})


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("profile", "XX", "There are no rules “XX”"),
        ("zone", "Asia/Nowhere", "There is no time zone “Asia/Nowhere”"),
        ("zone", "../etc", "There is no time zone"),
        ("currency", "QQQ", "There is no currency “QQQ”"),
        ("owner_policy", "both", "Choose one of the three"),
        ("service", "0", "from 1 to 240"),
        ("service", "20.5", "from 1 to 240"),
        ("service", "241", "from 1 to 240"),
        ("travel_price_per_hour", "-1", "Write a sum"),
        ("travel_price_per_hour", "1,200", "Write a sum"),
        ("overtime_price_per_hour", "NaN", "Write a sum"),
        ("overtime_price_per_hour", "1e99", "Write a sum"),
        ("owner_change_price", "0.001", "Write a sum"),
        ("owner_change_price", "", "Write a sum"),
        ("max_days_as_pair", "many", "from 1 to 365"),
    ],
)
def test_a_wrong_setting_is_refused_beside_its_field(
    ada: Visitor, world: World, field: str, typed: str, words: str
) -> None:
    version = version_in(ada.page("/settings/cities/Town"))
    answer = ada.post("/settings/cities/Town", form_of(TOWN, version=version, **{field: typed}))
    assert answer.status_code == 400
    assert re.search(rf'class="wrong" id="{field}-told">[^<]*{re.escape(words)}', answer.text)
    assert answer.text.count('aria-invalid="true"') == 1
    assert world.wired.store.city("Town") == TOWN


def test_settings_that_somebody_changed_meanwhile_are_shown_anew(
    ada: Visitor, world: World
) -> None:
    version = version_in(ada.page("/settings/cities/Town"))
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, max_days_as_pair=2))
    told = form_of(TOWN, version=version, currency="USD")
    answer = ada.post("/settings/cities/Town", told)
    assert answer.status_code == 409
    assert "meanwhile" in answer.text
    town = world.wired.store.city("Town")
    assert (town.currency, town.max_days_as_pair) == ("CNY", 2)


def test_every_setting_of_a_city_is_in_the_form() -> None:
    assert {"name", *written(TOWN)} == set(City.__slots__)
    assert [one.name for one in ASSUMPTIONS if one in PLACE] == []


def test_assumptions_are_marked_as_such(ada: Visitor) -> None:
    page = ada.page("/settings/cities/Town")
    assumed = page.partition('aria-labelledby="assumed"')[2]
    assert "house assumption" in assumed
    for one in ASSUMPTIONS:
        assert f'name="{one.name}"' in assumed
    assert "House assumptions" in ada.page("/settings/cities")


# Rules.


@pytest.mark.parametrize("profile", TomlProfiles().names())
def test_law_and_house_stand_apart(ada: Visitor, world: World, profile: str) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile=profile))
    page = unescape(ada.page("/settings/cities/Town/rules"))
    law, _, house = page.partition('class="panel house"')
    facts = TomlProfiles().rules(profile).facts
    for name, fact in ((name, one) for name, each in facts.items() for one in each):
        there, elsewhere = (law, house) if fact.is_law else (house, law)
        assert str(RULE_TITLES[name]) in there
        is_of_both = len({one.is_law for one in facts[name]}) == 2
        assert is_of_both or str(RULE_TITLES[name]) not in elsewhere
        assert fact.source in there
        since = (
            str(fact.effective) if fact.effective else "not seen" if fact.is_law else "<td>–</td>"
        )
        assert since in there


def test_every_rule_and_house_source_has_its_words() -> None:
    assert set(RULE_TITLES) == set(RULES)
    assert set(KEEPING_TITLES) == set(KEEPING)
    profiles = TomlProfiles()
    facts = [
        fact
        for name in profiles.names()
        for rules in [profiles.rules(name)]
        for each in (*rules.facts.values(), *rules.keeping.values())
        for fact in each
    ]
    assert {fact.source for fact in facts if not fact.is_law} == {
        one._args[0] for one in HOUSE_SOURCES
    }
    for source in HOUSE_SOURCES:
        assert catalog("zh").gettext(source._args[0]) != source._args[0]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("crew_size", 2, "at least 2 collectors"),
        ("crew_size", 1, "at least 1 collector"),
        ("visits_in_30_days", VisitCap(1, True), "at most 1 visit (only those that met"),
        ("hours", read_hours({"any": ["08:00-12:00", "14:00-22:00"]}), "08:00–12:00, 14:00–22:00"),
        ("hours", read_hours({"saturday": ["08:00-15:00"], "holiday": []}), "holidays closed"),
        ("valid_place", True, "yes"),
    ],
)
def test_a_value_is_said_in_words(world: World, name: str, value: Any, words: str) -> None:
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        assert words in value_in_words(name, value)


def test_a_city_whose_profile_is_unknown_says_so(ada: Visitor, world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile="XX"))
    assert "unknown or faulty" in ada.page("/settings/cities/Town/rules")
    assert '<option value="XX" selected>' in ada.page("/settings/cities/Town")
    assert "unknown" in ada.page("/settings/cities")


# Events.


def test_events_are_those_of_ones_own_places(ada: Visitor, world: World) -> None:
    add_user(world, "coco", Grant(Role.COMPLIANCE, "Town", "South"))
    add_user(world, "wes", Grant(Role.DISPATCHER, "West"))
    office = Office(world.wired.store.engine)
    sight = Sight({"Town": {"South"}}, ["coco"])
    found = office.events(sight, limit=1000)
    assert {(event.city, event.agency) for event in found if event.city} == {("Town", "South")}
    assert {event.subject for event in found if not event.city} == {"coco"}
    assert office.events(Sight(), limit=1000) == []
    everything = office.events(Sight(is_whole=True), limit=1000)
    assert everything == world.wired.store.events(limit=1000)
    coco = world.visitor("coco", **ada.headers)
    page = coco.page("/settings/events?subject=wes")
    assert "No such event" in page
    assert "No such event" not in ada.page("/settings/events?subject=wes")


def test_events_of_borrowers_hide_their_values(ada: Visitor) -> None:
    page = ada.page("/settings/events?subject=C1")
    assert "case added" in page
    assert "•••" in page
    for secret in ("王小明", "中山路", "800.25", "12000.5"):
        assert secret not in page


def test_older_events_are_pages_on(ada: Visitor, world: World) -> None:
    for number in range(60):
        world.wired.users.choose("ada", ALICE, theme=("light", "dark")[number % 2])
    path, seen = "/settings/events?subject=ada", []
    while path:
        page = ada.page(path)
        seen += re.findall(r'<time datetime="([^"]+)"', page)
        more = re.search(r'href="(/settings/events\?[^"]*before=\d+[^"]*)"', page)
        path = unescape(more[1]) if more else ""
    assert len(seen) == len(world.wired.store.events(subject="ada", limit=1000))


def test_events_are_filtered_by_what_they_are_about(ada: Visitor, world: World) -> None:
    ada.post("/settings/people/nemo/disable")
    page = ada.page("/settings/events?group=user")
    assert "case added" not in page
    office = Office(world.wired.store.engine)
    kinds = {event.kind for event in office.events(Sight(is_whole=True), group="user")}
    assert {kind.split(".")[0] for kind in kinds} == {"user"}
    assert office.events(Sight(is_whole=True), group="%") == []


def test_who_saw_names_and_pictures_can_be_asked_for(ada: Visitor) -> None:
    page = ada.page("/settings/events")
    for group in ("borrower", "attachment", "link"):
        assert f'value="{group}"' in page
    assert {kind.split(".")[0] for kind in EVENT_KINDS} >= EVENT_GROUPS.keys()


def test_a_code_is_good_until_a_time_of_its_city(ada: Visitor, world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, name="Abroad", zone="America/New_York"))
    # 7 days after Monday 2 March, 04:00 UTC; New York changed to summer time on the 8th.
    for city, until in (("Abroad", "Mon 9 Mar 00:00"), ("Town", "Mon 9 Mar 12:00")):
        add_collectors(world, city, f"C-{city}")
        told = {"collector": place(city, f"C-{city}")}
        assert until in ada.post(f"/settings/cities/{city}/log-ins", told).text


# Programs


def test_a_token_is_made_with_a_role_shown_once_and_revoked(world: World, ada: Visitor) -> None:
    form = {"name": "desk", "role": "dispatcher", "place": "Town/North", "days": "30"}
    made = ada.post("/settings/tokens", form)
    secret = re.search(r"dayround_[\w-]+", made.text)
    assert secret is not None
    found = world.wired.tokens.of_role(secret[0], world.clock())
    assert found is not None
    assert found.grant == Grant(Role.DISPATCHER, "Town", "North")
    page = ada.page("/settings/tokens")
    assert "desk" in page
    assert secret[0] not in page
    assert ada.post("/settings/tokens", form).status_code == 409
    assert ada.post("/settings/tokens/revoke", {"name": "desk"}).status_code == 302
    assert world.wired.tokens.of_role(secret[0], world.clock()) is None


def test_a_city_administrators_tokens_are_her_citys(world: World, ada: Visitor) -> None:
    add_user(world, "west", Grant(Role.ADMINISTRATOR, "West"))
    world.wired.tokens.add("townsend", 9, ALICE, grant=Grant(Role.PLANNER, "Town"))
    world.wired.tokens.add("nightly", 9, ALICE)
    west = world.visitor("west", **{"Accept-Language": "en"})
    page = west.page("/settings/tokens")
    assert "townsend" not in page
    assert "nightly" not in page
    for name in ("townsend", "nightly"):
        assert west.post("/settings/tokens/revoke", {"name": name}).status_code == 403
    form = {"name": "mine", "role": "planner", "place": "Town/", "days": "30"}
    assert west.post("/settings/tokens", form).status_code == 400
    assert west.post("/settings/tokens", form | {"place": "West/"}).status_code == 200
    wrong = form | {"place": "West/", "role": "administrator"}
    assert west.post("/settings/tokens", wrong).status_code == 400
