"""Buses run along the main streets, there and back, and whoever rides across town saves time."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest

from data.towns.buses import joined, shared_m
from data.towns.main_streets import is_main
from data.towns.map import make_map
from data.towns.sheet import Relation, Sheet
from data.towns.town import Town, TownFiles, make_town
from routing.mode_roads import Roads
from routing.point import distances_m
from routing.reading import read_roads
from routing.sources.road_network import RoadTravelTimes
from routing.transit.guessed import guessed
from routing.transit.reading import read_service
from routing.travel import Mode, Spot
from tests.data.towns.conftest import ON


def main_streets(sheet: Sheet) -> nx.Graph[int]:
    """The streets a bus may use both ways, with metres from node to node."""
    lat, lon = sheet.lat / 1e7, sheet.lon / 1e7
    graph: nx.Graph[int] = nx.Graph()
    for way in sheet.ways:
        if is_main(way):
            for a, b in pairwise(way.nodes):
                metres = distances_m(lat[a - 1], lon[a - 1], lat[b - 1], lon[b - 1])
                graph.add_edge(a, b, metres=float(metres))
    return graph


def rides(sheet: Sheet) -> list[tuple[Relation, Relation]]:
    """Each line there and back."""
    return list(zip(sheet.relations[::2], sheet.relations[1::2], strict=True))


def stops_of(sheet: Sheet) -> set[int]:
    return {node for line in sheet.relations for node in line.nodes}


# Both bridges of 121 are one-way; in 160247 a stop was wanted on a bridge.
@pytest.mark.parametrize("seed", [*range(6), 121, 160247])
def test_lines_lie_on_main_streets_with_stops_apart(seed: int) -> None:
    sheet = make_map(seed, 1_500).sheet
    graph = main_streets(sheet)
    assert len(sheet.relations) >= 2 * 4  # a small town has eight or nine radials
    for line in sheet.relations:
        assert len(line.nodes) >= 4
        gaps_m = [nx.shortest_path_length(graph, a, b, "metres") for a, b in pairwise(line.nodes)]
        # They are wanted 350 to 750 m apart, and stand at the nearest node without a light.
        assert 300 < min(gaps_m) <= max(gaps_m) < 800


def test_each_line_runs_there_and_back_under_one_number(town: Town) -> None:
    sheet = town.map.sheet
    for number, (there, back) in enumerate(rides(sheet), start=1):
        assert there.nodes == back.nodes[::-1]
        assert there.tags["ref"] == back.tags["ref"] == f"{number}路"
        assert (there.tags["from"], there.tags["to"]) == (back.tags["to"], back.tags["from"])
        assert there.tags["from"] == sheet.node_tags[there.nodes[0]]["name"]


def test_stops_have_names_of_their_own_and_are_neither_gates_nor_lights(town: Town) -> None:
    sheet = town.map.sheet
    stops = stops_of(sheet)
    assert all(sheet.node_tags[stop]["highway"] == "bus_stop" for stop in stops)
    assert all("barrier" not in sheet.node_tags[stop] for stop in stops)
    names = {sheet.node_tags[stop]["name"] for stop in stops}
    assert len(names) == len(stops)
    assert not names & town.map.book.given  # of no street, compound or park


def test_lines_meet_at_shared_stops(town: Town) -> None:
    lines = [set(there.nodes) for there, _ in rides(town.map.sheet)]
    assert sum(map(len, lines)) > len(set.union(*lines))


def test_a_larger_town_has_more_lines_and_stops() -> None:
    little, large = (make_map(7, nodes).sheet for nodes in (1_500, 20_000))
    # 9 radials and 3 rings against 11 radials and 4 rings.
    assert len(large.relations) > len(little.relations)
    assert len(stops_of(large)) > 3 * len(stops_of(little))


def test_a_town_is_otherwise_the_same_without_its_buses(monkeypatch: pytest.MonkeyPatch) -> None:
    with_buses = make_town(5, ON, cases=20, collectors=5, nodes=1_500)
    monkeypatch.setattr("data.towns.map.draw_buses", lambda *_: None)
    without = make_town(5, ON, cases=20, collectors=5, nodes=1_500)
    assert with_buses.map.sheet.relations
    assert not without.map.sheet.relations
    # The people of the town take names from its book after its stops have theirs.
    assert with_buses.cases == without.cases
    assert with_buses.map.sheet.ways == without.map.sheet.ways
    assert (with_buses.map.sheet.lat == without.map.sheet.lat).all()


def test_the_reader_finds_every_line_and_nothing_is_left_to_guess(
    town: Town, files: TownFiles
) -> None:
    service = read_service(files.extract)
    sheet = town.map.sheet
    assert [line.name for line in service.lines] == [line.tags["ref"] for line in sheet.relations]
    assert [len(line.stops) for line in service.lines] == [len(x.nodes) for x in sheet.relations]
    assert len(service.stops) == len(stops_of(sheet))
    assert list(guessed(service.stops, service.lines)) == []


def test_a_ride_across_town_takes_less_than_walking(files: TownFiles) -> None:
    line = read_service(files.extract).lines[0]
    spots = [Spot(line.stops[0]), Spot(line.stops[-1])]
    roads = Roads(read_roads(files.extract))
    seconds = RoadTravelTimes(roads).matrix(spots, [Mode.WALK, Mode.TRANSIT]).seconds
    walked_s, ridden_s = seconds[:, 0, 0, 1].tolist()
    # Over 4 km on foot at 5 km/h or so: 50 minutes. By bus at 22 km/h with a fifth of detour and
    # 20 s at each of ten stops: 16 minutes, and 5 of waiting.
    assert ridden_s < 0.6 * walked_s
    assert ridden_s > 300 + 20 * (len(line.stops) - 1)


@pytest.mark.parametrize(
    ("chords", "ways"),
    [
        ([[1, 2], [2, 5, 3], [3, 1]], [[1, 2, 5, 3, 1]]),  # a whole ring
        ([[1, 2], [], [3, 4], [4, 1]], [[3, 4, 1, 2]]),  # one gap: from behind it to before it
        ([[1, 2], [], [3, 4], []], [[3, 4], [1, 2]]),
        ([[], [], []], []),
    ],
)
def test_a_ring_is_ridden_as_far_as_it_leads(
    chords: list[list[int]], ways: list[list[int]]
) -> None:
    assert sorted(joined(chords)) == sorted(ways)


def test_a_line_stops_with_others_unless_that_is_too_near() -> None:
    # 300 m from its beginning or end, or from the stop at 500 m, is nearer than 350 m.
    assert shared_m([0, 2_000], [300, 500, 800, 1_000, 1_700]) == [0, 500, 1_000, 2_000]


def test_buses_alone_go_against_the_others_in_a_one_way_main_street(town: Town) -> None:
    one_way = [way for way in town.map.sheet.ways if "oneway" in way.tags]
    main = {way.tags["highway"] for way in one_way if "oneway:bus" in way.tags}
    assert main & {"secondary", "tertiary"}
    assert not main & {"residential", "living_street"}
    assert all(way.tags["oneway"] == "yes" for way in one_way)
