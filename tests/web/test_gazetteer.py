"""The lender's own gazetteer on the desk: a list in, looked through, sent, and taken out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from data.cities import GAZETTEER
from routing.gazetteer.build import build_gazetteer
from routing.geocoding import GeocodeResult, Precision
from routing.reading import read_roads
from routing.storing import save_roads
from scheduler.service import place_addresses
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, record, with_home
from tests.routing.little_places import mainland_town
from tests.web.pages import World
from tests.web.test_dispatch import english

PAGE = f"/Town/{TODAY}/gazetteer"
ROWS = """名称,别名,纬度,经度,坐标系
东河小区,东河花园,29.862,121.549,WGS-84
南园,,29.862,121.531,WGS-84
"""
BAD = "错,,121.5,29.8,WGS-84\n"


@pytest.fixture
def town(world: World, tmp_path: Path) -> World:
    """The world in a town with a map, and a borrower in a compound that the map lacks."""
    folder = world.wired.home.cities / "Town"
    folder.mkdir(parents=True, exist_ok=True)
    extract = mainland_town(tmp_path / "town.osm")
    build_gazetteer(extract, folder / GAZETTEER)
    save_roads(read_roads(extract), folder / "roads.npz")
    with world.wired.store.writing(ALICE) as writer:
        waiting = with_home(record(50), address="东河小区3栋2单元501")
        writer.put_cases("Town", [waiting], known=ALL_KNOWN, complete=False)
    place_addresses(world.wired.ports, "Town", "alice")
    return world


def send(world: World, text: str = ROWS, name: str = "places.csv", who: str = "dora") -> Any:
    told = {"file": (BytesIO(text.encode()), name), "datum": ""}
    return english(world, who).post(PAGE, told, content_type="multipart/form-data")


def found(world: World) -> GeocodeResult | None:
    (place,) = [
        each
        for each in world.wired.store.open_day("Town", NOON.date()).places
        if each.borrower_id == "B50"
    ]
    return GeocodeResult(place.point, place.precision, place.radius_m, "") if place.point else None


def test_a_list_places_whoever_lives_in_its_compounds(town: World) -> None:
    assert found(town) is None
    page = send(town, ROWS + BAD)
    assert "2 new" in page.text
    assert "1 address that waited has a place." in page.text
    assert "1 fault keeps its row out" in page.text
    placed = found(town)
    assert placed
    assert placed.precision is Precision.COMPOUND
    assert town.events("gazetteer.imported") == ["places.csv"]


def test_places_are_looked_for_by_any_of_their_names(town: World) -> None:
    send(town)
    page = english(town).get(f"{PAGE}?q=花园").text
    assert "东河小区" in page
    assert "南园" not in page
    assert "No such place" in english(town).get(f"{PAGE}?q=nowhere").text


def test_a_place_is_taken_out_and_whom_it_placed_waits_again(town: World) -> None:
    send(town)
    record = next(r for r in town.wired.store.own_places("Town") if r.place.aliases)
    page = english(town).post(f"{PAGE}/remove", {"id": record.id}, follow_redirects=True)
    assert "东河小区 is taken out." in page.text
    assert "1 address waits now." in page.text
    assert found(town) is None
    assert english(town).post(f"{PAGE}/remove", {"id": record.id}).status_code == 404
    assert english(town).post(f"{PAGE}/remove", {}).status_code == 400


def test_a_file_is_taken_out_as_a_whole(town: World) -> None:
    send(town)
    page = english(town).post(f"{PAGE}/remove", {"source": "places.csv"}, follow_redirects=True)
    assert "No places yet" in page.text
    assert town.wired.store.own_places("Town") == []


def test_what_is_sent_can_be_imported_again(town: World) -> None:
    send(town)
    sent = english(town).get("/Town/gazetteer.csv")
    assert sent.mimetype == "text/csv"
    assert "2 unchanged" in send(town, sent.text).text


def test_a_template_is_there(town: World) -> None:
    assert english(town).get("/Town/template/gazetteer.xlsx").status_code == 200


def test_without_a_file_or_with_a_bad_one_it_says_so(town: World) -> None:
    answer = english(town).post(PAGE, {}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "Choose a file first." in answer.text
    refused = send(town, "colour,shape\nred,round\n")
    assert refused.status_code == 400
    assert "no header is understood" in refused.text


@pytest.mark.parametrize("who", ["nora", "alice", "ada", "nemo"])
def test_it_is_for_whoever_dispatches_the_whole_city(town: World, who: str) -> None:
    assert english(town, who).get(PAGE).status_code == 403
    assert send(town, who=who).status_code == 403
    assert english(town, who).post(f"{PAGE}/remove", {"source": "x"}).status_code == 403
    assert english(town, who).get("/Town/gazetteer.csv").status_code == 403
