"""Ways from the middle of one road to that of another, against a search that remembers them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.hierarchy import NO_WAY
from routing.legs import durations_ms, parts
from routing.mode_roads import ModeRoads, Roads
from routing.point import Point
from routing.roads import RoadNetwork
from routing.snapping import Snapped
from routing.traffic import Traffic
from routing.travel import Mode
from routing.turning import mode_turns
from tests.routing.little_town import STREET, at, restricted, town
from tests.routing.real_roads import roads_of
from tests.routing.test_reading import NAMES
from tests.slowly import slowly

BUSY = {"highway": "primary"}
ONE_WAY = {**STREET, "oneway": "yes"}

Stand = tuple[int, int]
"""A chain, and what it takes up to a place."""

After = dict[int, list[tuple[int, int]]]
"""The chains that may follow each, with what the turn takes."""


def stands(traffic: Traffic, places: Snapped, i: int, *, is_leaving: bool) -> list[Stand]:
    """Where a place stands, by looking at every arc."""
    tail, head, share = places.tail[i], places.head[i], float(places.share[i])
    if tail == head:
        ends = traffic.tail if is_leaving else traffic.head
        found = [(arc, 0.0 if is_leaving else 1.0) for arc in np.flatnonzero(ends == tail)]
    else:
        along = np.flatnonzero((traffic.tail == tail) & (traffic.head == head))
        against = np.flatnonzero((traffic.tail == head) & (traffic.head == tail))
        found = [(arc, share) for arc in along] + [(arc, 1 - share) for arc in against]
    return [
        (
            int(traffic.roads.chain_of[arc]),
            int(traffic.roads.before[arc] + parts(traffic.key[[arc]], np.array([along]))[0]),
        )
        for arc, along in found
    ]


def searched(
    traffic: Traffic,
    after: After,
    forbidden: Collection[tuple[int, ...]],
    begins: list[Stand],
    ends: list[list[Stand]],
) -> list[int]:
    """The least from any of a place's stands to each of some places."""
    found, seen, key = [NO_WAY] * len(ends), set(), traffic.roads.key.tolist()
    here: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for j, some in enumerate(ends):
        for chain, offset in some:
            here[chain].append((j, offset))
    queue: list[tuple[int, tuple[int, ...]]] = []
    for chain, offset in begins:
        heappush(queue, (key[chain] - offset, (chain,)))
        for j, end in here[chain]:
            if end >= offset:
                found[j] = min(found[j], end - offset)
    memory = max((len(way) for way in forbidden), default=2) - 1
    while queue and queue[0][0] < max(found):
        so_far, past = heappop(queue)
        if past in seen:
            continue
        seen.add(past)
        for out, turn in after.get(past[-1], []):
            way = (*past, out)
            if any(way[-len(one) :] == one for one in forbidden):
                continue
            for j, end in here.get(out, []):
                found[j] = min(found[j], so_far + turn + end)
            heappush(queue, (so_far + turn + key[out], way[-memory:]))
    return found


def assert_exact(roads: ModeRoads, begins: Snapped, ends: Snapped) -> None:
    traffic = roads.traffic
    turns, forbidden = mode_turns(roads.network, roads.mode, roads.arcs, traffic.roads)
    after: After = defaultdict(list)
    turned = zip(turns.into.tolist(), turns.out.tolist(), turns.key.tolist(), strict=True)
    for into, out, key in turned:
        after[into].append((out, key))
    found = traffic.keys(traffic.going(begins), traffic.coming(ends))
    targets = [stands(traffic, ends, j, is_leaving=False) for j in range(len(ends.tail))]
    is_same = begins.is_at(ends)
    for i in range(len(begins.tail)):
        sources = stands(traffic, begins, i, is_leaving=True)
        expected = searched(traffic, after, forbidden, sources, targets)
        assert found[i].tolist() == np.where(is_same[i], 0, expected).tolist()
    assert_drawn(roads, begins, ends)


def assert_drawn(roads: ModeRoads, begins: Snapped, ends: Snapped) -> None:
    """The lines of ways take what the keys say, and go on where they come from."""
    traffic, count = roads.traffic, min(len(begins.tail), len(ends.tail))
    one, other = begins.only(np.arange(count)), ends.only(np.arange(count))
    keys = np.diag(traffic.keys(traffic.going(one), traffic.coming(other)))
    for key, line in zip(keys.tolist(), traffic.lines(one, other), strict=True):
        assert (NO_WAY if line is None else line.key) == key
        arcs = line.arcs if line else []
        assert traffic.head[arcs[:-1]].tolist() == traffic.tail[arcs[1:]].tolist()
        assert traffic.key[arcs].sum() >= (line.key if line else 0) - turned_key(traffic, arcs)


