"""GPX by its schema's rules, and GeoJSON by RFC 7946's."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pytest

from data.exports.day import BAND, ExportDay
from data.exports.geojson import write_geojson
from data.exports.gpx import NAMESPACE, write_gpx
from routing.paths import LegPath
from routing.point import Point
from tests.data.exports.little_day import END, FIRST, REST, START, clock, crew, export_day, visit

ORDER = {
    "gpx": ("metadata", "wpt", "rte", "trk", "extensions"),
    "metadata": ("name", "desc", "author", "copyright", "link", "time", "keywords", "bounds"),
    "wpt": ("ele", "time", "magvar", "name", "cmt", "desc", "src", "link", "sym", "type"),
    "rte": ("name", "cmt", "desc", "src", "link", "number", "type", "extensions", "rtept"),
}
"""The children that GPX 1.1 allows, in the order that its schema wants; a rtept is a wpt."""


def gpx(day: ExportDay) -> Element:
    return fromstring(write_gpx(day))


def tag(element: Element) -> str:
    namespace, _, name = element.tag.partition("}")
    assert namespace == f"{{{NAMESPACE}"
    return name


def text(element: Element, *path: str) -> str | None:
    return element.findtext("/".join(f"{{{NAMESPACE}}}{name}" for name in path))


def geojson(day: ExportDay) -> Any:
    return json.loads(write_geojson(day))


# GPX.


def test_a_gpx_holds_to_its_schema() -> None:
    root = gpx(export_day())
    assert (root.get("version"), root.get("creator")) == ("1.1", "dayround")
    for element in root.iter():
        kind = "wpt" if tag(element) == "rtept" else tag(element)
        children = [tag(child) for child in element]
        order = ORDER.get(kind, ())
        assert sorted(children, key=order.index) == children, kind
        if kind == "wpt":
            assert -90 <= float(element.get("lat", "nan")) <= 90
            assert -180 <= float(element.get("lon", "nan")) < 180


def test_the_checker_of_the_schema_would_see_a_wrong_order() -> None:
    with pytest.raises(ValueError, match="is not in"):
        sorted(["time", "speed"], key=list(ORDER["wpt"]).index)
    assert sorted(["name", "time"], key=ORDER["wpt"].index) != ["name", "time"]


def test_a_route_goes_from_start_by_each_visit_to_the_end() -> None:
    (way,) = gpx(export_day(crew(FIRST, REST), language="zh")).findall(f"{{{NAMESPACE}}}rte")
    points = [
        (float(one.attrib["lat"]), float(one.attrib["lon"]), text(one, "name"))
        for one in way.findall(f"{{{NAMESPACE}}}rtept")
    ]
    assert points == [(25.0, 121.5, "出发"), (25.01, 121.51, "1 · 王小明"), (25.03, 121.53, "结束")]
    assert text(way, "name") == "Ann · Bea"


def test_a_waypoint_tells_what_its_reader_may_see() -> None:
    root = gpx(visit())
    assert (text(root, "wpt", "desc") or "").split("\n") == [
        *("09:00–09:20", "中山路 1 号", "home", "13800138000", "C1, C2", "Due 1,234.50 CNY")
    ]
    assert text(root, "wpt", "type") == "ann+bea"
    assert text(root, "metadata", "time") == "2026-11-22T23:00:00Z"  # 07:00 in Town


def test_a_place_that_is_in_the_book_no_more_is_no_point() -> None:
    day = visit(spot=None)
    assert gpx(day).findall(f"{{{NAMESPACE}}}wpt") == []
    assert [one["properties"]["kind"] for one in geojson(day)["features"]] == ["route"]


def test_sharp_and_rare_signs_come_back_from_xml() -> None:
    name = '<王> & "𠮷"\nJr.'
    assert text(gpx(visit(name=name)), "wpt", "name") == f"1 · {name}"


# GeoJSON.


def test_positions_are_longitude_first() -> None:
    route, stop = geojson(export_day(crew(FIRST, REST)))["features"]
    assert stop["geometry"] == {"type": "Point", "coordinates": [121.51, 25.01]}
    assert route["geometry"]["type"] == "LineString"
    assert route["geometry"]["coordinates"][0] == [121.5, 25.0]
    assert route["geometry"]["coordinates"][-1] == [121.53, 25.03]


def test_the_box_holds_every_position_longitude_first() -> None:
    # RFC 7946, 5: west, south, east, north. The crew ends beyond its only visit.
    assert geojson(export_day(crew(FIRST)))["bbox"] == [121.5, 25.0, 121.53, 25.03]


def test_a_stop_tells_what_its_reader_may_see_and_nothing_empty() -> None:
    told = geojson(visit())["features"][1]["properties"]
    assert told == {
        **{"kind": "visit", "crew": "ann+bea", "number": 1, "place": "home"},
        **{"starts": "2026-11-23T09:00:00+08:00", "ends": "2026-11-23T09:20:00+08:00"},
        **{"name": "王小明", "telephone": "13800138000", "address": "中山路 1 号"},
        **{"contracts": ["C1", "C2"], "overdue": "1234.50", "currency": "CNY"},
    }
    masked = replace(FIRST, name="王*", phone="", contracts=(), overdue=None)
    told = geojson(export_day(crew(masked)))["features"][1]["properties"]
    assert not {"telephone", "contracts", "overdue", "currency"} & told.keys()
    assert datetime.fromisoformat(told["starts"]) == clock(9)


def test_a_way_follows_the_roads_and_says_where_it_knows_none() -> None:
    bend = Point(25.02, 121.51)  # on the way from the first leg's start to its end

    def draw(legs: Any, *_: Any) -> list[LegPath | None]:
        (a, b), *others = legs
        points = (a.point, bend, b.point)
        lat, lon = (np.array([getattr(one, axis) for one in points]) for axis in ("lat", "lon"))
        return [LegPath(lat, lon, 60, 900), *(None for _ in others)]

    route = geojson(export_day(crew(FIRST), draw=draw))["features"][0]
    assert route["geometry"]["coordinates"] == [
        [121.5, 25.0], [121.51, 25.02], [121.51, 25.01], [121.53, 25.03],
    ]  # fmt: skip
    assert route["properties"]["legs_without_road"] == 1


@pytest.mark.parametrize("end", [START, END])
def test_a_crew_that_visits_nobody_has_a_line_all_the_same(end: Point) -> None:
    (route,) = geojson(export_day(crew(end=end)))["features"]
    # RFC 7946, 3.1.4: a line has two positions or more.
    assert route["geometry"]["coordinates"] == [[121.5, 25.0], [end.lon, end.lat]]


def test_a_made_up_home_says_so() -> None:
    day = export_day(is_made_up=True)
    assert geojson(day)["name"] == f"{BAND} · Town 2026-11-23"
    root = gpx(day)
    assert (text(root, "metadata", "name") or "").startswith(BAND)
    assert (text(root, "wpt", "desc") or "").startswith(BAND)
    assert (text(root, "rte", "name") or "").startswith(BAND)
    assert geojson(export_day())["name"] == "Town 2026-11-23"
