"""A PMTiles file, tile by tile: which it has, how long each is, and its bytes as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Entry, HeaderDict, deserialize_directory, find_tile

DEEPEST = 4
"""Directories below each other, by PMTiles' specification."""


@dataclass(frozen=True)
class Archive:
    """An open file; `read(offset, length)` gives its bytes."""

    read: Callable[[int, int], bytes]
    header: HeaderDict
    metadata: dict[str, Any]
    _directories: dict[int, list[Entry]] = field(default_factory=dict)

    def find(self, tile_id: int) -> Entry | None:
        """Return where the bytes of a tile lie; None where the file has no such tile."""
        offset, length = self.header["root_offset"], self.header["root_length"]
        for _ in range(DEEPEST):
            entry = find_tile(self._directory(offset, length), tile_id)
            if entry is None or entry.run_length:
                return entry
            offset, length = self.header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def tile(self, entry: Entry) -> bytes:
        """Return the bytes of a tile, packed as they are."""
        return self.read(self.header["tile_data_offset"] + entry.offset, entry.length)

    def _directory(self, offset: int, length: int) -> list[Entry]:
        if offset not in self._directories:
            self._directories[offset] = deserialize_directory(self.read(offset, length))
        return self._directories[offset]


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """Open a file; one that takes its place meanwhile does no harm."""
    with file.open("rb") as source:
        yield archive(MmapSource(source))


def archive(read: Callable[[int, int], bytes]) -> Archive:
    """Return the archive whose bytes `read(offset, length)` gives."""
    reader = Reader(read)
    return Archive(read, reader.header(), reader.metadata())
