"""The roads of real extracts, read and built once by each process that runs tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from routing.mode_roads import Roads
from routing.reading import read_roads
from routing.roads import RoadNetwork


def network_of(extracts: Path, name: str) -> RoadNetwork:
    return roads_of(extracts, name).network


@cache
def roads_of(extracts: Path, name: str) -> Roads:
    return Roads(read_roads(extracts / "osm" / name))
