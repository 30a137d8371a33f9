"""Road networks and their ways on disk: one `.npz` each, whole or refused."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, get_type_hints
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from routing.chains import Chains
from routing.errors import ExtractError
from routing.expanding import Expanded
from routing.hierarchy import Hierarchy
from routing.kernels.climbing import Upwards
from routing.roads import RoadNetwork
from routing.ways import Ways

FORMAT = "dayround roads 2"
WAYS_FORMAT = "dayround ways 2"
_TEXTS = ("source", "source_sha256")
_DAMAGED = (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error)
"""What numpy raises for a file that is half written, damaged or foreign."""


def save_roads(network: RoadNetwork, path: Path) -> None:
    """Write `network` to `path`; a reader sees the old file or the new one, never a part.

    Raises
    ------
    OSError
        Where it cannot be written, as when the disk is full; the old file stays.
    """
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


def save_ways(ways: Ways, path: Path, sha256: str) -> None:
    """Write the ways of roads with that hash; where there is no room for them, nothing.

    They can be built again, so nobody is kept from a plan by a full disk.
    """
    arrays = {"format": np.array(WAYS_FORMAT), "sha256": np.array(sha256)}
    with suppress(OSError):
        _save(path, arrays | dict(_flat(ways)))


def load_ways(path: Path, sha256: str) -> Ways | None:
    """Read what `save_ways` wrote; None where it is absent, damaged or of other roads."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            if (str(stored["format"]), str(stored["sha256"])) != (WAYS_FORMAT, sha256):
                return None
            ways: Ways = _whole(Ways, stored)
            return ways
    except _DAMAGED:
        return None


def _flat(whole: Any, within: str = "") -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield all arrays of nested dataclasses and tuples, with their path as name."""
    for name, kind in _PARTS[type(whole)].items():
        value = getattr(whole, name)
        if kind in _PARTS:
            yield from _flat(value, f"{within}{name}.")
        else:
            yield within + name, np.asarray(value)


def _whole(kind: Any, stored: Mapping[str, NDArray[Any]], within: str = "") -> Any:
    """Return what `_flat` took apart."""
    return kind(
        **{
            name: _whole(part, stored, f"{within}{name}.")
            if part in _PARTS
            else _value(stored[within + name])
            for name, part in _PARTS[kind].items()
        }
    )


def _value(array: NDArray[Any]) -> Any:
    return array if array.ndim else array.item()


_PARTS: Mapping[Any, Mapping[str, Any]] = {
    kind: get_type_hints(kind) for kind in (Ways, Chains, Expanded, Hierarchy, Upwards)
}
"""What is nested in what."""


def _save(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    try:
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
        _replace(path, part, arrays)
    except OSError as error:
        why = f"{error.strerror or error}; what was there stays. Make room, and say it again"
        raise OSError(error.errno, why, str(path)) from error


def _replace(path: Path, part: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    try:
        with part.open("wb") as written:
            np.savez_compressed(written, allow_pickle=False, **arrays)
            written.flush()
            os.fsync(written.fileno())
        part.replace(path)  # closed by now: Windows moves no open file
    except BaseException:
        part.unlink(missing_ok=True)
        raise
