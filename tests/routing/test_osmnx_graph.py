from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import osmnx
import pytest

from routing.errors import ExtractError, FetchError
from routing.mode_roads import Roads
from routing.osmnx_graph import fetch_place, from_osmnx, to_osmnx
from routing.reading import read_roads
from routing.roads import CLOSED, RoadNetwork
from routing.sources.road_network import RoadTravelTimes
from routing.travel import Mode, Spot
from tests.routing.little_town import STREET, at, row, town, write_osm

ONE_WAY = {**STREET, "oneway": "yes"}
SQUARE = {1: at(0), 2: at(1), 3: at(1, 1), 4: at(0, 1)}
WAYS = (
    ([1, 2, 3], {**STREET, "maxspeed": "30 mph"}),
    ([3, 4, 1], ONE_WAY),
    ([1, 3], {"highway": "footway"}),
)


@pytest.fixture
def graph(tmp_path: Path) -> nx.MultiDiGraph[Any]:
    """The square as OSMnx itself reads it."""
    path = write_osm(tmp_path / "square.osm", SQUARE, *WAYS)
    read: nx.MultiDiGraph[Any] = osmnx.graph_from_xml(path, simplify=False)
    return read


def durations(network: RoadNetwork) -> set[tuple[int, ...]]:
    """Tail, head and seconds by car, by e-bike and on foot of every arc."""
    ends = zip(network.node_id[network.tail], network.node_id[network.head], strict=True)
    seconds = np.where(network.duration_ms == CLOSED, CLOSED, network.duration_ms // 1000)
    return {
        (int(tail), int(head), *times) for (tail, head), times in zip(ends, seconds.T, strict=True)
    }


def test_osmnx_and_our_own_reader_make_the_same_roads(graph: nx.MultiDiGraph[Any]) -> None:
    network = from_osmnx(graph, source="square")
    assert durations(network) == durations(town(SQUARE, *WAYS))
    assert "Little Street" in network.way_name.tolist()
    assert len(network.source_sha256) == 64


def test_graphml_is_read_like_any_extract(graph: nx.MultiDiGraph[Any], tmp_path: Path) -> None:
    osmnx.save_graphml(graph, tmp_path / "square.graphml")
    network = read_roads(tmp_path / "square.graphml")
    assert durations(network) == durations(from_osmnx(graph))
    assert network.source == "square.graphml"


def test_a_simplified_graph_keeps_its_times(graph: nx.MultiDiGraph[Any]) -> None:
    spots = [Spot(SQUARE[1]), Spot(SQUARE[3])]
    simplified = osmnx.simplify_graph(graph)
    assert len(simplified) < len(SQUARE)
    simple = from_osmnx(simplified)
    assert len(simple) == len(SQUARE)  # where an edge bends, there is a node again
    assert {*zip(simple.lat, simple.lon, strict=True)} == {(p.lat, p.lon) for p in SQUARE.values()}
    for mode in Mode:
        found, expected = (
            RoadTravelTimes(Roads(network)).matrix(spots, [mode]).seconds
            for network in (simple, from_osmnx(graph))
        )
        np.testing.assert_array_equal(found, expected)


def test_of_several_values_the_first_counts(graph: nx.MultiDiGraph[Any]) -> None:
    for _, _, data in graph.edges(data=True):
        data["highway"], data["name"] = [data["highway"], "steps"], ["First", "Second"]
    network = from_osmnx(graph)
    assert set(network.way_name.tolist()) == {"First"}
    assert set(network.way_class.tolist()) == {"residential", "footway"}


def test_a_graph_for_osmnx_says_what_osmnx_needs() -> None:
    graph = to_osmnx(town(SQUARE, *WAYS), Mode.CAR)
    osmnx.convert.validate_graph(graph)
    assert sorted(graph.edges()) == [(1, 2), (2, 1), (2, 3), (3, 2), (3, 4), (4, 1)]
    edge = graph.edges[3, 4, 0]
    assert edge["oneway"] is True
    assert graph.edges[1, 2, 0]["oneway"] is False
    assert edge["length"] == pytest.approx(111.2)
    assert edge["speed_kph"] == pytest.approx(25, rel=1e-4)
    # Both ways round are as long; the posted 30 mph are faster than a residential street.
    assert osmnx.shortest_path(graph, 3, 1, weight="travel_time") == [3, 2, 1]


def test_there_and_back_a_modes_roads_are_the_same() -> None:
    network = town(SQUARE, *WAYS[1:])
    again = from_osmnx(to_osmnx(network, Mode.CAR))
    assert {arc[:3] for arc in durations(again) if arc[2] != CLOSED} == {
        arc[:3] for arc in durations(network) if arc[2] != CLOSED
    }


def test_a_projected_graph_is_refused(graph: nx.MultiDiGraph[Any]) -> None:
    with pytest.raises(ExtractError, match=r"is no graph of OSMnx in degrees.*latitude"):
        from_osmnx(osmnx.projection.project_graph(graph, to_crs="epsg:3857"))


def test_a_graph_of_another_kind_is_refused() -> None:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph([("a", "b")])
    with pytest.raises(ExtractError, match="is no graph of OSMnx"):
        from_osmnx(graph)


def test_an_empty_graph_has_no_roads() -> None:
    with pytest.raises(ExtractError, match="holds no roads"):
        from_osmnx(nx.MultiDiGraph())


def test_a_place_is_fetched_with_the_tags_that_matter(
    graph: nx.MultiDiGraph[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def fake(place: str, **options: object) -> nx.MultiDiGraph[Any]:
        asked.update(options, place=place, tags=osmnx.settings.useful_tags_way)
        return graph

    before = list(osmnx.settings.useful_tags_way)
    monkeypatch.setattr(osmnx, "graph_from_place", fake)
    network = fetch_place("Little Town")
    assert network.source == "Little Town"
    assert durations(network) == durations(from_osmnx(graph))
    assert asked["place"] == "Little Town"
    assert asked["network_type"] == "all"
    assert {"motor_vehicle", "bicycle", "oneway:bicycle"} <= set(str(asked["tags"]).split("'"))
    assert osmnx.settings.useful_tags_way == before


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ConnectionError("no route to host"), "out of reach.*no route to host.*add it as a file"),
        (TypeError("no polygon"), "'Nowhere' could not be fetched: no polygon. Name a town"),
        (ValueError("no data"), "'Nowhere' could not be fetched: no data. Name a town"),
    ],
)
def test_what_goes_wrong_when_fetching_is_said(
    monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(osmnx, "graph_from_place", fail)
    with pytest.raises(FetchError, match=message):
        fetch_place("Nowhere")


def test_a_row_of_streets_keeps_its_ids() -> None:
    graph = to_osmnx(town(row(3), ([1, 2, 3], STREET)), Mode.WALK)
    assert {data["osmid"] for _, _, data in graph.edges(data=True)} == {1}
