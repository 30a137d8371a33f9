"""A gazetteer's streets from a road network, where the source has no addresses."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from routing.gazetteer.extract import Extract, Named
from routing.roads import RoadNetwork


def named_streets(roads: RoadNetwork) -> Extract:
    """Return the named streets of a network: what a GraphML file knows of addresses."""
    points: dict[int, list[tuple[float, float]]] = defaultdict(list)
    is_named = roads.way_name[roads.way] != ""
    for arc in np.flatnonzero(is_named).tolist():
        for node in (roads.tail[arc], roads.head[arc]):
            points[int(roads.way[arc])].append((float(roads.lat[node]), float(roads.lon[node])))
    streets = [Named((str(roads.way_name[way]),), ends) for way, ends in points.items()]
    return Extract(roads.source, streets=streets)
