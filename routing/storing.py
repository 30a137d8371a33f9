"""A road network on disk: one `.npz`, whole or refused."""

from __future__ import annotations

import os
import zlib
from dataclasses import fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile

import numpy as np

from routing.errors import ExtractError
from routing.roads import RoadNetwork

FORMAT = "dayround roads 1"
_TEXTS = ("source", "source_sha256")


def save_roads(network: RoadNetwork, path: Path) -> None:
    """Write `network` to `path`; a reader sees the old file or the new one, never a part."""
    arrays = {field.name: getattr(network, field.name) for field in fields(network)}
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
    try:
        with part.open("wb") as written:
            np.savez_compressed(written, format=np.array(FORMAT), **arrays)
            written.flush()
            os.fsync(written.fileno())
        part.replace(path)  # closed by now: Windows moves no open file
    except BaseException:
        part.unlink(missing_ok=True)
        raise


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
                raise ExtractError(f"{path} has the format {found!r}, expected {FORMAT!r}: rebuild")
            arrays = {field.name: stored[field.name] for field in fields(RoadNetwork)}
        return RoadNetwork(**arrays | {name: str(arrays[name]) for name in _TEXTS})
    except ExtractError:
        raise
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        raise ExtractError(
            f"{path} holds no whole road network ({error}): build it again from the extract"
        ) from error
