"""The map in a city's folder: tiles, or GeoJSON by zoom where none could be cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.maps.feature import Feature
from data.maps.levels import LEVELS, level_for, write_levels
from data.maps.scenery import Scenery
from data.maps.sea import Box, sea_within
from data.maps.streets import street_features
from data.maps.tiles import TILES, TilesError, write_tiles
from routing.roads import RoadNetwork

FILES = (TILES, *(level.file_name for level in LEVELS))
_BEFORE = "streets-*.json.gz"  # what cities of earlier versions have


@dataclass(frozen=True)
class CityMap:
    """The map in a folder, if one is there."""

    folder: Path

    @property
    def tiles(self) -> Path | None:
        """The PMTiles file, None where the map is GeoJSON by zoom."""
        file = self.folder / TILES
        return file if file.is_file() else None

    @property
    def is_there(self) -> bool:
        return self.tiles is not None or self.level(0).is_file()

    def level(self, zoom: int) -> Path:
        """Return the file of GeoJSON for a zoom, which is there where there are no tiles."""
        return self.folder / level_for(zoom).file_name

    def forget(self) -> None:
        """Remove the map, so that no part of it stands beside a newer one."""
        for file in (*map(self.folder.joinpath, FILES), *self.folder.glob(_BEFORE)):
            file.unlink(missing_ok=True)


def write_map(
    roads: RoadNetwork, scenery: Scenery, folder: Path, on_step: Callable[[str], None]
) -> None:
    """Write a city's map into `folder`; a full disk loses the map and not the city.

    A map that is missing is made when it is first looked at, from the roads alone.
    """
    on_step("drawing the map")
    features = list(map_features(roads, scenery))
    try:
        try:
            on_step("cutting the map into tiles")
            write_tiles(features, folder)
        except (TilesError, OSError) as error:
            on_step(f"writing the map without tiles, larger and slower: {error}")
            write_levels(features, folder)
    except OSError as error:
        CityMap(folder).forget()
        on_step(f"going on without a map, which could not be written: {error}")


def map_features(roads: RoadNetwork, scenery: Scenery) -> Iterator[Feature]:
    """Yield all that the map shows."""
    yield from scenery.features
    if scenery.coast:
        yield from sea_within(scenery.coast, scenery.box or bounds(roads))
    yield from street_features(roads, scenery.crossings)


def bounds(roads: RoadNetwork) -> Box:
    """Return west, south, east and north of the roads."""
    west, east = (float(end(roads.lon)) for end in (np.min, np.max))
    south, north = (float(end(roads.lat)) for end in (np.min, np.max))
    return west, south, east, north
