"""From an extract to roads that answer, and from the store: beside OSMnx's own way."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.measure import Figures, NotHereError
from benchmarks.road_graphs import extracts


def figures() -> Figures:
    """Return the seconds that Vancouver takes, ours and theirs."""
    file = extracts() / "osm" / "vancouver.osm.pbf"
    if not file.is_file():
        raise NotHereError(f"{file} is not there: set DAYROUND_EXTRACTS to the folder of extracts")
    with TemporaryDirectory(prefix="dayround-") as folder:
        return ours(file, Path(folder)) | theirs(file, Path(folder))


def ours(file: Path, folder: Path) -> dict[str, float]:
    """Read, as far as OSMnx does; then make it answer for cars, keep all, and load it again."""
    from routing.contraction import compile_roads
    from routing.mode_roads import Roads
    from routing.reading import read_roads
    from routing.storing import load_roads, save_roads
    from routing.travel import Mode

    compile_roads()
    began = perf_counter()
    network = read_roads(file)
    network.main_nodes(Mode.CAR)
    ready_s = perf_counter() - began
    ready = Roads(network, folder).of_modes[Mode.CAR].traffic
    answers_s = perf_counter() - began
    save_roads(network, folder / "roads.npz")
    began = perf_counter()
    again = Roads(load_roads(folder / "roads.npz"), folder).of_modes[Mode.CAR].traffic
    load_s = perf_counter() - began
    if len(again.grown.tail) != len(ready.grown.tail):
        raise RuntimeError("the store gave another hierarchy")
    return {"ready_s": ready_s, "answers_s": answers_s, "load_s": load_s}


def theirs(file: Path, folder: Path) -> dict[str, float]:
    """Do it as OSMnx's own guide says: XML, graph, largest component, speeds."""
    import osmnx

    xml, graphml = folder / "roads.osm", folder / "roads.graphml"
    began = perf_counter()
    write_roads(file, xml)
    graph = osmnx.graph_from_xml(xml, retain_all=True)
    graph = osmnx.truncate.largest_component(graph, strongly=True)
    osmnx.add_edge_travel_times(osmnx.add_edge_speeds(graph))
    ready_s = perf_counter() - began
    osmnx.save_graphml(graph, graphml)
    began = perf_counter()
    osmnx.load_graphml(graphml)
    return {"OSMnx ready_s": ready_s, "GraphML load_s": perf_counter() - began}


def write_roads(file: Path, xml: Path) -> None:
    """Write the roads of an extract as XML, without the nodes beyond its edge that OSMnx wants."""
    import osmium

    kept: set[int] = set()
    ways = []
    roads = osmium.FileProcessor(file, osmium.osm.NODE | osmium.osm.WAY).with_locations()
    for item in roads.with_filter(osmium.filter.KeyFilter("highway")):
        if isinstance(item, osmium.osm.Way):
            nodes = [node.ref for node in item.nodes if node.location.valid()]
            kept.update(nodes)
            ways.append(osmium.osm.mutable.Way(id=item.id, nodes=nodes, tags=dict(item.tags)))
    with osmium.SimpleWriter(str(xml), overwrite=True) as writer:
        for node in osmium.FileProcessor(file, osmium.osm.NODE):
            if node.id in kept:
                writer.add(node)
        for way in ways:
            writer.add_way(way)
