"""The one extract that a city is read from: several merged, and cut to the city's extent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from routing.boundaries import find_outline
from routing.cutting import cut
from routing.extent import Box
from routing.merging import merge
from routing.streaming import OnObjects


@contextmanager
def one_extract(
    files: Sequence[Path],
    area: str | Box | None,
    target: Path,
    on_step: Callable[[str], None],
    on_objects: OnObjects,
) -> Iterator[Path]:
    """Give the extract to read a city from; what is made for it goes when the block ends.

    `area` is a box, or the name of an administrative boundary; None is all there is. Files are
    made in a folder of their own beside `target`, the city's, which gives them its name.

    Raises
    ------
    ExtractError
        Where a file is no extract, or has no such boundary, or nothing within.
    """
    if len(files) == 1 and area is None:
        yield files[0]
        return
    with TemporaryDirectory(dir=target.parent, prefix=".cutting-") as scratch:
        extract = files[0]
        if len(files) > 1:
            extract = Path(scratch) / f"{target.name}.osm.pbf"
            on_step(f"merging {', '.join(file.name for file in files)}")
            merge(files, extract, on_objects)
        if area is not None:
            extract = _cut(
                extract, area, Path(scratch) / "cut" / f"{target.name}.osm.pbf", on_step, on_objects
            )
        yield extract


def _cut(
    extract: Path,
    area: str | Box,
    target: Path,
    on_step: Callable[[str], None],
    on_objects: OnObjects,
) -> Path:
    if isinstance(area, str):
        on_step(f"looking for the boundary of {area}")
    extent = find_outline(extract, area) if isinstance(area, str) else area
    on_step(f"cutting {extent} out of {extract.name}")
    target.parent.mkdir()
    cut(extract, extent, target, on_objects)
    return target
