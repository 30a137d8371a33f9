"""What the map is told: by whom it may be seen, what it holds, and what it never holds."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access import Role
from data.home import MADE_UP
from routing.lines import UNITS_PER_DEGREE
from routing.point import Point
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.ports import Target
from tests.conftest import ROOT
from tests.data.built_city import add_city
from tests.data.world import ALICE, TODAY, crew, new_plan
from tests.web.compiled import app_of
from tests.web.pages import BORROWERS, World
from tests.web.test_figures import with_role
from web.map.looks import COLOURS, DASHES, HUES, crew_looks
from web.settings import Settings

PLAN = f"/Town/{TODAY}/plan/1/map.json"
GROUND, TILES, LEVEL = "/Town/ground.json", "/Town/map.pmtiles", "/Town/map.geojson"
UNZIPPED = {"Accept-Encoding": "identity"}
# A street past the doors of B1 and B2, at 25.01 and 25.02 north of 121.5, to where crews end.
EXTRACT = """<osm version="0.6">
<node id="1" lat="25.000" lon="121.5"/><node id="2" lat="25.010" lon="121.502"/>
<node id="3" lat="25.020" lon="121.5"/><node id="4" lat="25.022" lon="121.518"/>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/>
  <tag k="highway" v="primary"/><tag k="name" v="中山路"/></way></osm>"""


@pytest.fixture
def world(world: World, tmp_path: Path) -> World:
    """The three-person world, with streets."""
    (tmp_path / "town.osm").write_text(EXTRACT, encoding="utf-8")
    add_city(world.wired.home.cities, "Town", EXTRACT)
    return world


def told(world: World, who: str, path: str = PLAN) -> Any:
    answer = world.visitor(who).get(path, headers=UNZIPPED)
    assert answer.status_code == 200
    return json.loads(answer.data)


STREETS = (GROUND, TILES)
OF_PEOPLE = (PLAN, f"/Town/{TODAY}/map")


@pytest.mark.parametrize("path", [*STREETS, *OF_PEOPLE])
@pytest.mark.parametrize(
    ("who", "status"),
    [("dora", 200), ("nora", 200), ("alice", 403), ("nemo", 403), (None, 302)],
)
def test_the_map_is_a_dispatchers(world: World, path: str, who: str | None, status: int) -> None:
    assert world.visitor(who).get(path).status_code == status


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMINISTRATOR])
def test_who_plans_headcounts_sees_streets_and_nothing_that_lies_on_them(
    world: World, role: Role
) -> None:
    planner = with_role(world, role)
    for path in STREETS:
        assert planner.get(path).status_code == 200
        assert planner.get(path.replace("Town", "Elsewhere")).status_code == 403
    for path in (*OF_PEOPLE, f"/Town/{TODAY}/desk/foretold.json"):
        assert planner.get(path).status_code == 403


def test_a_dispatcher_of_another_city_sees_nothing(world: World) -> None:
    for path in (PLAN, GROUND, TILES, LEVEL, f"/Town/{TODAY}/map"):
        assert world.visitor("dora").get(path.replace("Town", "Elsewhere")).status_code == 403


def test_the_lender_sees_every_crew_and_an_agency_its_own(world: World) -> None:
    assert [one["id"] for one in told(world, "dora")["crews"]] == ["alice", "bob", "charlie"]
    shown = told(world, "nora")["crews"]
    assert [one["id"] for one in shown] == ["alice", "bob"]
    everything = told(world, "dora")["crews"]
    # A crew looks the same to everybody, whoever else is hidden.
    assert [one["colour"] for one in shown] == [one["colour"] for one in everything[:2]]


def test_a_stop_tells_when_and_where_but_not_who(world: World) -> None:
    (stop,) = told(world, "dora")["crews"][0]["stops"]
    assert stop == {
        "kind": "visit",
        "number": 1,
        "from": "10:00",  # 36,000 s after midnight, for twenty minutes
        "to": "10:20",
        "id": "B1",
        "name": "王*",
        "place": "home",
        "place_name": "住址" if stop["place_name"] != "home" else "home",
        "at": [2_501_000, 12_150_000],
    }


def test_no_name_address_number_or_sum_leaves(world: World) -> None:
    world_told = world.visitor("dora").get(PLAN, headers=UNZIPPED).text
    for secret in (*BORROWERS.values(), "中山路", "号", "138", "12000", "800.25"):
        assert secret not in world_told


def test_a_route_follows_the_street(world: World) -> None:
    crew = told(world, "dora")["crews"][0]
    there, back = (np.cumsum(np.reshape(line, (-1, 2)), axis=0).tolist() for line in crew["ways"])
    # The crew of the world starts at 25.01, 121.51 and ends at 25.02, 121.52, off the road.
    assert there[0] == crew["start"] == [2_501_000, 12_151_000]
    assert there[-1] == back[0] == [2_501_000, 12_150_000]
    assert back[-1] == [2_502_000, 12_152_000]
    assert [2_502_000, 12_150_000] in back  # the bend of the street, which the air would cut
    assert crew["gaps"] == []
    assert crew["metres"] > 3000


def test_without_roads_a_route_is_told_as_a_gap(world: World) -> None:
    (world.wired.cities.path("Town") / "roads.npz").unlink()
    crew = told(world, "dora")["crews"][0]
    assert crew["ways"] == []
    assert crew["gaps"][0] == [2_501_000, 12_151_000, 2_501_000, 12_150_000]


def test_breaks_have_no_number_and_closed_places_no_position(world: World) -> None:
    stops = (
        Stop(StopKind.VISIT, "B1", 35_700, 36_000, 37_200, place_id="gone"),
        Stop(StopKind.BREAK, "lunch", 37_200, 43_200, 45_000),
        Stop(StopKind.VISIT, "B2", 45_000, 45_000, 46_200, place_id="B2-home"),
    )
    keep(world, Plan((Itinerary("alice", 34_000, 50_000, stops),), ()))
    first, rest, second = told(world, "dora", PLAN.replace("/1/", "/2/"))["crews"][0]["stops"]
    assert (first["number"], first["at"], first["place"]) == (1, None, "")
    assert rest == {"kind": "break", "from": "12:00", "to": "12:30"}
    assert (second["number"], second["at"]) == (2, [2_502_000, 12_150_000])


def test_left_out_cases_stand_by_their_reason(world: World) -> None:
    reasons = {"B1": Reason.RULE, "B2": Reason.CREWS_FULL, "B3": Reason.CREWS_FULL}
    entries = (*(LeftOut(id, reason) for id, reason in reasons.items()), LeftOut("B9", Reason.NEW))
    keep(world, Plan((), entries))
    path = PLAN.replace("/1/", "/2/")
    rule, full, new = told(world, "dora", path)["left_out"]
    # First what asks for a person, and of a group the most frequent reason.
    assert [one["group"] for one in (rule, full, new)] == ["refused", *["no_capacity"] * 2]
    assert (full["reason"], full["count"]) == ("crews_full", 2)
    assert full["marks"][0] == ["B2", "李*", 2_502_000, 12_150_000]
    assert (new["reason"], new["count"], new["marks"]) == ("new", 1, [])  # of no known place
    assert rule["marks"][0][0] == "B1"
    # B3 is a case of South: to North it is not told, not even as a number.
    shown = {one["reason"]: one["count"] for one in told(world, "nora", path)["left_out"]}
    assert shown == {"crews_full": 1, "rule": 1}


def test_a_visited_borrower_is_not_marked_as_left_out(world: World) -> None:
    stop = Stop(StopKind.VISIT, "B1", 35_700, 36_000, 37_200, place_id="B1-home")
    trips = (Itinerary("alice", 34_000, 39_000, (stop,)),)
    keep(world, Plan(trips, (LeftOut("B1", Reason.RULE, case_ids=("C1",)),)))
    assert told(world, "dora", PLAN.replace("/1/", "/2/"))["left_out"] == []


def test_a_version_that_is_none_is_not_found(world: World) -> None:
    assert world.visitor("dora").get(PLAN.replace("/1/", "/7/")).status_code == 404


def test_where_people_live_is_kept_by_no_cache(world: World) -> None:
    answer = world.visitor("dora").get(PLAN, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.data)) == told(world, "dora")


def test_tiles_are_handed_out_by_ranges(world: World) -> None:
    visitor = world.visitor("dora")
    whole = visitor.get(TILES).data
    assert whole.startswith(b"PMTiles")
    part = visitor.get(TILES, headers={"Range": "bytes=3-9"})
    assert (part.status_code, part.data) == (206, whole[3:10])
    assert part.headers["Content-Range"] == f"bytes 3-9/{len(whole)}"
    assert part.headers["Content-Type"] == "application/vnd.pmtiles"
    beyond = visitor.get(TILES, headers={"Range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416


def test_tiles_are_kept_for_good_under_the_address_of_their_content(world: World) -> None:
    visitor = world.visitor("dora")
    told = json.loads(visitor.get(GROUND).data)
    answer = visitor.get(told["tiles"], headers={"Range": "bytes=0-99"})
    kept = {"private", "max-age=31536000", "immutable"}
    assert set(answer.headers["Cache-Control"].split(", ")) == kept

    other = world.wired.home.path / "other.osm"
    other.write_text(EXTRACT.replace("中山路", "东河路"), encoding="utf-8")
    world.wired.cities.add("Town", other, lambda _: None)
    assert json.loads(visitor.get(GROUND).data) != told
    # Under the old address are the new tiles, which nobody keeps by that name.
    again = visitor.get(told["tiles"], headers={"Range": "bytes=0-99"})
    assert "no-cache" in again.headers["Cache-Control"]
    assert "immutable" not in again.headers["Cache-Control"]
    assert again.headers["ETag"] != answer.headers["ETag"]


def test_tiles_that_have_not_changed_are_not_sent_again(world: World) -> None:
    visitor = world.visitor("dora")
    same = {"If-None-Match": visitor.get(TILES).headers["ETag"]}
    assert visitor.get(TILES, headers=same).status_code == 304
    # Half of it from before and half from now would be no map.
    old = {"If-Range": '"of before"', "Range": "bytes=3-9"}
    assert visitor.get(TILES, headers=old).status_code == 200


def test_a_city_without_tiles_has_geojson_by_zoom(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.maps.tiles.program", lambda: None)
    world.wired.cities.add("Town", tmp_path / "town.osm", lambda _: None)
    assert told(world, "dora", GROUND) == {"levels": LEVEL, "zooms": [0, 11, 13, 15]}
    visitor = world.visitor("dora")
    assert visitor.get(TILES).status_code == 404
    answer = visitor.get(f"{LEVEL}?z=9", headers=UNZIPPED)
    (street,) = json.loads(answer.data)["features"]
    assert street["properties"]["name"] == "中山路"
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"
    same = {"If-None-Match": answer.headers["ETag"]}
    assert visitor.get(f"{LEVEL}?z=9", headers=same).status_code == 304
    assert len(told(world, "dora", f"{LEVEL}?z=none")["features"]) == 1


def test_a_city_with_tiles_has_no_geojson(world: World) -> None:
    assert world.visitor("dora").get(LEVEL).status_code == 404


def test_a_city_without_roads_says_what_is_missing(world: World) -> None:
    for file in world.wired.cities.path("Town").iterdir():
        file.unlink()
    assert world.visitor("dora").get(GROUND).status_code == 404


def test_the_page_says_where_its_data_come_from(world: World) -> None:
    page = world.visitor("dora").page(f"/Town/{TODAY}/map", headers={"Accept-Language": "en"})
    assert "© OpenStreetMap contributors" in page
    assert PLAN in page
    (world.wired.home.path / MADE_UP).touch()
    demo = replace(world, app=app_of(world.wired, Settings(b"key")))
    page = demo.visitor("dora").page(f"/Town/{TODAY}/map", headers={"Accept-Language": "en"})
    assert "OpenStreetMap" not in page
    assert page.count("演示数据") == 2  # on the page's band, and on the map itself


def test_a_day_without_a_plan_says_so(world: World) -> None:
    page = world.visitor("dora").page("/Town/2026-03-03/map", headers={"Accept-Language": "en"})
    assert "No plan of this day yet" in page


@given(st.integers(0, 150), st.randoms())
def test_crews_look_different_and_always_the_same(count: int, chance: Any) -> None:
    ids = [f"crew {number:03}" for number in range(count)]
    looks = crew_looks(ids)
    chance.shuffle(ids)
    assert crew_looks(ids) == looks
    assert sorted(look.number for look in looks.values()) == list(range(1, count + 1))
    assert all(1 <= look.colour <= COLOURS for look in looks.values())
    # Whole lines first: dashes begin where the hues are used up.
    assert all(
        (look.dash == 0) == ((look.number - 1) // HUES % DASHES == 0) for look in looks.values()
    )
    # Of any 120 crews no two have the same colour and line.
    assert len({(look.colour, look.dash) for look in looks.values()}) == min(
        count, COLOURS * DASHES
    )


def test_what_is_vendored_stands_with_its_licence() -> None:
    vendored = ROOT / "web" / "static" / "vendor"
    told = (vendored / "README.md").read_text(encoding="utf-8")
    for folder in (path for path in vendored.iterdir() if path.is_dir()):
        assert (folder / "LICENSE.md").is_file()
        assert f"{folder.name}/LICENSE" in told
    script = (vendored / "leaflet" / "leaflet.js").read_text(encoding="utf-8")
    assert "Leaflet 1.9.4" in script
    assert "| Leaflet | 1.9.4 |" in told
    assert "| protomaps-leaflet | 5.1.0 |" in told
    for name in ("uPlot.esm.js", "uPlot.min.css"):
        assert sha256((vendored / "uplot" / name).read_bytes()).hexdigest() in told


def keep(world: World, plan: Plan) -> None:
    """Keep another version of today's plan."""
    crews = (crew("alice", source="single"),)
    targets = {stop.id: Target(stop.id) for trip in plan.itineraries for stop in trip.visits}
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(new_plan(plan=plan, crews=crews, targets=targets))


def test_a_point_becomes_whole_units() -> None:
    from web.map.drawing import units

    assert units(Point(30.000004, 122.000006)) == [3_000_000, 12_200_001]
    assert UNITS_PER_DEGREE == 100_000
