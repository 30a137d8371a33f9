"""More spots for a matrix: as if all had been asked for at once, at the price of two searches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from routing.hierarchy import Hierarchy
from routing.mode_roads import Roads
from routing.point import Point
from routing.sources.road_network import RoadTravelTimes
from routing.travel import UNREACHABLE, Mode, Spot
from tests.routing.little_town import STREET, at, row, town
from tests.routing.real_roads import network_of

MODES = [Mode.CAR, Mode.WALK]


def test_spots_one_by_one_make_the_same_matrix(extracts: Path) -> None:
    network = network_of(extracts, "queens-village.osm.pbf")
    rng = np.random.default_rng(4)
    lat = rng.uniform(network.lat.min(), network.lat.max(), 40)
    lon = rng.uniform(network.lon.min(), network.lon.max(), 40)
    spots = [Spot(Point(*place), 5.0) for place in zip(lat.tolist(), lon.tolist(), strict=True)]
    spots += [spots[3], Spot(Point(0, 0)), Spot(spots[7].point)]  # twice, at sea, a door
    times = RoadTravelTimes(Roads(network))
    whole = times.matrix(spots, MODES)
    table = times.table(spots[:30], MODES)
    for spot in spots[30:]:
        table = table.with_more([spot])
    assert (table.matrix.seconds == whole.seconds).all()
    assert (table.matrix.metres == whole.metres).all()
    assert dict(table.matrix.off_road) == dict(whole.off_road)
    assert (whole.seconds[:, 0, 41, :41] == UNREACHABLE).all()


def test_one_more_spot_costs_two_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    network = town(row(20), (list(range(1, 21)), STREET))
    table = RoadTravelTimes(Roads(network)).table([Spot(at(i)) for i in range(19)], [Mode.CAR])
    searched: list[int] = []
    usual = Hierarchy._reached

    def counted(self: Hierarchy, up: object, down: object, ends: object, threads: int) -> object:
        searched.append(len(ends.first) - 1)  # type: ignore[attr-defined]
        return usual(self, up, down, ends, threads)  # type: ignore[arg-type]

    monkeypatch.setattr(Hierarchy, "_reached", counted)
    grown = table.with_more([Spot(at(18.5))])
    assert searched == [1, 1]
    assert grown.matrix.seconds[0, 0, 0, 19] > grown.matrix.seconds[0, 0, 0, 18]
    assert len(table) == 19  # the one before stays as it was


def test_a_table_of_nothing_takes_more() -> None:
    network = town(row(3), ([1, 2, 3], STREET))
    table = RoadTravelTimes(Roads(network)).table([], [Mode.CAR]).with_more([])
    assert len(table) == 0
    assert table.with_more([Spot(at(0)), Spot(at(1))]).matrix.seconds.shape == (1, 1, 2, 2)
