"""A city's map without tiles: GeoJSON for each level of detail, compressed by gzip.

Written where no tiles could be cut. A browser loads a level whole: buildings are left out. Beside
its properties a feature has its `layer`, and in `from` the zoom from which it is drawn.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.maps.feature import HIGHEST_ZOOM, Feature, Layer, geometries
from routing.point import METRES_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Level:
    """What is drawn at some zooms: bends smaller than `tolerance_m` cannot be seen there."""

    from_zoom: int
    to_zoom: int
    tolerance_m: float

    @property
    def file_name(self) -> str:
        return f"map-{self.from_zoom}.geojson.gz"


LEVELS = (Level(0, 10, 30), Level(11, 12, 12), Level(13, 14, 4), Level(15, HIGHEST_ZOOM, 1))


def level_for(zoom: int) -> Level:
    """Return the level that a zoom shows."""
    return next(level for level in reversed(LEVELS) if level.from_zoom <= max(zoom, 0))


def write_levels(features: Sequence[Feature], folder: Path) -> None:
    """Write all levels of a city into `folder`."""
    for level in LEVELS:
        text = geojson_of(level, features)
        packed = gzip.compress(text.encode(), mtime=0)  # the same city, the same bytes
        (folder / level.file_name).write_bytes(packed)


def geojson_of(level: Level, features: Sequence[Feature]) -> str:
    """Return what can be seen on a level as a GeoJSON feature collection."""
    seen = [
        feature
        for feature in features
        if feature.from_zoom <= level.to_zoom and feature.layer is not Layer.BUILDINGS
    ]
    written = zip(seen, geometries(_simplified(seen, level.tolerance_m)), strict=True)
    return '{{"type":"FeatureCollection","features":[{}]}}'.format(
        ",\n".join(_geojson(feature, geometry) for feature, geometry in written)
    )


def _simplified(features: Sequence[Feature], tolerance_m: float) -> list[Feature]:
    import shapely  # type: ignore[import-untyped]

    shapes = [feature.shape for feature in features]
    simple = shapely.simplify(shapes, tolerance_m / METRES_PER_DEGREE)
    return [replace(one, shape=shape) for one, shape in zip(features, simple, strict=True)]


def _geojson(feature: Feature, geometry: str) -> str:
    where = {"layer": feature.layer, "from": feature.from_zoom}
    properties = json.dumps(feature.properties | where, ensure_ascii=False)
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'
