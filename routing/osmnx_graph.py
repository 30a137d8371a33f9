"""To and from the graphs of OSMnx, and places that it fetches by name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from routing.building import RoadBuilder
from routing.errors import ExtractError, FetchError
from routing.point import Point, distances_m
from routing.roads import RoadNetwork
from routing.speeds import MODES, RULES
from routing.travel import Mode

if TYPE_CHECKING:
    import networkx as nx

TAGS = sorted(
    {"highway", "name", "maxspeed", "junction", "motorroad", "expressway", "bridge", "tunnel"}
    | {"cycleway", "cycleway:left", "cycleway:right"}
    | {key for rules in RULES.values() for key in (*rules.access_keys, *rules.oneway_keys)}
)
"""The tags of a way that speeds and closures are told by."""

_FIRST_BEND = -(1 << 62)
"""Bends are numbered down from here: OpenStreetMap's ids and those of barriers stay above."""


def from_osmnx(
    graph: nx.MultiDiGraph[Any], *, source: str = "OSMnx graph", sha256: str = ""
) -> RoadNetwork:
    """Return the network of an OSMnx graph of the kind 'drive' or 'all', in degrees.

    A graph of the kind 'walk' or 'bike' has lost the one-way streets: cars would go both ways. Of
    a simplified edge with several classes or names the first counts. OSMnx keeps few tags of a
    way: where it dropped `bicycle` or `foot`, their signs are not known.

    Raises
    ------
    ExtractError
        Where the graph is projected to metres, an edge has no class, or there is no road.
    """
    builder = RoadBuilder()
    try:
        for node, data in graph.nodes(data=True):
            builder.add_node(int(node), Point(float(data["y"]), float(data["x"])))
        _add_edges(builder, graph)
    except (KeyError, TypeError, ValueError) as error:
        raise ExtractError(f"{source} is no graph of OSMnx in degrees: {error!r}") from error
    return builder.network(source, sha256 or _graph_sha256(graph))


def to_osmnx(network: RoadNetwork, mode: Mode) -> nx.MultiDiGraph[int]:
    """Return what `mode` may use as a graph that OSMnx plots, routes on and saves.

    Edges carry `length` (m), `travel_time` (s), `speed_kph`, `oneway`, and `osmid`, `highway` and
    `name` of their way.
    """
    import networkx as nx
    import osmnx

    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs="epsg:4326", simplified=False)
    node_id = network.node_id.tolist()
    for node in np.flatnonzero(network.used_nodes(mode)).tolist():
        graph.add_node(node_id[node], x=float(network.lon[node]), y=float(network.lat[node]))
    arcs = network.open_arcs(mode)
    ways, ends = network.way[arcs], (network.tail[arcs].tolist(), network.head[arcs].tolist())
    open_arcs = set(zip(ways.tolist(), *ends, strict=True))
    durations = network.duration_ms[MODES.index(mode), arcs] / 1000
    lengths = network.length_dm[arcs] / 10
    for way, tail, head, length_m, duration_s in zip(
        ways.tolist(), *ends, lengths.tolist(), durations.tolist(), strict=True
    ):
        graph.add_edge(
            node_id[tail],
            node_id[head],
            osmid=int(network.way_id[way]),
            highway=str(network.way_class[way]),
            name=str(network.way_name[way]),
            oneway=(way, head, tail) not in open_arcs,
            reversed=False,
            length=length_m,
            travel_time=duration_s,
            speed_kph=length_m / duration_s * 3.6 if duration_s else 0.0,
        )
    nx.set_node_attributes(graph, osmnx.stats.count_streets_per_node(graph), "street_count")
    return graph


def fetch_place(place: str) -> RoadNetwork:
    """Fetch the roads of a place by its name from OpenStreetMap, over the network.

    Raises
    ------
    FetchError
        Where the services cannot be reached or refuse, or know no area of that name.
    ExtractError
        Where the area has no roads.
    """
    import osmnx

    try:
        with _own_settings(osmnx.settings):
            graph = osmnx.graph_from_place(
                place, network_type="all", simplify=False, retain_all=True
            )
    except OSError as error:
        raise FetchError(
            f"{place!r} could not be fetched, the services of OpenStreetMap are out of reach "
            f"({error}). Without a network, download an extract elsewhere and add it as a file."
        ) from error
    except (TypeError, ValueError) as error:
        raise FetchError(
            f"{place!r} could not be fetched: {error}. Name a town or district as OpenStreetMap "
            "does, for instance 'Datong District, Taipei, Taiwan'."
        ) from error
    return from_osmnx(graph, source=place)


@contextmanager
def _own_settings(settings: Any) -> Iterator[None]:
    """Have OSMnx keep the tags that matter here and leave no cache in the working folder."""
    before = settings.useful_tags_way, settings.use_cache
    settings.useful_tags_way, settings.use_cache = sorted({*before[0], *TAGS}), False
    try:
        yield
    finally:
        settings.useful_tags_way, settings.use_cache = before


def _add_edges(builder: RoadBuilder, graph: nx.MultiDiGraph[Any]) -> None:
    ways: dict[tuple[tuple[str, str], ...], int] = {}
    bends = _Bends(builder)
    for tail, head, data in graph.edges(data=True):
        tags = {key: str(_first(data[key])) for key in TAGS if key in data}
        is_oneway = bool(data["oneway"])
        tags |= {"highway": str(_first(data["highway"])), "oneway": "yes" if is_oneway else "no"}
        way_id = int(_first(data.get("osmid", 0)))
        key = (("osmid", str(way_id)), *tags.items())
        if key not in ways:
            ways[key] = builder.add_way(way_id, tags)
        # A two-way street comes as two edges; of a one-way street walkers need the other direction.
        for a, b, share in bends.line(int(tail), int(head), data.get("geometry")):
            builder.add_segment(
                ways[key], a, b, share * float(data["length"]), forward_only=not is_oneway
            )


class _Bends:
    """The nodes between those of a simplified graph, the same ones there and back."""

    def __init__(self, builder: RoadBuilder) -> None:
        self._builder = builder
        self._nodes: dict[tuple[int, int, float, float], int] = {}

    def line(self, tail: int, head: int, geometry: Any) -> list[tuple[int, int, float]]:
        """Return the pieces of an edge, from node to node, and the share of its length."""
        if geometry is None:
            return [(tail, head, 1.0)]
        lon, lat = np.array(geometry.coords).T
        between = zip(lat[1:-1].tolist(), lon[1:-1].tolist(), strict=True)
        nodes = [tail, *(self._node(tail, head, *place) for place in between), head]
        pieces_m = distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:])
        shares = pieces_m / (pieces_m.sum() or 1)
        return list(zip(nodes[:-1], nodes[1:], shares.tolist(), strict=True))

    def _node(self, tail: int, head: int, lat: float, lon: float) -> int:
        place = (min(tail, head), max(tail, head), lat, lon)
        if place not in self._nodes:
            self._nodes[place] = _FIRST_BEND - len(self._nodes)
            self._builder.add_node(self._nodes[place], Point(lat, lon))
        return self._nodes[place]


def _first(value: Any) -> Any:
    """Return the first of a simplified edge's several values, or the only one."""
    return value[0] if isinstance(value, list) else value


def _graph_sha256(graph: nx.MultiDiGraph[Any]) -> str:
    edges = sorted((int(a), int(b), float(data["length"])) for a, b, data in graph.edges(data=True))
    return hashlib.sha256(repr(edges).encode()).hexdigest()
