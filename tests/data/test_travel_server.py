"""A city's times come from a server only where its setting says so in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.cities import CityFiles
from data.doctor import findings
from data.home import Home
from data.travel_server import SETTING, TravelSettingError, travel_server
from routing.errors import ServerError
from routing.point import Point
from routing.sources.osrm import OsrmTimes
from routing.sources.road_network import RoadTravelTimes
from routing.sources.valhalla import ValhallaTimes
from routing.travel import Mode, Spot
from scheduler.errors import NotFoundError
from tests.routing.little_server import A, B, serving
from tests.routing.test_osrm import osrm

LEAVE = "positions_leave = true\n"
CAR = 'osrm = { car = "http://127.0.0.1:5000" }\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dong"
    made.mkdir()
    return made


def put(folder: Path, text: str) -> None:
    (folder / SETTING).write_text(text, encoding="utf-8")


def test_without_a_setting_there_is_no_server(folder: Path) -> None:
    assert travel_server(folder) is None
    with pytest.raises(NotFoundError, match=r"dong has no roads\.npz"):
        CityFiles(folder.parent).travel_times("dong")


def test_a_setting_names_one_server(folder: Path) -> None:
    put(folder, LEAVE + CAR)
    assert isinstance(travel_server(folder), OsrmTimes)
    assert CityFiles(folder.parent).travel_times("dong") is travel_server(folder)
    put(folder, LEAVE + 'valhalla = "https://ways.lan/v"\nblock = 20\nwait_s = 30')
    named = travel_server(folder)
    assert isinstance(named, ValhallaTimes)
    assert named.source == "Valhalla at https://ways.lan"


def test_a_city_of_roads_goes_by_the_server_as_long_as_it_is_named(folder: Path) -> None:
    from tests.data.test_cities import STREET

    extract = folder.parent / "street.osm"
    extract.write_text(STREET, encoding="utf-8")
    cities = CityFiles(folder.parent)
    with serving(lambda path, _: osrm(path)) as running:
        put(folder, LEAVE + f'osrm = {{ car = "{running.url}" }}')
        cities.add("dong", extract, lambda _: None)
        times = cities.travel_times("dong").matrix([Spot(A), Spot(B)], [Mode.CAR])
    assert times.source == f"OSRM at {running.url}"
    (folder / SETTING).unlink()
    own = cities.travel_times("dong")
    assert isinstance(own, RoadTravelTimes)
    assert own.matrix([Spot(Point(30, 122))], [Mode.CAR]).source == "roads"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (CAR, "the positions of all doors and collectors would go to this server; write"),
        ("positions_leave = 1\n" + CAR, "the positions of all doors"),
        (LEAVE, "name either osrm or valhalla"),
        (LEAVE + CAR + 'valhalla = "http://here"', "name either osrm or valhalla"),
        (LEAVE + CAR + "proxy = 1", "'proxy' is not known; known: block, osrm, positions_leave"),
        (LEAVE + "valhalla = 8002", "valhalla is no URL"),
        (LEAVE + 'osrm = { transit = "http://here" }', r"no URL by mode \(car, ebike, walk\)"),
        (LEAVE + 'osrm = "http://here"', r"osrm has no URL by mode \(car, ebike, walk\)"),
        (LEAVE + "osrm = {}", "osrm has no URL by mode"),
        (LEAVE + 'osrm = { van = "http://here" }', "osrm has no URL by mode"),
        (LEAVE + "osrm = { car = 5000 }", "osrm has no URL by mode"),
        (LEAVE + CAR + "block = 0", "block should be a whole number from 1 to 10,000"),
        (LEAVE + CAR + "block = true", "block should be a whole number"),
        (LEAVE + CAR + "wait_s = 1e9", "wait_s should be a whole number from 1 to 600"),
        ("osrm =", "is no TOML"),
    ],
)
def test_a_fault_sends_nothing(folder: Path, text: str, fault: str) -> None:
    put(folder, text)
    with pytest.raises(TravelSettingError, match=rf"^dong/travel\.toml.*{fault}"):
        CityFiles(folder.parent).travel_times("dong")


def test_a_url_that_is_none_and_a_file_that_is_no_text(folder: Path) -> None:
    put(folder, LEAVE + 'valhalla = "ways.lan"')
    with pytest.raises(ServerError, match="the URL of Valhalla should be as in"):
        travel_server(folder)
    (folder / SETTING).write_bytes(b"\xff")
    with pytest.raises(TravelSettingError, match=r"dong/travel\.toml is not UTF-8 \(line 1\)"):
        travel_server(folder)


def test_the_doctor_says_where_positions_go(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    folder = home.cities / "dong"
    folder.mkdir(parents=True)

    def told() -> str:
        return next(found.text for found in findings(home) if found.what == "travel times of dong")

    assert told() == "by its own roads"
    put(folder, LEAVE + CAR)
    assert told() == "positions of doors go to OSRM at http://127.0.0.1:5000"
    put(folder, CAR)
    assert "positions_leave = true if they may" in told()
