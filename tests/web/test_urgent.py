"""A new urgent case: taken in, placed, and put into the day by a press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from geopy.location import Location

from data.home import Home
from data.store.imports.batches import list_batches
from routing.geocoding import Precision
from routing.point import Point
from scheduler.plan import Plan
from scheduler.ports import Target
from tests.data.world import ALICE, TODAY, crew, new_plan, shift
from tests.fakes import FakeCities, FakeStore
from tests.web.compiled import app_of
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import Visitor, World, opened, trip
from tests.web.test_dispatch import give_roads
from web.settings import Settings

ENGLISH = {"Accept-Language": "en"}
PATH = f"/Town/{TODAY}/desk/urgent"
WAY = re.compile(r'name="way" value="([^"]+)"')
HERE = "25.012, 121.505"


class OneStreet(FakeCities):
    """Finds the street of every address, too long to send somebody."""

    def geocode(self, query: str, **how: Any) -> list[Location]:  # noqa: ARG002
        told = {"precision": "district", "radius_m": 900.0, "source": "fake", "matched": "中山路"}
        return [Location("中山路", (25.012, 121.505), {**told, "unmatched": "9 号"})]


@pytest.fixture
def world(peopled_home: Path, tmp_path: Path) -> Iterator[World]:
    """A world with roads, in which it is 08:00: today's plan visits three from 10:00 on."""
    with opened(peopled_home, tmp_path / "home") as (wired, clock):
        clock.pass_by(hours=-4)
        found = World(app_of(wired, Settings(wired.home.session_secret())), wired, clock)
        give_roads(found)
        nobody = OneStreet(FakeStore(wired.store.open_day("Town", TODAY)))
        object.__setattr__(wired.ports.cities, "geocoder", lambda city: nobody)  # noqa: ARG005
        with wired.store.writing(ALICE) as writer:
            hours = shift("alice")
            whole = crew("alice", source="single", window=hours.window, breaks=hours.breaks)
            plan = Plan((trip("alice", "B1"),), ())
            targets = {"B1": Target("B1", ("C1",))}
            new = new_plan(plan=plan, crews=(whole,), targets=targets)
            writer.publish(writer.add_plan(new).id, "")
        yield found


@pytest.fixture
def dora(world: World) -> Visitor:
    return world.visitor("dora", **ENGLISH)


def form(**told: Any) -> dict[str, Any]:
    usual = {"contract": "U1", "name": "赵急", "home_address": "中山路 9 号", "overdue": "5,000"}
    return {**usual, "agency": "North", "assigned": "on", **told}


def test_it_is_taken_in_placed_and_put_into_the_day(world: World, dora: Visitor) -> None:
    assert "New urgent case" in dora.page(PATH)
    for _ in range(2):  # pressed twice
        answer = dora.post(PATH, form(position=HERE))
        assert answer.headers["Location"].endswith(f"{PATH}/U1")
    day = world.wired.store.open_day("Town", TODAY)
    (case,) = [one for one in day.cases if one.id == "U1"]
    (place,) = [one for one in day.places if one.borrower_id == case.borrower_id]
    assert (case.is_assigned, case.overdue, place.precision) == (
        True,
        Decimal(5000),
        Precision.CONFIRMED,
    )
    assert world.events("case.urgent") == ["U1"]
    ways = WAY.findall(dora.page(f"{PATH}/U1"))
    assert ways, "alice has the time"
    for _ in range(2):
        assert dora.post(f"{PATH}/U1", {"way": ways[0], "key": "k"}).status_code == 302
    assert "goes to her at" in dora.page(f"{PATH}/U1")
    draft = world.wired.store.plan("Town", TODAY)
    assert (draft.state, draft.revision) == ("draft", 1)
    assert draft.content.plan.served == {"B1", case.borrower_id}


