"""What all that streams an extract through shares: progress, faults, and a file made whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from routing.errors import ExtractError

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
    for extract in extracts:
        if not extract.is_file():
            raise ExtractError(f"{extract} is not there, or is no file")
    try:
        yield
    except RuntimeError as error:  # all that libosmium ever raises for a bad file
        names = " or ".join(extract.name for extract in extracts)
        raise ExtractError(
            f"{names} cannot be read as OpenStreetMap data: {error}. It needs to be a whole "
            ".osm or .osm.pbf file; download or export it again."
        ) from error


@contextmanager
def whole(target: Path) -> Iterator[None]:
    """Leave nothing of a file behind where its writing ends early."""
    if target.exists():
        raise FileExistsError(f"{target} is there already: name another file, or remove it")
    try:
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise
