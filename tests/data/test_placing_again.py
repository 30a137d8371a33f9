"""One pin places every case of a compound; taking it out takes them back. A real book and map."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.cities import GAZETTEER, CityFiles
from data.profiles import TomlProfiles
from data.store import SqlStore
from routing.gazetteer.build import build_gazetteer
from routing.gazetteer.naming import Naming
from routing.gazetteer.own_place import OwnKind, OwnPlace
from routing.geocoding import Precision
from routing.point import Point
from scheduler.gazetteer import pin_place, remove_own_place, take_own_places, would_place
from scheduler.model import Place
from scheduler.service import Ports, place_addresses
from tests.data.world import ALICE, ALL_KNOWN, NOON, TOWN, record, with_home
from tests.routing.little_places import mainland_town

EAST = Point(29.862, 121.549)
STAYS = Point(29.855, 121.545)
ADDRESSES = (
    "东河小区3栋2单元501",
    "宁州市城东区东河小区12号楼",
    "东何小区5栋",  # one character is wrong
    "城西区南园1栋",
    "解放路3号",
    "东河路88号东河小区7栋",  # the street is on the map
)
COMPOUND = OwnPlace(OwnKind.COMPOUND, "东河小区", EAST, 150.0)


@pytest.fixture
def ports(store: SqlStore, tmp_path: Path) -> Ports:
    """Six borrowers who have been looked up, and one whom a file has placed."""
    folder = tmp_path / "cities" / "Town"
    folder.mkdir(parents=True)
    build_gazetteer(mainland_town(tmp_path / "town.osm"), folder / GAZETTEER)
    made = Ports(store, CityFiles(folder.parent, store), TomlProfiles(), lambda: NOON)
    records = [with_home(record(i), address=text) for i, text in enumerate(ADDRESSES, 1)]
    confirmed = {"address": ADDRESSES[0], "point": STAYS, "precision": Precision.CONFIRMED}
    records.append(with_home(record(7), **confirmed))
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", records, known=ALL_KNOWN | {"place.point"}, complete=False)
    place_addresses(made, "Town", "alice")
    return made


def whose(places: list[Place]) -> list[str]:
    return sorted(place.borrower_id for place in places)


def points(ports: Ports) -> dict[str, Point | None]:
    found = ports.store.open_day("Town", NOON.date()).places
    return {place.borrower_id: place.point for place in found if place.is_placed}


def test_one_pin_places_every_case_of_its_compound(ports: Ports) -> None:
    assert set(points(ports)) == {"B5", "B6", "B7"}
    _, again = pin_place(ports, "Town", "东河小区", EAST, 150.0, "alice")
    assert whose(again.placed) == ["B1", "B2", "B3"]
    assert again.waiting == []
    placed = points(ports)
    assert [placed[who] for who in ("B1", "B2", "B3", "B6")] == [EAST] * 4
    assert "B4" not in placed


def test_what_a_file_or_a_person_has_placed_stays(ports: Ports) -> None:
    pin_place(ports, "Town", "东河小区", EAST, 150.0, "alice")
    assert points(ports)["B7"] == STAYS


def test_taking_the_pin_out_takes_its_places_back(ports: Ports) -> None:
    before = points(ports)
    pin, _ = pin_place(ports, "Town", "东河小区", EAST, 150.0, "alice")
    _, again = remove_own_place(ports, "Town", pin.id, "bob")
    assert whose(again.waiting) == ["B1", "B2", "B3"]
    assert points(ports) == before
    (event,) = ports.store.events(subject=again.waiting[0].id, limit=1)
    assert event.kind in ("place.unplaced", "place.located")
    assert event.actor == "bob"


def test_another_pin_of_the_same_name_moves_them(ports: Ports) -> None:
    pin_place(ports, "Town", "东河小区", EAST, 150.0, "alice")
    moved = Point(29.8625, 121.5495)
    _, again = pin_place(ports, "Town", "东河小区", moved, 150.0, "alice")
    assert again.placed == []
    assert points(ports)["B1"] == moved


def test_a_file_places_what_it_names_and_its_next_edition_takes_back_what_it_lacks(
    ports: Ports,
) -> None:
    garden = OwnPlace(OwnKind.COMPOUND, "南园", Point(29.862, 121.531), 150.0)
    both = [COMPOUND, garden]
    change, again = take_own_places(ports, "Town", both, "places.csv", "alice")
    assert change.new == ("东河小区", "南园")
    assert whose(again.placed) == ["B1", "B2", "B3", "B4"]
    change, again = take_own_places(ports, "Town", [COMPOUND], "places.csv", "alice")
    assert change.gone == ("南园",)
    assert whose(again.waiting) == ["B4"]
    assert points(ports)["B1"] == EAST


def test_a_file_that_changes_nothing_asks_for_nobody(ports: Ports) -> None:
    take_own_places(ports, "Town", [COMPOUND], "places.csv", "alice")
    _, again = take_own_places(ports, "Town", [COMPOUND], "places.csv", "alice")
    assert again.found == {}


def test_what_a_file_would_place_is_told_and_not_kept(ports: Ports, store: SqlStore) -> None:
    before = points(ports)
    would = would_place(ports, "Town", [COMPOUND], "places.csv")
    assert whose(would.placed) == ["B1", "B2", "B3"]
    assert points(ports) == before
    assert store.own_places("Town") == []
    _, again = take_own_places(ports, "Town", [COMPOUND], "places.csv", "alice")
    assert whose(again.placed) == whose(would.placed)


def test_a_pin_of_the_wrong_district_places_nobody_who_names_another(ports: Ports) -> None:
    pin_place(ports, "Town", "南园", Point(29.862, 121.549), 150.0, "alice", district="城东区")
    assert "B4" not in points(ports)


@pytest.mark.parametrize(
    ("name", "address", "is_in"),
    [
        ("东河小区", "宁州市東河小区３栋", True),
        ("东河小区", "东何小区3栋", True),
        ("东河小区", "东河小3栋", True),
        ("东河小区", "西河新区3栋", False),
        ("南园", "北园1栋", False),  # too short for a slip
        ("东河路18弄", "东河路16弄3号", False),  # digits are no slips
        ("Green Court", "Flat 2, Green Court, 5 High St.", True),
        ("Green Court", "Flat 2, Gren Court", True),
        ("Green Court", "Greencourt Road", False),
        ("", "东河小区3栋", False),
    ],
)
def test_an_address_names_a_place_or_would_but_for_a_slip(
    name: str, address: str, is_in: bool
) -> None:
    assert Naming([name, "西苑"]).is_in(address) == is_in


def test_who_is_asked_for_again_does_not_depend_on_the_order_of_rows(ports: Ports) -> None:
    others = [replace(COMPOUND, name=name) for name in ("北里", "西里", "东河小区")]
    _, again = take_own_places(ports, "Town", others, "places.csv", "alice")
    assert {place.borrower_id for place in again.found} == {"B1", "B2", "B3", "B6"}
