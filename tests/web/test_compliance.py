"""The officer's pages: signatures by one button, overrides by two people, refusals by rule."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import StringIO
from pathlib import Path

import pytest

from data.access import Grant, Role
from data.cities import CityFiles
from scheduler.model import StopFlag
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.ports import Target
from scheduler.signing import digest_of, to_sign
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    TODAY,
    TOWN,
    crew,
    new_plan,
    record,
    with_borrower,
    with_home,
)
from tests.web.conftest import caller, json_of
from tests.web.pages import World
from tests.web.phone_days import full_trip, make_lawful, put_case, put_records, told_case
from tests.web.test_dispatch import english
from tests.web.test_map import EXTRACT

HOME, SIGNING, OVERRIDES = (f"/Town/compliance{path}" for path in ("", "/signing", "/overrides"))
TOMORROW = TODAY + timedelta(days=1)
RULE = "days_between_visits"
ASKING = f"/Town/{TOMORROW}/override"


@pytest.fixture(autouse=True)
def officers(world: World) -> None:
    """Olga looks after the whole city, nils after the agency North; sam is a second dispatcher."""
    grants = {
        "olga": Grant(Role.COMPLIANCE, "Town"),
        "nils": Grant(Role.COMPLIANCE, "Town", "North"),
        "sam": Grant(Role.DISPATCHER, "Town"),
        "sue": Grant(Role.DISPATCHER, "Town", "South"),
    }
    for name, grant in grants.items():
        world.wired.users.add(name, [grant], ALICE)


def put_profile(world: World, profile: str) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile=profile))


def leave_out(world: World, rule: str = RULE) -> None:
    entry = LeftOut("B1", Reason.RULE, "stopped: paid", rule, case_ids=("C1",))
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(new_plan(TOMORROW, plan=Plan((), (entry,)), crews=(), targets={}))


def ask(world: World, who: str = "dora", rule: str = RULE, case: str = "C1") -> int:
    told = {"case": case, "rule": rule, "reason": "she asked for the visit herself"}
    return english(world, who).post(ASKING, told).status_code


def act(world: World, who: str, what: str, id: int = 1) -> int:
    told = {"act": what, "note": "seen"}
    return english(world, who).post(f"{OVERRIDES}/{id}", told).status_code


def holds(world: World) -> list[str]:
    day = world.wired.store.open_day("Town", TOMORROW)
    return [one.rule for one in day.dossier_of("B1").overrides]


# --- who may open what


@pytest.mark.parametrize("path", [HOME, SIGNING, f"{HOME}/refusals.csv"])
@pytest.mark.parametrize("who", ["dora", "alice", "ada"])
def test_the_officers_pages_are_hers_alone(world: World, path: str, who: str) -> None:
    assert english(world, who).get(path).status_code == 403


def test_the_officers_page_is_the_first_of_her_places(world: World) -> None:
    page = english(world, "olga").page("/")
    places = re.findall(r'href="([^"]+)"', page[page.index("<main") :])
    assert places[0] == HOME


# --- signatures


def test_under_cn_nothing_is_to_be_signed(world: World) -> None:
    page = english(world, "olga").page(SIGNING)
    assert "Nothing in these rules needs a signature." in page
    assert 'name="read"' not in page


def test_the_values_are_read_and_signed_on_one_page(world: World) -> None:
    put_profile(world, "US")
    olga = english(world, "olga")
    assert "nothing can be planned" in olga.page(HOME)
    page = olga.page(SIGNING)
    assert "from memory, unverified" in page
    assert "1692c(c)" in page
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest is not None
    assert digest[1] == digest_of(world.wired.ports.profiles.rules("US"))
    assert olga.post(SIGNING, {"digest": digest[1]}).status_code == 400
    assert world.wired.store.signatures("Town") == []
    assert olga.post(SIGNING, {"digest": "other", "read": "yes"}).status_code == 409
    assert olga.post(SIGNING, {"digest": digest[1], "read": "yes"}).status_code == 302
    (signed,) = world.wired.store.signatures("Town")
    assert (signed.profile, signed.signed_by) == ("US", "olga")
    page = olga.page(SIGNING)
    assert "These values are signed." in page
    assert 'name="read"' not in page
    assert "nothing can be planned" not in olga.page(HOME)


def test_the_page_asks_to_sign_the_doubtful_values_alone(world: World) -> None:
    put_profile(world, "US")  # of the same names the house has values of its own, not doubtful
    page = english(world, "olga").page(SIGNING)
    doubtful = to_sign(world.wired.ports.profiles.rules("US"))
    assert page.count('<th scope="row">') == sum(map(len, doubtful.values()))
    assert "house default" not in page


def test_the_officer_of_an_agency_signs_nothing_for_all(world: World) -> None:
    put_profile(world, "US")
    nils = english(world, "nils")
    assert "An officer of the whole city signs" in nils.page(SIGNING)
    digest = digest_of(world.wired.ports.profiles.rules("US"))
    assert nils.post(SIGNING, {"digest": digest, "read": "yes"}).status_code == 403
    assert world.wired.store.signatures("Town") == []


def test_a_visit_does_not_begin_under_unsigned_rules(world: World) -> None:
    make_lawful(world)
    put_profile(world, "US-MA")  # only US is signed
    collector = english(world, "alice")
    collector.post(f"/my/{TODAY}/begin", {"key": "k1"})
    answer = collector.post(f"/my/{TODAY}/v1/1/arrive", {"key": "k2"})
    assert answer.status_code == 409
    assert "The rules wait for a compliance officer" in unescape(answer.text)
    assert world.events("visit.refused") == ["B1"]


# --- overrides


def test_a_house_rule_is_asked_by_one_and_allowed_by_another(world: World) -> None:
    leave_out(world)
    page = english(world).page(f"/Town/{TOMORROW}/left-out/rule")
    link = re.search(r'href="([^"]+/override[^"]+)"', page)
    assert link is not None
    assert "Another person decides" in english(world).page(link[1].replace("&amp;", "&"))
    assert ask(world) == 302
    assert "overrides wait" not in english(world, "olga").page(HOME)
    assert "1 override waits for a second person." in english(world, "olga").page(HOME)
    mine = english(world).page(OVERRIDES)
    assert 'value="withdraw"' in mine
    assert 'value="allow"' not in mine
    assert act(world, "dora", "allow") == 403
    assert act(world, "olga", "allow") == 302
    assert holds(world) == [RULE]
    assert act(world, "dora", "withdraw") == 302
    assert holds(world) == []


def test_a_second_dispatcher_may_allow_what_she_looks_after(world: World) -> None:
    ask(world)
    assert act(world, "sue", "allow") == 404  # of another agency: there is no such thing
    assert "B1" not in english(world, "sue").page(OVERRIDES)
    assert act(world, "sam", "decline") == 302
    assert holds(world) == []
    assert act(world, "olga", "allow") == 403  # decided already: the page has no such button
    assert act(world, "olga", "burn") == 400


def test_where_a_law_says_the_same_the_list_does_not_ask(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out(world)
    page = f"/Town/{TOMORROW}/left-out/rule"
    assert "Ask to set it aside" in english(world).page(page)
    rules = world.wired.ports.profiles.rules("CN")
    [own] = rules.facts[RULE]
    facts = {**rules.facts, RULE: (own, replace(own, seen="P"))}
    with_law = replace(rules, facts=facts)
    monkeypatch.setattr(type(world.wired.ports.profiles), "rules", lambda *_: with_law)
    assert "Ask to set it aside" not in english(world).page(page)


def test_a_press_that_is_sent_twice_asks_once(world: World) -> None:
    assert 'name="key"' in english(world).page(f"{ASKING}?case=C1&rule={RULE}")
    told = {"case": "C1", "rule": RULE, "reason": "she asked", "key": "k1"}
    for _ in range(2):
        assert english(world).post(ASKING, told).status_code == 302
    assert world.events("override.asked") == ["B1"]
    other = english(world).post(ASKING, {**told, "case": "C2"})
    assert other.status_code == 409
    assert "take another key" in other.text


def test_a_law_is_never_asked(world: World) -> None:
    leave_out(world, rule="crew_size")
    page = english(world).page(f"/Town/{TOMORROW}/left-out/rule")
    assert "Ask to set it aside" not in page
    refused = english(world).post(ASKING, {"case": "C1", "rule": "crew_size", "reason": "why"})
    assert refused.status_code == 409
    assert "crew_size is a rule of law" in refused.text
    assert world.events("override.asked") == []


def test_another_agencys_case_cannot_be_asked_about(world: World) -> None:
    assert ask(world, "sue", case="C1") == 404
    assert ask(world, "sue", case="C3") == 302


# --- refusals


def test_refusals_stand_by_rule_without_names(world: World) -> None:
    leave_out(world)
    days = f"since={TOMORROW}&until={TOMORROW}"
    page = english(world, "olga").page(f"{HOME}?{days}")
    assert "From one visit to the next" in page
    assert "B1" in page
    assert "王小明" not in page
    assert "B1" in english(world, "nils").page(f"{HOME}?{days}")
    table = english(world, "olga").get(f"{HOME}/refusals.csv?{days}")
    assert table.data.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(StringIO(table.data.decode("utf-8-sig")))
    assert header[:3] == ["Day", "When", "Rule"]
    assert row[:5] == [str(TOMORROW), "while planning", "From one visit to the next", "B1", "C1"]


def test_days_that_are_none_are_the_last_thirty(world: World) -> None:
    page = english(world, "olga").page(f"{HOME}?since=yesterday&until=")
    assert f'value="{TODAY - timedelta(days=29)}"' in page
    page = english(world, "olga").page(f"{HOME}?since=2025-01-01&until=2025-01-02")
    assert "No rule refused a visit in these days" in page


def test_the_rules_of_one_visit_can_be_printed_as_they_were_kept(world: World) -> None:
    make_lawful(world)
    with world.wired.store.writing(ALICE) as writer:
        version = writer.add_plan(new_plan()).version
    put_profile(world, "CN")
    path = f"/Town/{TODAY}/visit/rules?case=C1&version={version}"
    page = english(world, "olga").page(path)
    assert "Rule passed" in page
    assert "15 U.S.C. 1692c(a)(1)" in page, "by the rules of then, whatever is asked now"
    assert english(world, "sue").get(path).status_code == 404


def test_the_rules_of_a_visit_stay_once_its_case_is_closed(world: World) -> None:
    make_lawful(world)
    with world.wired.store.writing(ALICE) as writer:
        version = writer.add_plan(new_plan()).version
        writer.put_cases("Town", [told_case(2)], known=ALL_KNOWN, complete=True)
    path = f"/Town/{TODAY}/visit/rules?version={version}&case="
    for id in ("C1", "B1"):
        page = english(world, "olga").page(path + id)
        assert "Rule passed" in page
        assert "Closed since" in page
    assert "其后已结案" in world.visitor("olga", **{"Accept-Language": "zh"}).page(path + "C1")
    assert "Rule passed" in english(world, "nils").page(path + "C1")  # North's officer, her case
    assert english(world, "sue").get(path + "C1").status_code == 404  # South's
    assert english(world, "olga").get(path + "C9").status_code == 404
    later = f"/Town/{TODAY + timedelta(days=9)}/visit/rules?case=C1"
    assert english(world, "olga").get(later).status_code == 404  # that day has no plan


def test_an_agency_sees_no_rules_of_a_visit_for_anothers_cases(world: World) -> None:
    south = with_home(with_borrower(record(9, borrower=1, agency="South")))
    make_lawful(world)
    put_records(world, south)
    with world.wired.store.writing(ALICE) as writer:
        version = writer.add_plan(new_plan()).version  # for C1 alone
        writer.put_cases("Town", [told_case(2)], known=ALL_KNOWN, complete=True)
    path = f"/Town/{TODAY}/visit/rules?version={version}&case="
    for id in ("C9", "B1"):
        assert english(world, "sue").get(path + id).status_code == 404
    assert "Rule passed" in english(world, "nils").page(path + "B1")


def test_a_terminal_tells_the_grounds_that_were_kept(world: World) -> None:
    make_lawful(world)
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(new_plan())
    call = caller(world.wired.home.path)
    words = ("explain", "C1", "--date", TODAY, "--city", "Town", "--grounds")
    [kept] = json_of(call(*words, "--json"))
    assert (kept["stage"], kept["profile"]) == ("planned", "US")
    assert kept["grounds"]["facts"]["place"]["id"] == "B1-home"
    assert {"hours"} <= {rule["name"] for rule in kept["grounds"]["rules"]}
    assert "case C1: 40 days past due, stops: none" in call(*words).stdout
    words = ("explain", "C9", "--date", TODAY, "--city", "Town", "--grounds")
    assert "keeps nothing of a visit for 'C9'" in call(*words, expect=1).stderr


def test_the_desk_tells_a_suspended_visit_and_the_rules_it_had_passed(
    world: World, tmp_path: Path
) -> None:
    extract = tmp_path / "town.osm"
    extract.write_text(EXTRACT, encoding="utf-8")
    CityFiles(world.wired.home.cities).add("Town", extract, lambda _: None)
    make_lawful(world)
    with world.wired.store.writing(ALICE) as writer:
        crews, trips = (crew("alice"),), (full_trip("alice"),)
        targets = {f"B{n}": Target(f"B{n}", (f"C{n}",)) for n in (1, 2, 3)}
        new = new_plan(crews=crews, plan=Plan(trips, ()), targets=targets)
        version = writer.add_plan(new).version
    put_case(world, 1, stops=frozenset({StopFlag.DISPUTED}))
    for path in (f"/Town/{TODAY}/?version={version}", f"/Town/{TODAY}/publish?version={version}"):
        page = unescape(english(world, "dora").page(path))
        assert "Suspended visits" in page, path
        assert f"/Town/{TODAY}/visit/rules?case=C1&version={version}" in page
        why = "The case was stopped after the plan was published"
        assert f'<span>{why}</span><span class="tag push">1</span>' in page
        assert 'href="/Town/borrowers/C1"' in page
    day = unescape(english(world, "dora").page(f"/Town/{TODAY}/?version={version}"))
    (_, listed) = day.split('Suspended visits</h2><span class="tag push bad">')
    assert f'<dt>suspended</dt><dd class="bad">{listed[0]}<' in day, "the head counts them, too"
    assert f"<dt>visits</dt><dd>{3 - int(listed[0])}<" in day, "those to be made alone"
    assert f"{listed[0]} suspended" in day, "beside the crew"
    assert day.count('class="struck"') == int(listed[0])
    assert "struck through: " in day, "the drawing says so in words"
    for id in ("C1", "C2", "C3"):  # suspended or not
        assert f'/visit/rules?case={id}&version={version}">Its rules' in day
    its_page = f"/Town/{TODAY}/visit/rules?case=B1&version={version}"
    assert its_page in unescape(english(world, "olga").page(HOME)), "among the refusals"
    story = unescape(english(world, "dora").page("/Town/borrowers/B1"))
    assert story.count(its_page) == 2, "at the entry of its suspension, and among her suspended"


# --- the gate


def test_the_officer_of_the_city_makes_the_gate_strict_and_back(world: World) -> None:
    olga = english(world, "olga")
    assert "Make it strict" in olga.page(HOME)
    for strict in ("yes", "no"):
        assert olga.post(f"{HOME}/gate", {"strict": strict}).status_code == 302
        assert world.wired.store.city("Town").is_gate_strict is (strict == "yes")
    assert len(world.events("city.changed")) == 2


@pytest.mark.parametrize("who", ["nils", "dora", "ada"])
def test_nobody_else_does(world: World, who: str) -> None:
    assert english(world, who).post(f"{HOME}/gate", {"strict": "yes"}).status_code == 403
    assert not world.wired.store.city("Town").is_gate_strict
