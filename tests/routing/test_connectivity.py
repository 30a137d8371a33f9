from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from routing.building import RoadBuilder
from routing.connectivity import ModeReport, connectivity_report
from routing.cut_off import Cause
from routing.point import Point
from routing.reading import read_roads
from routing.roads import RoadNetwork
from routing.travel import Mode
from tests.routing.little_town import STREET, Way, at, restricted, town, write_osm
from tests.routing.real_roads import network_of

# The main part is a square 1-2-3-4 of two-way streets; what hangs on it is cut off or not.
SQUARE = {1: at(0), 2: at(1), 3: at(1, 1), 4: at(0, 1)}
SQUARE_WAY: Way = ([1, 2, 3, 4, 1], STREET)
LANE = {"highway": "residential", "name": "Lane"}
ONE_WAY = {**LANE, "oneway": "yes"}
PRIVATE = {**LANE, "access": "private"}


def by_car(network: RoadNetwork, most: int = 10) -> ModeReport:
    return connectivity_report(network, most=most).modes[0]


def square_and(nodes: Mapping[int, Point], *ways: Way) -> ModeReport:
    return by_car(town({**SQUARE, **nodes}, SQUARE_WAY, *ways))


@pytest.mark.parametrize(
    ("ways", "cause"),
    [
        ([([5, 6], LANE)], Cause.ISLAND),
        ([([2, 5], ONE_WAY), ([5, 6], LANE)], Cause.NO_WAY_OUT),
        ([([5, 2], ONE_WAY), ([5, 6], LANE)], Cause.NO_WAY_IN),
        ([([2, 5], ONE_WAY), ([6, 3], ONE_WAY), ([6, 7, 5, 7], LANE)], None),  # in and out: fine
        ([([2, 5, 6], ONE_WAY)], Cause.ONE_WAY_END),
        ([([2, 5], PRIVATE), ([5, 6], LANE)], Cause.ACCESS),
        ([([2, 5, 6], PRIVATE)], Cause.ACCESS),
    ],
)
def test_the_cause_is_established(ways: list[Way], cause: Cause | None) -> None:
    report = square_and({5: at(2), 6: at(3), 7: at(3, 1)}, *ways)
    assert [part.cause for part in report.cut_off] == ([cause] if cause else [])


def test_one_way_streets_that_lead_in_and_out_but_do_not_join() -> None:
    # In to 5-6 and out of 7-8, and from 7-8 to 5-6: whoever enters stays.
    nodes = {5: at(2), 6: at(3), 7: at(2, 1), 8: at(3, 1)}
    report = square_and(
        nodes,
        ([5, 6], LANE),
        ([7, 8], LANE),
        ([2, 5], ONE_WAY),
        ([7, 3], ONE_WAY),
        ([8, 6], ONE_WAY),
    )
    assert [part.cause for part in report.cut_off] == [Cause.ONE_WAY]
    assert (report.strong_parts, report.weak_parts) == (3, 1)


def test_where_all_streets_are_closed_they_are_told_so() -> None:
    """There is no main part that they could lead to."""
    report = by_car(town(SQUARE, ([1, 2, 3, 4, 1], PRIVATE)))
    assert report.main_km == 0
    assert [part.cause for part in report.cut_off] == [Cause.ACCESS]


def test_of_footways_alone_people_who_walk_have_a_main_part() -> None:
    modes = connectivity_report(town(SQUARE, ([1, 2, 3, 4, 1], {"highway": "footway"}))).modes
    assert [(report.main_km > 0, report.km > 0) for report in modes] == [
        (False, False),  # by car
        (False, False),  # by e-bike
        (True, True),
        (True, True),  # on foot and by what runs there
    ]


def test_a_part_at_the_edge_of_the_extract_is_told_so(tmp_path: Path) -> None:
    nodes = {**SQUARE, 5: at(3), 6: at(4)}
    path = write_osm(tmp_path / "town.osm", nodes, SQUARE_WAY, ([5, 6, 7], LANE))
    [part] = by_car(read_roads(path)).cut_off
    assert part.cause is Cause.EDGE


