"""What all that streams an extract through shares: progress, faults, and a file made whole."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from routing.errors import ExtractError

if TYPE_CHECKING:
    from osmium import SimpleWriter
    from osmium.io import Header

TOLD_EVERY_S = 1.0
LOOKED_AT = 4096  # objects between two looks at the clock

OnObjects = Callable[[int], None]
"""Told how many objects have been read; what it raises ends the work."""


class ObjectCounter:
    """Counts the objects that are read, and tells of them about once a second."""

    def __init__(self, on_objects: OnObjects) -> None:
        self._on_objects, self._objects, self._told_s = on_objects, 0, monotonic()

    def __call__(self) -> None:
        self._objects += 1
        if self._objects % LOOKED_AT == 0 and monotonic() - self._told_s >= TOLD_EVERY_S:
            self._told_s = monotonic()
            self._on_objects(self._objects)


@contextmanager
def reading(extracts: Sequence[Path]) -> Iterator[None]:
    """Tell in words of a file that is absent or that libosmium cannot read.

    Raises
    ------
    ExtractError
        Where it is so.
    """
    import osmium

    for extract in extracts:
        if not extract.is_file():
            raise ExtractError(f"{extract} is not there, or is no file")
    try:
        yield
    except ExtractError:  # a ValueError itself
        raise
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:  # of libosmium
        names = " or ".join(extract.name for extract in extracts)
        raise ExtractError(
            f"{names} cannot be read as OpenStreetMap data: {error}. It needs to be a whole "
            ".osm or .osm.pbf file; download or export it again."
        ) from error


@contextmanager
def writing(target: Path, header: Header | None = None) -> Iterator[SimpleWriter]:
    """Give the writer of a new file, of which nothing stays where it is not written to its end.

    Raises
    ------
    FileExistsError
        Where there is such a file already.
    OSError
        Where it cannot be written, as when the disk is full.
    """
    import osmium

    if target.exists():
        raise FileExistsError(f"{target} is there already: name another file, or remove it")
    writer = osmium.SimpleWriter(str(target), header=header or osmium.io.Header())
    try:
        try:
            yield writer
        except BaseException as error:
            if _fault_in_closing(writer):
                raise _unwritten(target, error) from error
            raise
        if fault := _fault_in_closing(writer):
            raise _unwritten(target, fault) from fault
    except BaseException:
        _remove(target)
        raise


def _fault_in_closing(writer: SimpleWriter) -> RuntimeError | None:
    """Close a writer; one that has failed stays in memory, for to free it would end the process."""
    try:
        writer.close()
    except RuntimeError as error:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(writer))
        return error
    return None


def _unwritten(target: Path, why: BaseException) -> OSError:
    return OSError(f"{target} could not be written: {why}. Make room there, and say it again")


def _remove(target: Path) -> None:
    """Remove a file that a failed writer may hold open: what it took is given back at once."""
    with suppress(OSError):
        os.truncate(target, 0)
    with suppress(OSError):
        target.unlink()
