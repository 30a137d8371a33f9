"""What is asked beside OSRM, on a junction that can be argued by hand, and of a stand-in for it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.beside_osrm import plain_ends, twins, write_osm
from benchmarks.measure import NotHereError
from benchmarks.osrm_process import PYTHON, Osrm
from benchmarks.road_graphs import Graph
from benchmarks.road_turns import amid, matrix, turning
from routing.contraction import build_hierarchy
from routing.legs import duration_keys, durations_ms
from routing.reading import read_roads
from routing.speeds import MODES
from routing.travel import Mode

ENDS = np.array([[0, 1], [0, 2], [0, 3]], np.int32)
"""Streets from a junction to the west, the east and the north, each a second long."""

TAIL, HEAD = np.vstack((ENDS, ENDS[:, ::-1])).T.copy()
GRAPH = Graph(4, TAIL, HEAD, np.full(6, 1000))
AT = np.array([(0, 0), (0, -0.001), (0, 0.001), (0.001, 0)])
STREETS = np.column_stack((np.arange(3), twins(GRAPH)[:3]))

STAND_IN = """
class OSRM:
    def __init__(self, **config): pass
    def Table(self, parameters):
        k = len(parameters.coordinates)
        return {"durations": [range(k)] * k, "sources": [{"hint": str(at)} for at in range(k)]}

class TableParameters:
    def __init__(self, coordinates, hints=(), generate_hints=True): self.coordinates = coordinates
"""


def test_a_way_back_is_found_of_every_arc() -> None:
    assert STREETS.tolist() == [[0, 3], [1, 4], [2, 5]]


def test_half_of_each_street_is_driven_and_the_turn_between() -> None:
    """Straight on costs nothing, a right angle half of 7.5 s in whole tenths."""
    costly = turning(GRAPH._replace(key=duration_keys(GRAPH.key)), AT)
    plain = build_hierarchy(*GRAPH).keys(*plain_ends(GRAPH, STREETS))
    turned = durations_ms(matrix(costly, amid(GRAPH, np.arange(3)), 1))
    assert plain[0, 1:].tolist() == [1000, 1000]
    assert turned[0].tolist() == [0, 1000, 1000 + 3800]


def test_streets_are_written_with_the_speed_that_they_take(tmp_path: Path) -> None:
    """40 m in a second are 144 km/h, which OSRM drives where 180 are allowed."""
    file = tmp_path / "junction.osm"
    write_osm(GRAPH, AT, np.full(6, 40.0), file)
    assert 'k="maxspeed" v="180"' in file.read_text()
    roads = read_roads(file)
    assert (len(roads), int((roads.duration_ms[MODES.index(Mode.CAR)] > 0).sum())) == (4, 6)


def test_without_osrm_it_is_said_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PYTHON, raising=False)
    with pytest.raises(NotHereError, match=f"set {PYTHON} to a Python of 3.12"):
        Osrm(tmp_path / "island.osm")
    monkeypatch.setenv(PYTHON, str(tmp_path / "none"))
    with pytest.raises(NotHereError, match="none has no OSRM"):
        Osrm(tmp_path / "island.osm")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in's tools are shell scripts")
def test_a_process_answers_a_row_and_then_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "osrm" / "bin"
    tools.mkdir(parents=True)
    (tmp_path / "osrm" / "__init__.py").write_text(STAND_IN)
    for name in ("osrm-extract", "osrm-contract"):
        (tools / name).write_text("#!/bin/sh\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv(PYTHON, sys.executable)
    process = Osrm(tmp_path / "island.osm")
    assert process.build_s > 0
    assert process.first_row_s(np.array([[22.1, 114.1], [22.2, 114.2]])) == [0, 1]
    assert process.table_s() > 0
    process.end()
