"""Places to check, by forms alone: the queue, a decision, two at once, and taking it back."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.store.review import PlaceToCheck
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from tests.data.built_city import add_city
from tests.data.world import ALICE, ALL_KNOWN, TODAY, record, with_home
from tests.web.pages import Visitor, World
from tests.web.test_dispatch import DAY, english
from tests.web.test_map import EXTRACT
from web.dispatch.queue import hidden, page_of, queue
from web.dispatch.understood import understood

PLACES, DECIDED = f"{DAY}/places", f"{DAY}/places/decided"
HERE = {"position": "25.012, 121.501", "datum": "wgs84"}
ADDRESS = re.compile(r'data-place="([^"]+)"')


@pytest.fixture(autouse=True)
def streets(world: World, tmp_path: Path) -> None:
    """A town with one street, and nobody who waits yet."""
    add_city(world.wired.home.cities, "Town", EXTRACT)
    places = world.wired.store.open_day("Town", TODAY).places
    with world.wired.store.writing(ALICE) as writer:
        for place in places:
            told = GeocodeResult(place.point, Precision.CONFIRMED, 0.0, "test")
            writer.put_positions("Town", {place: told})


def add(
    world: World, number: int, address: str, agency: str = "North", overdue: int = 100
) -> PlaceToCheck:
    """Add a case whose home was looked up and not found."""
    told = with_home(record(number, agency=agency, overdue=Decimal(overdue)), address=address)
    nowhere = GeocodeResult(None, Precision.NONE, 0.0, "test", unmatched="no street or place known")
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", [told], known=ALL_KNOWN, complete=False)
        writer.put_positions("Town", {told.places[0]: nowhere})
    return place(world, f"B{number}-home")


def place(world: World, id: str) -> PlaceToCheck:
    found = world.wired.review.place("Town", id, None)
    assert found is not None
    return found


def point_of(world: World, number: int) -> Point | None:
    return place(world, f"B{number}-home").place.point


def waiting(page: str) -> list[str]:
    """Return the places that the queue stands for, in its order."""
    return ADDRESS.findall(page.partition('id="queue"')[2].partition("</section>")[0])


def confirm(visitor: Visitor, id: str, **told: Any) -> Any:
    return visitor.post(f"{PLACES}/confirm", {"place": id, **HERE, **told})


# The queue


def test_what_is_overdue_most_comes_first_and_a_compound_counts_as_one(world: World) -> None:
    add(world, 11, "虹通街80号", overdue=700)
    add(world, 12, "东河小区3栋501", overdue=400)
    add(world, 13, "春岚路140号", overdue=600)
    add(world, 14, "东河小区5栋", overdue=450)
    page = english(world).page(PLACES)
    assert waiting(page) == ["B14-home", "B12-home", "B11-home", "B13-home"]
    assert "4 addresses wait" in page
    assert re.search(r"东河小区</strong> <span[^>]*>2 cases", page)


def test_compounds_of_one_name_in_two_districts_stay_apart(world: World) -> None:
    found = [
        add(world, 11, "城东区东河小区1栋"),
        add(world, 12, "城西区东河小区2栋"),
        add(world, 13, "城东区东河小区3栋"),
    ]
    groups = queue(found)
    told = [(group.compound and group.compound.district, len(group.texts)) for group in groups]
    assert sorted(told, key=str) == [("城东区", 2), ("城西区", 1)]


def test_a_text_that_several_share_waits_once_and_owes_for_all(world: World) -> None:
    add(world, 11, "虹通街80号", overdue=700)
    add(world, 12, "虹通街 80 號", agency="South", overdue=300)
    (group,) = queue(world.wired.review.waiting("Town", None))
    (text,) = group.texts
    assert (text.overdue, text.case_ids) == (Decimal(1000), ("C11", "C12"))
    assert waiting(english(world).page(PLACES)) == ["B11-home"]


def test_the_queue_is_read_in_parts(world: World) -> None:
    groups = queue([add(world, n, f"东河小区{n}栋", overdue=n) for n in range(11, 16)])
    first, second = page_of(groups, 0, 3), page_of(groups, 3, 3)
    assert [len(texts) for _, texts in (*first.groups, *second.groups)] == [3, 2]
    assert (first.has_more, second.has_more) == (True, False)


def test_names_and_numbers_are_masked_everywhere(world: World) -> None:
    add(world, 11, "虹通街80号，张三丰先生 13812345678")
    page = english(world).page(PLACES)
    assert "13812345678" not in page
    assert "张三丰" not in page
    assert "虹通街80号，••• •••" in page
    assert hidden("虹通街80号") == "虹通街80号"


def test_what_was_understood_is_marked() -> None:
    assert list(understood("宁州市东河路18号", "东河路 18")) == [
        ("宁州市", False), ("东河路", True), ("18", True), ("号", False),
    ]  # fmt: skip
    assert list(understood("东河路", "")) == [("东河路", False)]


def test_the_citys_map_offers_what_is_called_like_it(world: World) -> None:
    add(world, 11, "中山路5号")
    page = english(world).page(PLACES)
    assert "<mark>" not in page  # nothing was understood when it was looked up
    assert re.search(r'class="name">中山路<', page)
    assert "Confirm A" not in page  # along a long street nobody finds the door: move the pin


def test_a_town_that_has_lost_its_map_still_takes_a_pin(world: World) -> None:
    add(world, 11, "虹通街80号")
    for file in world.wired.cities.path("Town").glob("gazetteer*"):
        file.unlink()
    page = english(world).page(PLACES)
    assert "Town has no gazetteer.sqlite: dayround city add" in page
    assert confirm(english(world), "B11-home").status_code == 302


# A decision


def test_a_place_is_confirmed_by_hand_in_its_datum(world: World) -> None:
    add(world, 11, "虹通街80号")
    (world.wired.cities.path("Town") / "roads.npz").unlink()  # where there is no map, all is inside
    # In Shanghai GCJ-02 is some 500 m from WGS-84: 31.2304, 121.4737 there is 31.2323, 121.4692.
    told = {"position": "31.2304，121.4737", "datum": "gcj02"}
    assert confirm(english(world), "B11-home", **told).status_code == 302
    found = place(world, "B11-home").place
    assert found.precision == "confirmed"
    assert found.point is not None
    assert found.point.lat == pytest.approx(31.2323, abs=1e-4)
    assert found.point.lon == pytest.approx(121.4692, abs=1e-4)
    assert world.events("place.located")[-1] == "B11-home"


@pytest.mark.parametrize("text", ["somewhere", "91, 10", "30.2", "1, 2, 3", ""])
def test_a_position_that_is_none_is_told_beside_it(world: World, text: str) -> None:
    add(world, 11, "虹通街80号")
    answer = confirm(english(world), "B11-home", position=text)
    assert answer.status_code == 400
    assert "Write latitude and longitude in degrees" in answer.text
    assert f'value="{text}"' in answer.text
    assert point_of(world, 11) is None


@pytest.mark.parametrize("text", ["31.2304, 121.4737", "1.4737, 31.2304", "-25.0, 121.5"])
def test_a_position_outside_the_citys_map_is_refused(world: World, text: str) -> None:
    add(world, 11, "虹通街80号")
    answer = confirm(english(world), "B11-home", position=text)
    assert answer.status_code == 400
    assert "This lies outside the city" in answer.text
    assert point_of(world, 11) is None


def test_a_candidate_is_confirmed_and_the_next_address_opens(world: World) -> None:
    add(world, 11, "虹通街80号", overdue=700)
    add(world, 12, "春岚路140号", overdue=600)
    told = {"candidate": "25.01, 121.502", "position": "", "next": "B12-home"}
    answer = confirm(english(world), "B11-home", **told)
    assert answer.headers["Location"].endswith("/places?place=B12-home")
    assert point_of(world, 11) == Point(25.01, 121.502)
    assert waiting(english(world).page(PLACES)) == ["B12-home"]


def test_one_decision_places_the_other_agencys_case_and_tells_nothing_of_it(world: World) -> None:
    add(world, 11, "虹通街80号")
    add(world, 12, "虹通街80号", agency="South")
    nora = english(world, "nora")
    assert "B12" not in nora.page(PLACES)
    assert confirm(nora, "B11-home").status_code == 302
    assert point_of(world, 12) == Point(25.012, 121.501)
    assert "C12" not in nora.page(DECIDED)


def test_the_same_form_sent_twice_decides_once(world: World) -> None:
    add(world, 11, "虹通街80号")
    dora = english(world)
    for _ in range(2):
        assert confirm(dora, "B11-home").status_code == 302
    assert len(world.events("address.decided")) == 1


def test_who_decides_on_an_old_page_is_shown_both_and_chooses(world: World) -> None:
    add(world, 11, "虹通街80号")
    dora, nora = english(world), english(world, "nora")
    confirm(nora, "B11-home")
    mine = {"position": "25.014, 121.501"}
    answer = confirm(dora, "B11-home", **mine)
    assert answer.status_code == 409
    assert "nora placed it at Mon 2 Mar 12:00" in answer.text
    assert "Yours is 222 m from there." in answer.text  # 0.002° of latitude
    assert point_of(world, 11) == Point(25.012, 121.501)
    known = re.search(r'name="known" value="(\d+)"', answer.text)
    assert known is not None
    assert confirm(dora, "B11-home", known=known[1], **mine).status_code == 302
    assert point_of(world, 11) == Point(25.014, 121.501)
    page = dora.page(DECIDED)
    assert "replaced by dora" in page


def test_a_wrong_address_is_marked_with_its_reason_and_can_be_right_again(world: World) -> None:
    add(world, 11, "虹通街80号")
    dora = english(world)
    told = {"place": "B11-home", "reason": "no_such_address"}
    assert dora.post(f"{PLACES}/wrong", told).status_code == 302
    assert not any(
        one.is_valid for one in world.wired.store.open_day("Town", TODAY).places
        if one.id == "B11-home"
    )  # fmt: skip
    assert waiting(dora.page(PLACES)) == []
    assert "There is no such address" in dora.page(DECIDED)
    undo(dora, "wrong", "B11-home")
    assert waiting(dora.page(PLACES)) == ["B11-home"]
    assert dora.post(f"{PLACES}/wrong", {**told, "reason": "spite"}).status_code == 400


# Taking back


def undo(visitor: Visitor, kind: str, id: object, **more: str) -> Any:
    return visitor.post(f"{PLACES}/undo", {"kind": kind, "id": str(id), **more})


def test_ones_last_decision_is_taken_back_and_its_address_opens_again(world: World) -> None:
    add(world, 11, "虹通街80号")
    add(world, 12, "春岚路140号", overdue=5)
    dora = english(world)
    confirm(dora, "B11-home")
    assert "Your last: 虹通街80号" in dora.page(PLACES)
    assert "Your last" not in english(world, "nora").page(PLACES)
    answer = undo(dora, "address", 1)
    assert answer.headers["Location"].endswith("/places?place=B11-home")
    assert point_of(world, 11) is None
    assert waiting(dora.page(PLACES)) == ["B11-home", "B12-home"]  # looked up again at once
    assert "undone by dora" in dora.page(DECIDED)


def test_who_decided_what_and_when_the_newest_first(world: World) -> None:
    add(world, 11, "虹通街80号")
    add(world, 12, "春岚路140号")
    confirm(english(world, "nora"), "B11-home")
    world.clock.at += timedelta(minutes=10)
    confirm(english(world), "B12-home")
    page = english(world).page(DECIDED)
    assert page.index("春岚路140号") < page.index("虹通街80号")
    assert "Mon 2 Mar 12:10" in page
    assert "nora" in page


def test_one_agencys_dispatcher_neither_sees_nor_undoes_what_is_not_hers(world: World) -> None:
    add(world, 11, "虹通街80号", agency="South")
    confirm(english(world), "B11-home")
    nora = english(world, "nora")
    assert "虹通街80号" not in nora.page(DECIDED)
    assert undo(nora, "address", 1).status_code == 404
    assert point_of(world, 11) == Point(25.012, 121.501)


@pytest.mark.parametrize(
    ("kind", "id"), [("address", "7"), ("spite", "1"), ("", ""), ("wrong", "x")]
)
def test_what_nobody_decided_is_not_taken_back(world: World, kind: str, id: str) -> None:
    assert undo(english(world), kind, id).status_code == 404


# One pin for a compound


def test_one_pin_places_a_whole_compound_and_undo_takes_it_back(world: World) -> None:
    add(world, 11, "城东区东河小区3栋501")
    add(world, 12, "东河小区5栋", agency="South")
    add(world, 13, "虹通街80号")
    nora = english(world, "nora")
    told = {"place": "B11-home", "name": "东河小区", **HERE}
    answer = nora.post(f"{PLACES}/compound", told)
    assert answer.status_code == 302
    assert "1 address placed by 东河小区" in nora.page(PLACES)  # hers; of the other nothing is told
    assert point_of(world, 11) == point_of(world, 12) == Point(25.012, 121.501)
    assert place(world, "B12-home").place.precision is Precision.COMPOUND
    assert waiting(english(world).page(PLACES)) == ["B13-home"]
    assert "compound placed" in nora.page(DECIDED)
    (pin,) = world.wired.store.own_places("Town")
    assert undo(nora, "compound", pin.id).status_code == 302
    assert point_of(world, 11) is None
    assert len(waiting(english(world).page(PLACES))) == 3


def test_a_pin_without_a_name_or_a_position_is_refused(world: World) -> None:
    add(world, 11, "东河小区3栋501")
    dora = english(world)
    assert dora.post(f"{PLACES}/compound", {"place": "B11-home", **HERE}).status_code == 400
    told = {"place": "B11-home", "name": "东河小区", "position": "here", "datum": "wgs84"}
    assert dora.post(f"{PLACES}/compound", told).status_code == 400
    assert world.wired.store.own_places("Town") == []


def test_an_area_shows_where_to_look_and_is_not_confirmed_as_a_door(world: World) -> None:
    add(world, 11, "虹通街80号")
    around = GeocodeResult(Point(25.01, 121.5), Precision.DISTRICT, 900.0, "test", "城东区")
    with world.wired.store.writing(ALICE) as writer:
        writer.put_positions("Town", {place(world, "B11-home").place: around})
    page = english(world).page(PLACES)
    assert 'data-radius="900.0" data-area' in page
    assert 'name="candidate"' not in page
