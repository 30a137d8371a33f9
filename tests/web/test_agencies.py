"""Agencies on the pages: another's people get nothing, its own only between the dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.access import Grant, Role, User
from data.exports.exporter import Asked
from data.exports.sight import sight_of
from data.store.agencies import Entrusting
from tests.data.world import ALICE, TODAY
from tests.web.pages import World
from tests.web.phone_days import make_lawful, put_case, put_city
from tests.web.test_dispatch import DAY, english

PAGE = "/Town/compliance/agencies"
YESTERDAY = TODAY - timedelta(days=1)


def entrust(world: World, case: str, last: date | None, to: str = "North") -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.entrust("Town", Entrusting((case,), to, None, last))


def officer(world: World) -> None:
    world.wired.users.add("olga", [Grant(Role.COMPLIANCE, "Town")], ALICE)


# --- pages of the desk and the phone


def test_a_dispatcher_of_an_agency_sees_a_case_until_its_last_day(world: World) -> None:
    nora = english(world, "nora")
    assert "B1-home" in nora.page(f"{DAY}/places") or "王*" in nora.page(f"{DAY}/")
    entrust(world, "C1", TODAY)
    seen = nora.page(f"{DAY}/")
    entrust(world, "C1", YESTERDAY)
    hidden = nora.page(f"{DAY}/")
    assert ("王*" in seen, "王*" in hidden) == (True, False)
    assert "李*" in hidden  # B2 is hers still
    assert "王*" in english(world).page(f"{DAY}/")  # the lender sees all


def test_its_export_and_its_queue_leave_it_out(world: World) -> None:
    put_city(world, profile="US")  # where one may go alone
    put_case(world, 2)  # found closely: nothing is suspended there
    entrust(world, "C1", YESTERDAY)
    nora = english(world, "nora")
    table = nora.post(f"{DAY}/export", {"format": "csv"})
    assert table.status_code == 200
    assert "C1" not in table.text
    assert "C2" in table.text
    assert "中山路 1 号" not in nora.page(f"{DAY}/places")
    assert "中山路 1 号" in english(world).page(f"{DAY}/places")


def test_a_borrowers_page_and_the_list_of_cases_leave_it_out(world: World) -> None:
    nora = english(world, "nora")
    entrust(world, "C1", TODAY)
    assert nora.get("/Town/borrowers/B1").status_code == 200
    assert "C1" in nora.page("/Town/cases")
    entrust(world, "C1", YESTERDAY)
    assert nora.get("/Town/borrowers/B1").status_code == 404
    assert "C1" not in nora.page("/Town/cases")
    assert english(world).get("/Town/borrowers/B1").status_code == 200  # the lender sees all


def test_a_collector_takes_no_visit_along_that_is_over(world: World) -> None:
    make_lawful(world)
    entrust(world, "C1", TODAY)
    assert "C1" in exported(world)
    entrust(world, "C1", YESTERDAY)
    assert "C1" not in exported(world)
    assert "中山路 1 号" not in exported(world)


def exported(world: World) -> str:
    asked = Asked("Town", TODAY, "csv", sight_of(alice(world), "Town"), "en")
    return world.wired.exporter.export(asked, ALICE).content.decode("utf-8-sig")


def alice(world: World) -> User:
    user = world.wired.users.find("alice")
    assert user is not None
    return user


def test_nobody_asks_for_a_case_that_is_over(world: World) -> None:
    told = {"case": "C1", "rule": "house_hours", "reason": "why"}
    entrust(world, "C1", YESTERDAY)
    assert english(world, "nora").post(f"{DAY}/override", told).status_code == 404
    entrust(world, "C1", TODAY)
    assert english(world, "nora").post(f"{DAY}/override", told).status_code == 302


def test_a_phone_tells_nothing_of_a_visit_whose_entrustment_is_over(world: World) -> None:
    make_lawful(world)
    path = f"/my/{TODAY}/v1/1"
    alice = english(world, "alice")
    assert "中山路 1 号" in alice.page(path)
    entrust(world, "C1", TODAY)
    assert "中山路 1 号" in alice.page(path)
    entrust(world, "C1", YESTERDAY)
    for page in (alice.page(path), alice.page("/my/day"), alice.post(f"{path}/show").text):
        assert "中山路 1 号" not in page
        assert "王" not in page
    alice.post(f"/my/{TODAY}/begin", {"key": "k1"})
    assert alice.post(f"{path}/arrive", {"key": "k2"}).status_code == 409


# --- the officer's page


@pytest.mark.parametrize("who", ["dora", "nora", "alice", "ada"])
def test_agencies_are_the_officers(world: World, who: str) -> None:
    assert english(world, who).get(PAGE).status_code == 403


def test_the_whitelist_is_kept_and_what_is_missing_is_told(world: World) -> None:
    officer(world)
    olga = english(world, "olga")
    page = olga.page(PAGE)
    assert page.count("not on the whitelist") == page.count("never evaluated") == 2
    told = {"name": "North", "is_listed": "yes", "evaluated_on": str(TODAY), "quota": "1"}
    assert olga.post(PAGE, told).status_code == 302
    page = olga.page(PAGE)
    assert page.count("never evaluated") == 1
    assert "holds more cases than its quota" in page  # C1 and C2
    assert olga.post(PAGE, {**told, "quota": "2"}).status_code == 302
    assert "in order" in olga.page(PAGE)
    assert world.events("agency.changed") == ["North", "North"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"quota": "many"},
        {"quota": "-1"},
        {"evaluated_on": "last year"},
        {"evaluated_on": str(TODAY + timedelta(days=1))},
    ],
)
def test_what_cannot_be_is_not_kept(world: World, wrong: dict[str, str]) -> None:
    officer(world)
    assert english(world, "olga").post(PAGE, {"name": "North", **wrong}).status_code == 400
    assert world.events("agency.changed") == []


def test_the_officer_of_an_agency_sees_hers_and_changes_none(world: World) -> None:
    world.wired.users.add("nils", [Grant(Role.COMPLIANCE, "Town", "North")], ALICE)
    nils = english(world, "nils")
    page = nils.page(PAGE)
    assert "North" in page
    assert "South" not in page
    assert nils.post(PAGE, {"name": "North", "is_listed": "yes"}).status_code == 403
