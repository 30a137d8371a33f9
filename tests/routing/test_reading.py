from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from routing.errors import ExtractError
from routing.reading import read_roads
from routing.travel import Mode
from tests.routing.little_town import STREET, at, row, write_osm
from tests.routing.real_roads import network_of

NAMES = (
    "shanghai-downtown.osm",
    "taipei-datong.osm",
    "queens-village.osm.pbf",
    "liechtenstein.osm.pbf",
    "vancouver.osm.pbf",
)


def test_an_extract_becomes_a_network(tmp_path: Path) -> None:
    path = write_osm(
        tmp_path / "town.osm", row(3), ([1, 2, 3], STREET), ([1, 3], {"building": "x"})
    )
    network = read_roads(path)
    assert network.node_id.tolist() == [1, 2, 3]
    assert network.lon.tolist() == [0, 0.001, 0.002]
    assert network.way_name.tolist() == ["Little Street"]
    assert not network.is_clipped.any()
    assert network.source == "town.osm"
    assert network.source_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_clipped_way_is_split_where_its_nodes_are_missing(tmp_path: Path) -> None:
    nodes = {1: at(0), 2: at(1), 5: at(4), 6: at(5)}
    line = [8, 1, 2, 3, 4, 5, 6, 7]  # 3, 4, 7 and 8 lie beyond the edge
    network = read_roads(write_osm(tmp_path / "town.osm", nodes, (line, STREET)))
    ends = zip(network.node_id[network.tail], network.node_id[network.head], strict=True)
    assert set(ends) == {(1, 2), (2, 1), (5, 6), (6, 5)}
    assert network.is_clipped.all()


def test_a_way_with_one_node_left_is_dropped_and_its_neighbour_stays(tmp_path: Path) -> None:
    path = write_osm(tmp_path / "town.osm", row(2), ([9, 2, 8], STREET), ([1, 2], STREET))
    network = read_roads(path)
    assert set(network.way_id[network.way].tolist()) == {2}
    assert network.is_clipped.tolist() == [False, True]  # the dropped way goes on from node 2


def test_a_bollard_of_an_extract_stops_cars(tmp_path: Path) -> None:
    bollard = {2: {"barrier": "bollard"}}
    path = write_osm(tmp_path / "town.osm", row(3), ([1, 2, 3], STREET), tagged=bollard)
    network = read_roads(path)
    assert network.main_nodes(Mode.CAR).sum() < network.main_nodes(Mode.WALK).sum()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("town.osm", b"", "cannot be read as OpenStreetMap data"),
        ("town.osm", b"<html></html>", "cannot be read as OpenStreetMap data.*html"),
        ("town.osm", b'<osm version="0.6"></osm>', "holds no roads"),
        ("town.osm.pbf", b"\x89PNG\r\n\x1a\n" * 99, "cannot be read as OpenStreetMap data"),
        ("cases.csv", b"contract,name\n", "cannot be read as OpenStreetMap data"),
        ("town.graphml", b"<graphml/>", "cannot be read as an OSMnx graph"),
        ("town.graphml", b"no xml", "cannot be read as an OSMnx graph"),
    ],
)
def test_a_file_of_another_kind_is_named(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ExtractError, match=rf"^{name}.*{message}|{message}"):
        read_roads(path)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"none\.osm is not there"):
        read_roads(tmp_path / "none.osm")


def test_an_extract_without_roads_says_what_to_do(tmp_path: Path) -> None:
    path = write_osm(tmp_path / "lake.osm", row(2), ([1, 2], {"natural": "water"}))
    with pytest.raises(ExtractError, match=r"lake\.osm holds no roads.*Export the area again"):
        read_roads(path)


def test_an_extract_of_ways_without_any_node_says_so(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="holds no roads"):
        read_roads(write_osm(tmp_path / "town.osm", {}, ([1, 2], STREET)))


@pytest.mark.parametrize("name", ["vancouver.osm.pbf", "shanghai-downtown.osm"])
def test_a_truncated_extract_is_refused(extracts: Path, tmp_path: Path, name: str) -> None:
    whole = (extracts / "osm" / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ExtractError, match="download or export it again"):
        read_roads(path)


@pytest.mark.parametrize("name", NAMES)
def test_real_extracts_are_read(extracts: Path, name: str) -> None:
    network = network_of(extracts, name)
    for mode in Mode:
        main, used = network.main_nodes(mode), network.used_nodes(mode)
        assert main.any()
        assert not (main & ~used).any()
    assert (network.length_dm >= 0).all()
    # No bend of a real street is as far as this from the next.
    assert network.length_dm[network.is_street].max() < 50_000


def test_the_clipped_extract_of_vancouver_knows_its_edge(extracts: Path) -> None:
    network = network_of(extracts, "vancouver.osm.pbf")
    assert network.is_clipped.sum() > 100