def turned_key(traffic: Traffic, arcs: list[int]) -> int:
    """No more than what the turns of a way can take."""
    return int(traffic.grown.turn.max(initial=0)) * len(arcs)


def anywhere(roads: ModeRoads, count: int, seed: int) -> Snapped:
    """Places along random roads, some at their ends, some beside each other."""
    network, rng = roads.network, np.random.default_rng(seed)
    main = roads.arcs[roads.traffic.main_arcs]
    arcs = rng.choice(main, count)
    shares = rng.choice([0.0, 0.25, rng.random(), 1.0], count)
    arcs, shares = np.concatenate((arcs, arcs[:2])), np.concatenate((shares, [0.5, 0.75]))
    tail, head = network.tail[arcs], network.head[arcs]
    lat = network.lat[tail] + shares * (network.lat[head] - network.lat[tail])
    lon = network.lon[tail] + shares * (network.lon[head] - network.lon[tail])
    points = [Point(*place) for place in zip(lat.tolist(), lon.tolist(), strict=True)]
    snapped = roads.snapper.snap(points)
    return snapped.only(np.flatnonzero(snapped.tail >= 0))


@pytest.mark.parametrize("name", slowly(NAMES, ["vancouver.osm.pbf"]))
@pytest.mark.parametrize("mode", slowly([Mode.CAR, Mode.EBIKE], [Mode.EBIKE]))
def test_ways_over_real_turns_and_signs(extracts: Path, name: str, mode: Mode) -> None:
    roads = roads_of(extracts, name).of_modes[mode]
    assert_exact(roads, anywhere(roads, 4, 1), anywhere(roads, 12, 2))


NODES = st.integers(1, 7)
SEGMENTS = st.tuples(NODES, NODES, st.sampled_from([STREET, ONE_WAY, BUSY]))
PLACES = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from([0, 0.3, 0.5, 1.0])), min_size=1, max_size=6
)


@st.composite
def signed(draw: st.DrawFn) -> RoadNetwork:
    """A little town with busy roads, where no turn is free, and some signs."""
    segments = draw(st.lists(SEGMENTS, min_size=1, max_size=14))
    nodes = {i: at(i, i * i / 7) for i in range(1, 8)}
    way = st.integers(1, len(segments))
    signs = draw(
        st.lists(
            st.tuples(way, way, NODES, st.lists(way, max_size=2), st.sampled_from(["no", "only"])),
            max_size=4,
        )
    )
    lines = [([a, b], tags) for a, b, tags in segments]
    return restricted(
        nodes, lines, [(a, via or node, b, f"{kind}_turn") for a, b, node, via, kind in signs]
    )


@given(signed(), PLACES, st.sampled_from([Mode.CAR, Mode.EBIKE]))
@settings(deadline=None, max_examples=120)
def test_ways_in_any_little_town(
    network: RoadNetwork, doors: list[tuple[int, float]], mode: Mode
) -> None:
    roads = Roads(network).of_modes[mode]
    tail, head = network.tail[roads.arcs], network.head[roads.arcs]
    arcs = np.array([number % len(tail) for number, _ in doors])
    shares = np.array([share for _, share in doors])
    low, high = np.minimum(tail[arcs], head[arcs]), np.maximum(tail[arcs], head[arcs])
    is_node = (low == high) | (shares == 0) | (shares == 1)
    node = np.where(shares == 0, low, high)
    places = Snapped(
        tail=np.where(is_node, node, low).astype(np.int64),
        head=np.where(is_node, node, high).astype(np.int64),
        share=np.where(is_node, 0.0, shares),
        **nowhere(len(arcs)),
    )
    assert_exact(roads, places, places)


def nowhere(count: int) -> Any:
    """Positions that nobody asks for."""
    return {**{name: np.zeros(count) for name in ("lat", "lon", "access_m")}, "off_road": {}}


def test_who_stops_in_a_one_way_street_goes_round_to_come_back() -> None:
    network = town({1: at(0), 2: at(1), 3: at(1, 1), 4: at(0, 1)}, ([1, 2, 3, 4, 1], ONE_WAY))
    traffic = Roads(network).of_modes[Mode.CAR].traffic
    ahead, behind = (
        Snapped(tail=np.array([0]), head=np.array([1]), share=np.array([share]), **nowhere(1))
        for share in (0.75, 0.25)
    )
    (there,), (back,) = (
        durations_ms(traffic.keys(traffic.going(a), traffic.coming(b))[0])
        for a, b in ((behind, ahead), (ahead, behind))
    )
    assert there == pytest.approx(16013 / 2, abs=2)  # half a side, of 16.0 s
    assert there + back == pytest.approx(4 * 16013, abs=2)  # once round, whoever is first
