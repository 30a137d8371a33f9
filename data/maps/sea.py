"""The sea of an extract: OpenStreetMap draws its coast alone, with the land on the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from data.maps.feature import Feature, Layer

_ASIDE = 1e-6  # degrees: a decimetre to either side of the coast
_NEAR = 0.03  # of the box: a coast that ends so near its edge goes on to it
_WRONG = 0.1  # of the coast around a piece of sea may have it on its left, where ends are cut off

Box = tuple[float, float, float, float]


def sea_within(coast: Sequence[Any], box: Box) -> Iterator[Feature]:
    """Yield the water within `box` (west, south, east, north) that lies right of the coast."""
    import shapely  # type: ignore[import-untyped]

    frame = shapely.box(*box)
    lines = shapely.intersection(shapely.line_merge(shapely.union_all(coast)), frame)
    if shapely.is_empty(lines):
        return
    edges = shapely.union_all([lines, frame.exterior, *_ways_out(lines, frame.exterior)])
    pieces = list(shapely.get_parts(shapely.polygonize([edges])))
    at_right, at_left = _beside(lines)
    tree = shapely.STRtree(pieces)
    for piece, is_sea in zip(pieces, _is_sea(tree, at_right, at_left), strict=True):
        if is_sea:
            yield Feature(Layer.WATER, "sea", piece)


def _ways_out(lines: Any, edge: Any) -> Iterator[Any]:
    """Yield how the coast goes on to the edge, where the extract ends a little before it."""
    import shapely

    west, south, east, north = edge.bounds
    reach = _NEAR * max(east - west, north - south)
    for end in shapely.get_parts(lines.boundary):
        if 0 < edge.distance(end) < reach:
            yield shapely.shortest_line(end, edge)


def _beside(lines: Any) -> tuple[Any, Any]:
    """Return points beside the middle of each step along lines: on its right, on its left."""
    import shapely

    places, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    goes_on = line[1:] == line[:-1]
    step = np.diff(places, axis=0)[goes_on]
    middle = (places[:-1][goes_on] + places[1:][goes_on]) / 2
    length = np.hypot(*step.T)
    aside = _ASIDE * np.column_stack((step[:, 1], -step[:, 0])) / length[:, None]
    return shapely.points(middle + aside), shapely.points(middle - aside)


def _is_sea(tree: Any, at_right: Any, at_left: Any) -> Any:
    """Return bool per piece: whether nearly all of the coast around it has it on the right."""
    right, left = (
        np.bincount(tree.query(points, predicate="within")[1], minlength=len(tree))
        for points in (at_right, at_left)
    )
    return (right > 0) & (left <= _WRONG * right)
