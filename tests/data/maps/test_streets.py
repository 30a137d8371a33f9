"""The streets of the map: each once, joined, with what the style tells apart."""

from __future__ import annotations

from pathlib import Path

from data.maps.streets import street_features
from routing.reading import read_roads
from routing.roads import RoadNetwork
from tests.routing.little_town import STREET, at, row, town, write_osm

Drawn = set[tuple[str, str, tuple[tuple[float, float], ...]]]


def drawn(network: RoadNetwork) -> Drawn:
    """Kind, name and line of each street, from its south-western end, in steps: east, north."""
    return {
        (street.kind, street.name, min(line, line[::-1]))
        for street in street_features(network, {})
        for line in [
            tuple((round(x * 1000, 2), round(y * 1000, 2)) for x, y in street.shape.coords)
        ]
    }


def test_a_street_is_drawn_once_for_both_directions() -> None:
    network = town(row(3) | {4: at(1, 1)}, ([1, 2, 4], STREET), ([2, 3], {"highway": "footway"}))
    assert drawn(network) == {
        ("path", "", ((1, 0), (2, 0))),
        ("street", "Little Street", ((0, 0), (1, 0), (1, 1))),
    }


def test_ways_of_one_name_become_one_line() -> None:
    network = town(row(3), ([1, 2], STREET), ([2, 3], {**STREET, "oneway": "yes"}))
    ((kind, name, line),) = drawn(network)
    assert (kind, name, line[0], line[-1]) == ("street", "Little Street", (0, 0), (2, 0))


def test_a_link_is_drawn_as_its_road_and_told_apart() -> None:
    network = town(row(3), ([1, 2], {"highway": "primary_link"}), ([2, 3], {"highway": "primary"}))
    road, link = street_features(network, {})
    assert (road.kind, road.properties.get("link")) == ("primary", None)
    assert (link.kind, link.properties.get("link")) == ("primary", 1)
    assert link.from_zoom > road.from_zoom


def test_a_bridge_is_no_part_of_the_street_on_the_ground() -> None:
    network = town(row(4), ([1, 2], STREET), ([2, 3], STREET), ([3, 4], STREET))
    crossings = {
        street.more.get("crossing", "") for street in street_features(network, {2: "bridge"})
    }
    assert crossings == {"", "bridge"}
    (bridge,) = (one for one in street_features(network, {2: "bridge"}) if one.more)
    assert bridge.shape.length * 1000 == 1


def test_a_bollard_interrupts_driving_but_not_the_line(tmp_path: Path) -> None:
    nodes = {1: at(0), 2: at(1, 0.5), 3: at(2)}
    bollard = {2: {"barrier": "bollard"}}
    file = write_osm(tmp_path / "bollard.osm", nodes, ([1, 2, 3], STREET), tagged=bollard)
    assert drawn(read_roads(file)) == {("street", "Little Street", ((0, 0), (1, 0.5), (2, 0)))}


def test_of_what_is_no_road_nothing_is_drawn() -> None:
    network = town(row(3), ([1, 2], STREET), ([2, 3], {"highway": "proposed"}))
    assert {street.kind for street in street_features(network, {})} == {"street"}