def test_a_bollard_is_an_access_that_is_closed() -> None:
    builder = RoadBuilder()
    for node, point in {**SQUARE, 5: at(2), 6: at(3)}.items():
        builder.add_node(node, point)
    builder.add_barrier(5, {"barrier": "bollard"})
    for line, tags in (SQUARE_WAY, ([2, 5, 6], LANE)):
        builder.add_line(builder.add_way(1, tags), list(line))
    car, ebike, walk, _ = connectivity_report(builder.network("town", "")).modes
    assert [part.cause for part in car.cut_off] == [Cause.ACCESS]
    assert car.cut_off[0].streets == ("Lane",)
    assert ebike.cut_off == walk.cut_off == ()


def test_pieces_are_measured_named_and_listed_by_length() -> None:
    nodes = {i: at(10 + i) for i in range(5, 13)}
    report = square_and(
        nodes,
        ([5, 6], LANE),
        ([7, 8, 9, 10], {"highway": "residential", "name": "Long Road"}),
        ([9, 10], {"highway": "service", "name": "Mews"}),
        ([11, 12], {"highway": "residential"}),
    )
    longest, *others = report.cut_off
    assert longest.streets == ("Long Road", "Mews")
    assert longest.nodes == 4
    assert longest.km == pytest.approx(4 * 0.1112)  # both streets between 9 and 10 count
    assert longest.at == at(17)
    assert [part.streets for part in others] == [("Lane",), ()]
    assert report.main_km == pytest.approx(4 * 0.1112)
    assert report.km == pytest.approx(10 * 0.1112)
    assert (report.strong_parts, report.weak_parts) == (4, 4)


def test_at_most_so_many_are_listed() -> None:
    nodes = {i: at(10 + i) for i in range(5, 11)}
    network = town({**SQUARE, **nodes}, SQUARE_WAY, *(([i, i + 1], LANE) for i in (5, 7, 9)))
    report = by_car(network, most=1)
    assert (len(report.cut_off), report.unlisted) == (1, 2)


def test_footpaths_are_not_cut_off_for_cars() -> None:
    report = square_and({5: at(9), 6: at(10)}, ([5, 6], {"highway": "footway"}))
    assert report.cut_off == ()


def test_a_mode_without_roads_has_an_empty_report() -> None:
    report = by_car(town(SQUARE, ([1, 2], {"highway": "steps"})))
    assert report == ModeReport(Mode.CAR, 0, 0, 0, 0, (), 0)


def test_the_report_reads_as_text() -> None:
    nodes = {i: at(10 + i) for i in range(5, 9)}
    network = town({**SQUARE, **nodes}, SQUARE_WAY, ([5, 6], LANE), ([7, 8], PRIVATE))
    assert list(connectivity_report(network, most=1).lines())[:3] == [
        "car: 0.4 of 0.7 km (67%) in the main part; 2 parts by the rules of the road, "
        "2 without them",
        "  cut off: 0.1 km of Lane near 0.00000, 0.01500: no street leads there",
        "  and 1 smaller ones",
    ]


def test_the_report_of_a_real_extract_adds_up(extracts: Path) -> None:
    network = network_of(extracts, "queens-village.osm.pbf")
    for report in connectivity_report(network, most=1000).modes:
        assert report.unlisted == 0
        assert report.km == pytest.approx(report.main_km + sum(p.km for p in report.cut_off))
        assert report.main_km > 0.9 * report.km
        cut_off_nodes = sum(part.nodes for part in report.cut_off)
        # Every node of the mode's streets, closed ones too, is in the main part or in a piece.
        assert cut_off_nodes >= (
            network.used_nodes(report.mode).sum() - network.main_nodes(report.mode).sum()
        )


def test_the_report_counts_signs_and_tells_twice_of_nothing() -> None:
    nodes = {1: at(-1), 2: at(0), 3: at(1), 4: at(0, 1)}
    ways = [([1, 2], LANE), ([2, 3], LANE), ([2, 4], LANE)]
    network = restricted(nodes, ways, [(1, 2, 3, "no_left_turn")], **{"except": "bicycle"})
    told = list(connectivity_report(network).lines())
    assert "turn restrictions: 1 for car" in told
    assert "transit: the same streets as car" in told  # and so are all others
    assert "turn restrictions: none" in connectivity_report(town(nodes, *ways)).lines()
