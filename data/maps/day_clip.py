"""The map of one crew's day: a city's tiles, as far as its way and its stops need them.

Tiles are those of the city, byte by byte. From zoom 13 on there are those near the way and
around the stops, below all of the day's box. What is still too large goes without some of what
lies farther off, then without the closest zoom.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from pmtiles.tile import Entry, zxy_to_tileid
from pmtiles.writer import Writer

from data.maps.archive import Archive, opened
from data.maps.squares import Square, squares_near, squares_within
from routing.lines import Line

MOST_BYTES = 5_000_000
ALONG_M, AROUND_M = 300, 800
"""What is seen beside the way, and around a stop, at the closest zooms."""

WHOLE_ZOOM = 12
"""Up to this zoom the whole box is there: few tiles, by which one finds one's way."""

SHARES = (1.0, 0.6, 0.3, 0.0)
"""Of both distances, tried in turn at the closest zoom; 0 are the tiles of way and stops alone."""

HEADER_BYTES, ENTRY_BYTES = 1024, 16
"""More than a header, and than what a directory says of one tile."""

TOLD = ("name", "vector_layers")
"""What is kept of the metadata: the rest tells of the whole city."""

DEGREES = 10_000_000
"""A header's whole units in a degree."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Where a crew goes: lines of its way, and its stops, float64[k, 2] in WGS-84 degrees."""

    way: tuple[Line, ...]
    stops: Line

    @property
    def all(self) -> Line:
        return np.concatenate([*self.way, self.stops])

    @property
    def digest(self) -> str:
        """A few characters that change with where it goes."""
        told = hashlib.sha256()
        for line in (*self.way, self.stops):
            told.update(len(line).to_bytes(4, "big") + np.ascontiguousarray(line).tobytes())
        return told.hexdigest()


@dataclass(frozen=True)
class Clip:
    """A PMTiles file in memory, and what it is known by."""

    content: bytes

    @property
    def etag(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:20]


def day_clip(file: Path, ground: Ground, most_bytes: int = MOST_BYTES) -> Clip | None:
    """Return a city's map where a crew goes, the same bytes for the same day.

    None where the city's map has nothing there.
    """
    with opened(file) as city:
        for share, highest in _smaller_and_smaller(city):
            entries = _entries(city, _wanted(city, ground, share, highest))
            if _size(entries.values()) <= most_bytes:
                return Clip(_written(city, entries, ground)) if entries else None
    return None


def _smaller_and_smaller(city: Archive) -> Iterator[tuple[float, int]]:
    """Yield which share of the distances, and which closest zoom, to try."""
    lowest, highest = city.header["min_zoom"], city.header["max_zoom"]
    yield from ((share, highest) for share in SHARES)
    yield from ((SHARES[-1], zoom) for zoom in range(highest - 1, lowest - 1, -1))


def _wanted(city: Archive, ground: Ground, share: float, highest: int) -> Iterator[int]:
    """Yield the numbers of the tiles that a crew needs."""
    for zoom in range(city.header["min_zoom"], highest + 1):
        yield from (zxy_to_tileid(zoom, x, y) for x, y in _squares(ground, share, zoom))


def _squares(ground: Ground, share: float, zoom: int) -> set[Square]:
    if zoom <= WHOLE_ZOOM:
        return squares_within(ground.all, AROUND_M, zoom)
    near = [squares_near(line, ALONG_M * share, zoom) for line in ground.way if len(line)]
    around = [squares_near(at[np.newaxis], AROUND_M * share, zoom) for at in ground.stops]
    return set[Square]().union(*near, *around)


def _entries(city: Archive, tile_ids: Iterable[int]) -> dict[int, Entry]:
    """Return where the tiles lie that the city has, in the order of their numbers."""
    found = ((tile_id, city.find(tile_id)) for tile_id in sorted(set(tile_ids)))
    return {tile_id: entry for tile_id, entry in found if entry is not None}


def _size(entries: Iterable[Entry]) -> int:
    """Return how many bytes a file of these tiles has at most, its metadata not counted."""
    told = list(entries)
    of_tiles = {one.offset: one.length for one in told}
    return sum(of_tiles.values()) + len(told) * ENTRY_BYTES + HEADER_BYTES


def _written(city: Archive, entries: Mapping[int, Entry], ground: Ground) -> bytes:
    target = BytesIO()
    writer = Writer(target)
    for tile_id, entry in entries.items():
        writer.write_tile(tile_id, city.tile(entry))
    metadata = {name: city.metadata[name] for name in TOLD if name in city.metadata}
    writer.finalize(_header(city, ground), metadata)
    return target.getvalue()


def _header(city: Archive, ground: Ground) -> dict[str, object]:
    """Return what the file says of itself; the writer adds the rest."""
    south, west = ground.all.min(axis=0)
    north, east = ground.all.max(axis=0)
    places = {"min_lat": south, "min_lon": west, "max_lat": north, "max_lon": east}
    places |= {"center_lat": (south + north) / 2, "center_lon": (west + east) / 2}
    return {
        "tile_type": city.header["tile_type"],
        "tile_compression": city.header["tile_compression"],
        "center_zoom": WHOLE_ZOOM,
        **{f"{name}_e7": round(float(degrees) * DEGREES) for name, degrees in places.items()},
    }
