"""A city on both sides of 180°: streets, walks, cuts and merges go over the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from routing.connectivity import connectivity_report
from routing.cutting import cut
from routing.errors import ExtractError
from routing.extent import Box, read_box
from routing.merging import merge
from routing.mode_roads import Roads
from routing.point import Point
from routing.reading import read_roads
from routing.sources.road_network import RoadTravelTimes
from routing.travel import Mode, Spot
from tests.routing.little_places import ExtractText
from tests.routing.test_cutting import content, silent

STEP_M = 111.195  # a thousandth of a degree along the equator
OVER_180 = "179.9,-1,-179.9,1"
ALL_AROUND = '<bounds minlat="-1" minlon="-180" maxlat="1" maxlon="180"/>'
HERE, THERE = Box(179.99, -1, 180, 1), Box(-180, -1, -179.99, 1)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A street of four steps with its middle on 180°, and a bakery on the Greenwich meridian."""
    text = ExtractText()
    street = [(0.0, lon) for lon in (179.998, 179.999, 180.0, -179.999, -179.998)]
    text.way(*street, highway="residential", name="Dateline Road")
    text.node((0, 0), shop="bakery")
    return text.write(tmp_path / "town.osm")


def test_a_street_over_the_line_is_as_long_as_anywhere(town: Path) -> None:
    roads = read_roads(town)
    assert roads.length_dm.tolist() == pytest.approx([STEP_M * 10] * 8, abs=1)
    (car, *_) = connectivity_report(roads).modes
    assert car.km == pytest.approx(4 * STEP_M / 1000, abs=0.001)
    assert car.strong_parts == 1


def test_people_walk_over_the_line(town: Path) -> None:
    """From half a step before 180° to half a step behind."""
    spots = [Spot(Point(0, lon)) for lon in (179.9995, -179.9995)]
    metres = RoadTravelTimes(Roads(read_roads(town))).matrix(spots, [Mode.WALK]).metres[0, 0]
    assert metres.tolist() == [[0, pytest.approx(STEP_M, abs=1)], [pytest.approx(STEP_M, abs=1), 0]]


@pytest.mark.parametrize(
    "header", ["", '<bounds minlat="-1" minlon="-180" maxlat="1" maxlon="180"/>']
)
def test_a_box_over_the_line_holds_both_sides(town: Path, tmp_path: Path, header: str) -> None:
    text = town.read_text().replace('version="0.6">', f'version="0.6">{header}', 1)
    town.write_text(text)
    cut(town, read_box(OVER_180), tmp_path / "cut.osm.pbf", silent)
    assert content(tmp_path / "cut.osm.pbf") == ({1, 2, 3, 4, 5}, {1}, set())
    cut(tmp_path / "cut.osm.pbf", read_box(OVER_180), tmp_path / "again.osm.pbf", silent)
    assert content(tmp_path / "again.osm.pbf") == ({1, 2, 3, 4, 5}, {1}, set())


def test_a_box_over_the_line_is_looked_up_on_both_sides(town: Path, tmp_path: Path) -> None:
    bounds = '<bounds minlat="-1" minlon="-179" maxlat="1" maxlon="179"/>'
    town.write_text(town.read_text().replace('version="0.6">', f'version="0.6">{bounds}', 1))
    with pytest.raises(ExtractError, match=r"it spans -179,-1,179,1\) lies within 179\.9,-1,-179"):
        cut(town, read_box(OVER_180), tmp_path / "cut.osm.pbf", silent)


def test_halves_of_a_town_are_merged_over_the_line(town: Path, tmp_path: Path) -> None:
    halves = [tmp_path / "here.osm.pbf", tmp_path / "there.osm.pbf"]
    for half, box in zip(halves, (HERE, THERE), strict=True):
        cut(town, box, half, silent)
    merge(halves, tmp_path / "merged.osm.pbf", silent)
    assert len(read_roads(tmp_path / "merged.osm.pbf")) == 5


def test_a_box_with_its_sides_mixed_up_is_refused() -> None:
    with pytest.raises(ValueError, match=r"its west, 121\.7, is not left of its east, 121\.4"):
        read_box("121.7,29.7,121.4,30.0")
