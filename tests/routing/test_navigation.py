"""Links into others' maps: the right place in the right datum, and no word of whose it is."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from routing.datum import Datum, convert
from routing.navigation import DESTINATION, NAVIGATORS, SENDER, links
from routing.point import Point, distance_m
from routing.travel import Mode

BEIJING, NEW_YORK, HONG_KONG = Point(39.915, 116.404), Point(40.7128, -74.006), Point(22.28, 114.16)
GCJ02_OF_BEIJING = "39.916404", "116.410244"
"""As the readme of the widely used `coordtransform` library prints it, to six decimals."""

NEUTRAL = {DESTINATION, SENDER, "我的位置", "gaode", "html", "bd09ll", "1"}
"""All words that may stand beside coordinates and how somebody travels: of all doors the same."""


def parts(code: str, to: Point, mode: Mode = Mode.EBIKE) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(NAVIGATORS[code].link(to, mode)).query, strict_parsing=True))


def place(code: str, to: Point) -> Point:
    """Return the coordinates that a link tells."""
    told = parts(code, to)
    if code == "amap":
        lon, lat, _ = told["to"].split(",")
        return Point(float(lat), float(lon))
    names = {
        "baidu": "destination",
        "tencent": "tocoord",
        "apple": "daddr",
        "google": "destination",
    }
    text = told[names[code]].removeprefix("latlng:").partition("|")[0]
    lat, lon = text.split(",")
    return Point(float(lat), float(lon))


@pytest.mark.parametrize("code", ["amap", "tencent", "apple", "google"])
def test_the_mainland_is_told_in_gcj_02(code: str) -> None:
    told = place(code, BEIJING)
    assert (f"{told.lat:.6f}", f"{told.lon:.6f}") == GCJ02_OF_BEIJING


def test_baidu_is_told_its_own_datum() -> None:
    """BD-09 of the pair above, which lies another kilometre on."""
    told = place("baidu", BEIJING)
    back = convert(told.lat, told.lon, Datum.BD09, Datum.GCJ02)
    assert f"{float(back.lat):.5f}" == GCJ02_OF_BEIJING[0][:-1]
    assert 900 < distance_m(told, BEIJING) < 1700


@pytest.mark.parametrize("code", NAVIGATORS)
@pytest.mark.parametrize("abroad", [NEW_YORK, HONG_KONG])
def test_elsewhere_nothing_is_shifted(code: str, abroad: Point) -> None:
    assert distance_m(place(code, abroad), abroad) < 0.1


@pytest.mark.parametrize("code", NAVIGATORS)
@pytest.mark.parametrize("mode", Mode)
def test_nothing_but_coordinates_mode_and_neutral_words_is_told(code: str, mode: Mode) -> None:
    one = NAVIGATORS[code]
    for value in parts(code, NEW_YORK, mode).values():
        left = [word for part in value.split("|") for word in part.split(",")]
        words = {word.removeprefix("latlng:").removeprefix("name:") for word in left}
        kept = {word for word in words if word not in NEUTRAL and word != one.modes[mode]}
        assert kept <= {"40.712800", "-74.006000"}


@pytest.mark.parametrize("code", NAVIGATORS)
def test_who_walks_rides_or_drives_is_led_so(code: str) -> None:
    made = {NAVIGATORS[code].link(BEIJING, mode) for mode in Mode}
    assert len(made) == len(Mode) - (code == "tencent")
    assert all(link.startswith("https://") for link in made)


def test_where_links_know_no_bicycle_none_is_led_onto_a_motorway() -> None:
    """Tencent's pages document bus, drive and walk; Apple's ignore a word that they do not know."""
    assert parts("tencent", BEIJING, Mode.EBIKE)["type"] == "walk"
    assert parts("apple", BEIJING, Mode.EBIKE)["dirflg"] == "c"


def test_baidu_is_told_a_sender_of_the_form_that_it_asks_for() -> None:
    """Its documents ask for webapp.company.app, and promise nothing to links without it."""
    assert parts("baidu", BEIJING)["src"].count(".") == 2


def test_a_door_has_the_links_that_are_allowed_and_no_others() -> None:
    assert links((), BEIJING, Mode.CAR) == {}
    assert list(links(("google", "amap"), BEIJING, Mode.CAR)) == ["google", "amap"]
    assert links(("google",), NEW_YORK, Mode.CAR)["google"] == (
        "https://www.google.com/maps/dir/?api=1&destination=40.712800,-74.006000&travelmode=driving"
    )
