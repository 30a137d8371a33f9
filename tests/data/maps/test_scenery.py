"""What of an extract is on the map beside its roads, and from which zoom on."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.maps.feature import Layer, zoom_of_size
from data.maps.kinds import area_of
from data.maps.scenery import read_scenery
from routing.errors import ExtractError
from tests.routing.little_town import STREET, Tags, at, write_osm

SQUARE = {1: at(0), 2: at(1), 3: at(1, 1), 4: at(0, 1)}


def test_areas_lines_and_places_are_read_with_their_names(tmp_path: Path) -> None:
    pond = {5: at(2), 6: at(2.05), 7: at(2.05, 0.05), 8: at(2, 0.05)}  # 5.6 m wide
    file = write_osm(
        tmp_path / "green.osm",
        SQUARE | pond | {9: at(3)},
        ([1, 2, 3, 4, 1], {"leisure": "park", "name": "人民公园"}),
        ([5, 6, 7, 8, 5], {"natural": "water"}),
        ([1, 2, 3, 1], {"building": "yes", "name": "not on the map"}),
        ([1, 3], {"waterway": "canal", "name": "Grand Canal"}),
        ([1, 2], {"waterway": "stream", "tunnel": "culvert"}),
        ([1, 2], {"railway": "rail", "bridge": "yes"}),
        ([1, 2], {**STREET, "bridge": "yes"}),
        ([1, 2, 99], {"leisure": "park"}),  # cut by the extract: no area
        tagged={9: {"place": "suburb", "name": "西山区"}},
    )
    scenery = read_scenery(file)
    found = {(one.layer, one.kind, one.name): one for one in scenery.features}
    assert set(found) == {
        (Layer.GREEN, "park", ""),
        (Layer.LABELS, "park", "人民公园"),
        (Layer.WATER, "water", ""),
        (Layer.BUILDINGS, "building", ""),
        (Layer.WATER, "canal", "Grand Canal"),
        (Layer.RAILS, "rail", ""),
        (Layer.LABELS, "suburb", "西山区"),
    }
    assert found[Layer.RAILS, "rail", ""].properties == {"kind": "rail", "crossing": "bridge"}
    assert scenery.crossings == {7: "bridge"}
    middle = found[Layer.LABELS, "park", "人民公园"].shape
    assert (middle.x, middle.y) == (pytest.approx(0.0005), pytest.approx(0.0005))
    # The larger is seen from farther away, and its name only where there is room for it.
    park, pond_, name = (
        found[key].from_zoom
        for key in (
            (Layer.GREEN, "park", ""),
            (Layer.WATER, "water", ""),
            (Layer.LABELS, "park", "人民公园"),
        )
    )
    assert park < name
    assert park < pond_


def test_what_is_three_pixels_wide_is_drawn() -> None:
    # At zoom 0 a pixel of the equator is 156.5 km, at zoom 15 it is 4.78 m, at 60° N half of it.
    assert zoom_of_size(3 * 4.78, 0, 3) == 15
    assert zoom_of_size(3 * 4.78, 60, 3) == 14
    assert zoom_of_size(1e9, 0, 3) == 8
    assert zoom_of_size(0, 0, 3) == 18


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({"natural": "water"}, (Layer.WATER, "water")),
        ({"waterway": "riverbank"}, (Layer.WATER, "water")),
        ({"leisure": "park"}, (Layer.GREEN, "park")),
        ({"leisure": "park", "natural": "water"}, (Layer.WATER, "water")),
        ({"landuse": "forest"}, (Layer.GREEN, "wood")),
        ({"landuse": "residential"}, (Layer.LAND, "homes")),
        ({"amenity": "school", "building": "yes"}, (Layer.LAND, "campus")),
        ({"building": "yes"}, (Layer.BUILDINGS, "building")),
        ({"building": "no"}, None),
        ({"natural": "coastline"}, None),
    ],
)
def test_areas_are_known_by_their_tags(tags: Tags, found: tuple[Layer, str] | None) -> None:
    assert area_of(tags) == found


def test_an_outline_that_encloses_nothing_is_left_out(tmp_path: Path) -> None:
    line_and_back = ([1, 2, 3, 2, 1], {"building": "yes"})
    assert read_scenery(write_osm(tmp_path / "line.osm", SQUARE, line_and_back)).features == []


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.osm"
    broken.write_text("<osm><way", encoding="utf-8")
    with pytest.raises(ExtractError, match="broken"):
        read_scenery(broken)