def test_an_address_that_is_found_too_roughly_asks_for_the_place(
    world: World, dora: Visitor
) -> None:
    answer = dora.post(PATH, form())
    assert answer.status_code == 409
    assert "found too roughly to send somebody" in answer.text
    assert "U1" not in world.wired.store.borrowers_by_case("Town")
    assert "within 900 m" in answer.text
    assert "an area: put the pin on the door" in answer.text
    assert re.findall(r'name="candidate" value="([^"]+)"', answer.text) == [], "no door to choose"
    assert dora.post(PATH, form(candidate="", position=HERE)).status_code == 302
    places = world.wired.store.open_day("Town", TODAY).places
    assert [p.point for p in places if p.address == "中山路 9 号"] == [Point(25.012, 121.505)]


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"contract": ""}, "This is needed."),
        ({"overdue": "much"}, "mend what is marked"),
        ({"position": "nowhere"}, "mend what is marked"),
    ],
)
def test_what_is_wrong_is_marked_and_nothing_is_taken_in(
    world: World, dora: Visitor, told: dict[str, str], complaint: str
) -> None:
    answer = dora.post(PATH, form(**{"position": HERE, **told}))
    assert answer.status_code == 400
    assert complaint in answer.text
    assert 'value="赵急"' in answer.text
    assert "U1" not in world.wired.store.borrowers_by_case("Town")


def test_a_contract_of_another_borrower_is_not_changed(world: World, dora: Visitor) -> None:
    answer = dora.post(PATH, form(contract="C1", position=HERE))
    assert answer.status_code == 409
    assert "of another borrower" in answer.text
    assert world.wired.store.borrowers_by_case("Town")["C1"] == "B1"


def test_a_place_that_is_gone_and_who_may_not_act_are_refused(world: World, dora: Visitor) -> None:
    dora.post(PATH, form(position=HERE))
    assert dora.post(f"{PATH}/U1", {"way": "nobody//x", "key": "k"}).status_code == 409
    assert world.visitor("nora").get(PATH).status_code == 403
    assert world.visitor("alice").get(PATH).status_code == 403


def test_the_form_insists_on_what_is_needed_and_on_nothing_else(dora: Visitor) -> None:
    fields = re.findall(r"<input[^>]*>", dora.page(PATH))
    insisted = {re.search(r'name="([^"]+)"', one)[1] for one in fields if "required" in one}  # type: ignore[index]
    assert insisted == {"contract", "name", "home_address", "overdue"}


def test_each_way_says_what_it_does_and_is_one_edit_that_can_be_undone(
    world: World, dora: Visitor
) -> None:
    served = []
    for contract in ("U1", "U2"):  # the first makes a day of it that can be driven as it stands
        dora.post(PATH, form(contract=contract, name=f"赵{contract}", position=HERE))
        page = dora.page(f"{PATH}/{contract}")
        assert "min driving" in page
        assert "min at work" in page
        assert re.search("Nobody else|at another hour", page)
        dora.post(f"{PATH}/{contract}", {"way": WAY.findall(page)[0], "key": contract})
        served.append(world.wired.store.plan("Town", TODAY).content.plan.served)
    assert [len(one) for one in served] == [2, 3]
    dora.post(f"/Town/{TODAY}/desk/undo", {"key": "u"})
    back = world.wired.store.plan("Town", TODAY)
    assert (back.content.plan.served, back.revision) == (served[0], 3)


def test_it_is_a_list_of_one_that_is_taken_back_with_who_brought_it(
    world: World, dora: Visitor
) -> None:
    dora.post(PATH, form(position=HERE, key="once"))
    dora.post(PATH, form(position=HERE, key="once"))
    with world.wired.store.engine.connect() as connection:
        (batch,) = list_batches(connection, "Town")
    assert (batch.kind, batch.made_by, batch.counts["new"]) == ("cases", "dora", 1)
    answer = dora.post(f"/Town/{TODAY}/imports/{batch.id}", {})
    assert answer.status_code == 302
    assert "U1" not in {one.id for one in world.wired.store.open_day("Town", TODAY).cases}


def test_an_address_is_looked_up_on_the_map_before_anything_is_taken_in(
    world: World, dora: Visitor
) -> None:
    page = dora.post(PATH, form(look_up="1")).text
    assert 'data-letter="A"' in page
    assert 'id="urgent-map"' in page
    assert "U1" not in world.wired.store.borrowers_by_case("Town")


def test_a_made_up_home_takes_no_real_person(
    world: World, dora: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Home, "is_made_up", True)
    answer = dora.post(PATH, form(position=HERE))
    assert answer.status_code == 409
    assert "takes no real list" in answer.text
    assert "U1" not in world.wired.store.borrowers_by_case("Town")
