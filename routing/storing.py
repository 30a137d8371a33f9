"""Road networks and their hierarchies on disk: one `.npz` each, whole or refused."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from routing.errors import ExtractError
from routing.hierarchy import Hierarchy
from routing.kernels.climbing import Upwards
from routing.roads import RoadNetwork

FORMAT = "dayround roads 2"
WAYS_FORMAT = "dayround ways 1"
_TEXTS = ("source", "source_sha256")
_GRAPHS = ("up", "down")
_DAMAGED = (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error)
"""What numpy raises for a file that is half written, damaged or foreign."""


def save_roads(network: RoadNetwork, path: Path) -> None:
    """Write `network` to `path`; a reader sees the old file or the new one, never a part."""
    arrays = {field.name: getattr(network, field.name) for field in fields(network)}
    _save(path, arrays | {"format": np.array(FORMAT)})


def load_roads(path: Path) -> RoadNetwork:
    """Read what `save_roads` wrote.

    Raises
    ------
    ExtractError
        Where the file is absent, damaged, of another kind or of another version.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            if (found := str(stored["format"])) != FORMAT:
                raise ExtractError(
                    f"{path} has the format {found!r}, expected {FORMAT!r}: read the city's "
                    "extract again by `dayround city add`"
                )
            arrays = {field.name: stored[field.name] for field in fields(RoadNetwork)}
        return RoadNetwork(**arrays | {name: str(arrays[name]) for name in _TEXTS})
    except ExtractError:
        raise
    except _DAMAGED as error:
        raise ExtractError(
            f"{path} holds no whole road network ({error}): build it again from the extract"
        ) from error


def save_hierarchy(hierarchy: Hierarchy, path: Path, sha256: str) -> None:
    """Write the hierarchy of a graph with that hash; where there is no room for it, nothing.

    It can be built again, so nobody is kept from a plan by a full disk.
    """
    arrays = {
        field.name: getattr(hierarchy, field.name)
        for field in fields(hierarchy)
        if field.name not in _GRAPHS
    }
    for graph in _GRAPHS:
        for name, array in getattr(hierarchy, graph)._asdict().items():
            arrays[f"{graph}_{name}"] = array
    with suppress(OSError):
        _save(path, arrays | {"format": np.array(WAYS_FORMAT), "sha256": np.array(sha256)})


def load_hierarchy(path: Path, sha256: str) -> Hierarchy | None:
    """Read what `save_hierarchy` wrote; None where it is absent, damaged or of another graph."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            if (str(stored["format"]), str(stored["sha256"])) != (WAYS_FORMAT, sha256):
                return None
            names = [field.name for field in fields(Hierarchy) if field.name not in _GRAPHS]
            arrays: dict[str, Any] = {name: stored[name] for name in names}
            for graph in _GRAPHS:
                arrays[graph] = Upwards(*(stored[f"{graph}_{name}"] for name in Upwards._fields))
            return Hierarchy(**arrays)
    except _DAMAGED:
        return None


def _save(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
    try:
        with part.open("wb") as written:
            np.savez_compressed(written, allow_pickle=False, **arrays)
            written.flush()
            os.fsync(written.fileno())
        part.replace(path)  # closed by now: Windows moves no open file
    except BaseException:
        part.unlink(missing_ok=True)
        raise
